"""One update written out, broken on purpose."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "the loss after a step with the old weights", "worked",
        'values.get(replace(part.symbol, mark="new").key, part.value)', "part.value",
        "systems",
    ),
    Mutant(
        "biases that move where they should stay", "worked",
        "if keep_biases or net.b[l] is None", "if net.b[l] is None",
        "systems",
    ),
    Mutant(
        "a loss from outputs rounded to 0 or 1", "worked",
        "formula, other = other, formula", "pass",
        "worked",
    ),
    Mutant(
        "a kink remarked only if all units are on it", "worked",
        "(z == g.kink).any()", "(z == g.kink).all()",
        "worked",
    ),
    Mutant(
        "a kink of the loss only if all are on it", "worked",
        "np.isin(residual, loss.kinks).any()", "np.isin(residual, loss.kinks).all()",
        "worked",
    ),
    Mutant(
        "layers printed from 0", "expressions",
        "return self.layer + 1", "return self.layer",
        "worked",
    ),
    Mutant(
        "the first layer's output printed as the second's", "expressions",
        'self.letter == "a" and not self.of', 'self.letter == "x" and not self.of',
        "worked",
    ),
    Mutant("(AB)ᵀ = AᵀBᵀ", "expressions", "turned.factors[::-1]", "turned.factors", "worked"),
    Mutant(
        "softmax over the samples of a turned formula", "expressions",
        "self._rows(x.T).T", "self._rows(x)",
        "worked",
    ),
    Mutant(
        "a Jacobian of all outputs at once", "expressions",
        'np.eye(len(z)), J)', 'np.ones((len(z), len(z))), J)',
        "worked",
    ),
    Mutant(
        "log softmax that overflows", "expressions",
        "shifted = x - x.max(axis=1, keepdims=True)", "shifted = x",
        "worked",
    ),
    Mutant(
        "Huber' written out without delta", "expressions",
        "np.clip(x, -delta, delta)", "np.clip(x, -1, 1)",
        "worked",
    ),
    Mutant(
        "Huber without its half", "expressions",
        "near * (np.abs(x) - near / 2)", "near * (np.abs(x) - near)",
        "worked",
    ),
    Mutant(
        "2/N written out as 2/(N·K)", "loss_forms",
        '"2/N": lambda N, K: _over(TWO, N)', '"2/N": lambda N, K: _over(TWO, Scaled(N, K))',
        "worked",
    ),
    Mutant(
        "half MSE without its half", "loss_forms",
        '_over(ONE, Scaled(TWO, Scaled(N, K)))', '_over(ONE, Scaled(N, K))',
        "worked",
    ),
    Mutant(
        "cross-entropy from −z", "loss_forms",
        'Apply("softplus", Negative(z))', 'Apply("softplus", z)',
        "worked",
    ),
    Mutant(
        "a − y where targets don't sum to 1", "loss_forms",
        "out.residual if sums_to_one else", "out.residual if True else",
        "worked",
    ),
    Mutant(
        "the gradient by the outputs under a number", "expressions",
        'if self.layer is None or self.letter == "L" else', 'if self.layer is None else',
        "worked",
    ),
    Mutant(
        "a sigmoid written with e^z", "activation_forms",
        'Sum((ONE, exp(Negative(z))))', 'Sum((ONE, exp(z)))',
        "activation_forms",
    ),
    Mutant(
        "tanh′ = 1 − a", "activation_forms",
        'Difference(ONE, Apply("square", unit.a))', 'Difference(ONE, unit.a)',
        "activation_forms",
    ),
    Mutant(
        "softmax over its own unit alone", "activation_forms",
        'Sum(tuple(map(exp, unit.row)))', 'Sum((exp(unit.z),))',
        "activation_forms",
    ),
    Mutant(
        "a kink at which both branches hold", "activation_forms",
        '"=": lambda z: z == 0', '"=": lambda z: False',
        "activation_forms",
    ),
    Mutant(
        "an ELU left of 0 as right of it", "activation_forms",
        '"≤": lambda z: z <= 0', '"≤": lambda z: z < -1',
        "activation_forms",
    ),
    Mutant(
        "a ReLU's slope at 0 that isn't the one set", "activation_forms",
        'unit.parameters.get("grad_at_zero", 0.0)', '0.0',
        "activation_forms",
    ),
    Mutant(
        "a Jacobian of softmax without the products", "derivations",
        'Product((replace(a, transposed=True), a))', 'Hadamard((a, a))',
        "derivations",
    ),
    Mutant(
        "a sum of targets that is left out", "derivations",
        'share("−1/N", Difference(y, Hadamard((total, a))))', 'share("−1/N", Difference(y, a))',
        "derivations",
    ),
    Mutant(
        "a last line for targets that don't sum to 1", "derivations",
        'if not targets_sum_to_1', 'if False',
        "derivations",
    ),
    Mutant(
        "the other fraction above y where 1 − y belongs", "derivations",
        'Quotient(not_y, not_a)', 'Quotient(y, not_a)',
        "derivations",
    ),
    Mutant(
        "an entry that adds what is subtracted", "entries",
        '*((Factor(Number(-1.0), -1.0), *term) for term in at(b))', '*at(b)',
        "worked",
    ),
    Mutant(
        "indices of a transposed W as it lies", "entries",
        'row, column = column, row', 'pass',
        "worked",
    ),
    Mutant(
        "a Jacobian's row for its column", "entries",
        'index=(k, j)', 'index=(j, k)',
        "worked",
    ),
    Mutant(
        "outer products of the errors by the errors", "entries",
        "np.outer(before, error)", "np.outer(error, error)",
        "worked",
    ),
)  # fmt: skip
