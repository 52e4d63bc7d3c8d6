"""The learner's turn broken on purpose: exercises, slips, verdicts."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant("two and a half digits taken for three", "answers", "last / 2 * R", "last * R", "answers"),
    Mutant(
        "three digits told to give three", "answers",
        "typed.digits < DIGITS", "typed.digits <= DIGITS",
        "fairness",
    ),
    Mutant("a short answer is a slip", "answers", "and off <= filled and short", "and off < 0", "fairness"),
    Mutant(
        "zeros of a whole number are digits", "answers",
        "and off <= filled and typed.filled > typed.unit", "and off < 0",
        "fairness",
    ),
    Mutant("any unit is a rounding", "answers", "min(unit, _place(right))", "unit", "fairness"),
    Mutant("the last digit isn't allowed for", "answers", "off <= close + unit", "off <= close", "fairness"),
    Mutant(
        "a slip within the rounding is named alone", "answers",
        "if abs(wrong.value - right) > close]", "]",
        "fairness",
    ),
    Mutant("0 is wrong even with no decimals", "answers", "if not typed.value and", "if", "fairness"),
    Mutant("0 is a slip", "answers", "if abs(value) < ZERO:", "if False:", "fairness"),
    Mutant("slips that give 0", "answers", "and abs(value) >= ZERO and", "and", "slips"),
    Mutant(
        "two slips before one", "answers",
        "wrong.slip == TWO, round", "wrong.slip != TWO, round",
        "slips",
    ),
    Mutant(
        "the slip that fits worst", "answers",
        "sorted(fits, key=rank)", "sorted(fits, key=rank)[::-1]",
        "answers",
    ),
    Mutant(
        "a slip that is its own twin", "answers",
        "w.slip not in (first.slip, TWO)", "w is not first",
        "answers",
    ),
    Mutant("digits after the point", "carrying", "digits - 1 - np", "digits - 1 - 0 * np", "fairness"),
    Mutant(
        "digits carried only at the end", "carrying",
        "_carried(formula, values, road)", "_carried(formula, worked.values, road)",
        "fairness",
    ),
    Mutant(
        "the sum is rounded, not its terms", "carrying",
        "rounded(A[:, :, None] * B[None, :, :], digits)", "A[:, :, None] * B[None, :, :]",
        "fairness",
    ),
    Mutant("given numbers are never rounded", "carrying", "if road.given:", "if False:", "fairness"),
    Mutant("the smallest error counts", "carrying", "MARGIN * max(", "MARGIN * min(", "fairness"),
    Mutant("no margin", "carrying", "MARGIN = 1.5", "MARGIN = 1.0", "fairness"),
    Mutant("nothing is close by itself", "carrying", "LEAST = 0.01", "LEAST = 0.0", "fairness"),
    Mutant(
        "σ′ from the z that isn't rounded", "carrying",
        "values[z.key], values[a.key], dA, dZ", "values[z.key], np.tanh(values[z.key]), dA, dZ",
        "fairness",
    ),
    Mutant(
        "the largest activation asked for", "exercises",
        "worth[len(worth) // 2]", "worth[-1]",
        "answers",
    ),
    Mutant(
        "an entry on the diagonal asked for", "exercises",
        "sizes = off if min(off.shape) > 1 and off.max() > ZERO else sizes", "pass",
        "answers",
    ),
    Mutant(
        "cross-entropy as a mean over all numbers", "scale_slips",
        '"cce": "N",', '"cce": "N·K",',
        "answers",
    ),
    Mutant(
        "a sum not divided by N", "scale_slips",
        "yield Change(factor=1 / N)", "yield Change(factor=N)",
        "answers",
    ),
    Mutant("a missing ½ that isn't known", "scale_slips", "factor=0.5", "factor=0.25", "answers"),
    Mutant("the logarithm to base 2", "scale_slips", "math.log(10)", "math.log(2)", "slips"),
    Mutant(
        "the old weight isn't known", "order_slips",
        "yield _read_off(q, theta), ", "yield _read_off(q, gradient), ",
        "answers",
    ),
    Mutant("the step downhill called uphill", "order_slips", "old + step(", "old - step(", "answers"),
    Mutant(
        "σ′ at z though a is said", "order_slips",
        'Symbol("a", layer + 1)', 'Symbol("z", layer)',
        "answers",
    ),
    Mutant(
        "the layer before taken from the layer itself", "order_slips",
        'z, a = Symbol("z", l - 1), Symbol("a", l)', 'z, a = Symbol("z", l), Symbol("a", l)',
        "answers",
    ),
    Mutant(
        "only square matrices are transposed", "order_slips",
        "across = np.full(matrix.shape, np.nan)\n", "across = np.full((side, side), np.nan)\n",
        "slips",
    ),
    Mutant(
        "the neuron's own error", "chain_slips",
        "np.roll(recipe(values), -shift", "np.roll(recipe(values), 0",
        "slips",
    ),
    Mutant(
        "the neighbour on the other side", "chain_slips",
        "values), -shift, axis", "values), shift, axis",
        "slips",
    ),
    Mutant("W isn't left out on the way back", "chain_slips", "in sums + backs", "in sums", "slips"),
    Mutant("W isn't left out on the way forward", "chain_slips", "in sums + backs", "in backs", "slips"),
    Mutant("the input isn't left out", "chain_slips", "a, np.ones_like", "a, 2 * np.ones_like", "slips"),
    Mutant("the bias isn't left out", "chain_slips", "b, np.zeros_like", "b, np.ones_like", "slips"),
    Mutant(
        "no σ′ is one too many", "chain_slips",
        "(error.formula * slope).value", "error.formula.value",
        "slips",
    ),
    Mutant(
        "only slips of one layer go together", "slips",
        "one is other and one.kind", "one is other or one.kind",
        "slips",
    ),
    Mutant(
        "a wrong number that stops after one step", "recalculation",
        "dirty.add(step.key)", "dirty |= {step.key} & {*change.results, self.exercise.step}",
        "slips",
    ),
    Mutant(
        "a new weight that no factor reaches", "recalculation",
        'if self.step.phase == "update":', "if False:",
        "slips",
    ),
    Mutant(
        "one step done in two wrong ways", "recalculation",
        "if self.results.keys() & other.results.keys():", "if False:",
        "slips",
    ),
    Mutant(
        "the output's error left out of the slips", "recalculation",
        "range(self.layer, self.last + 1)", "range(self.layer, self.last)",
        "answers",
    ),
    Mutant("a version without its seed", "versions", 'least=0))', 'least=0) * 0)', "versions"),
    Mutant("numbers of two digits", "versions", "10**DECIMALS", "100", "versions"),
    Mutant("a weight of 0", "versions", "rng.integers(1, most + 1", "rng.integers(0, most + 1", "versions"),
    Mutant("the first draw is taken", "versions", "if _is_good(*drawn, loss):", "if True:", "versions"),
    Mutant(
        "several classes at once", "versions",
        "np.eye(shape[1])[rng.integers(shape[1], size=shape[0])]", "rng.integers(2, size=shape) * 1.0",
        "versions",
    ),
)  # fmt: skip
