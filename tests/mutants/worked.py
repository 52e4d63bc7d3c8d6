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
        'Scaled(Number(-1.0), z)', 'Scaled(Number(1.0), z)',
        "worked",
    ),
    Mutant(
        "a − y where targets don't sum to 1", "loss_forms",
        "out.residual if sums_to_one else", "out.residual if True else",
        "worked",
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
