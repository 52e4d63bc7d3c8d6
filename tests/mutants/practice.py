"""The learner's turn broken on purpose: exercises, slips, verdicts."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant("two and a half digits taken for three", "answers", "last / 2 * (1", "last * (1", "answers"),
    Mutant(
        "one digit isn't asked for more", "answers",
        'in (float(f"{right:.1e}"), float(f"{right:.0e}"))', 'in (float(f"{right:.1e}"),)',
        "answers",
    ),
    Mutant("the slip that fits worst", "answers", "first = ranked[0]", "first = ranked[-1]", "answers"),
    Mutant(
        "a slip that is its own twin", "answers",
        "w.slip != first.slip and same", "w is not first and same",
        "answers",
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
        "cross-entropy as a mean over all numbers", "slips",
        '"cce": "N",', '"cce": "N·K",',
        "answers",
    ),
    Mutant("a sum not divided by N", "slips", "yield q.scaled(1 / N)", "yield q.scaled(N)", "answers"),
    Mutant("a missing ½ that isn't known", "slips", "yield q.scaled(0.5)", "yield q.scaled(0.25)", "answers"),
    Mutant("the old weight isn't known", "slips", "yield q.at(old), ", "yield q.at(gradient), ", "answers"),
    Mutant(
        "the step downhill called uphill", "slips",
        "yield q.at(old + step)", "yield q.at(old - step)",
        "answers",
    ),
    Mutant("σ′ at z though a is said", "slips", 'Symbol("a", layer + 1)', 'Symbol("z", layer)', "answers"),
    Mutant(
        "the layer before taken from the layer itself", "slips",
        'z, a = Symbol("z", l - 1), Symbol("a", l)', 'z, a = Symbol("z", l), Symbol("a", l)',
        "answers",
    ),
    Mutant(
        "a wrong number that stops after one step", "recalculation",
        "dirty.add(step.key)", "pass",
        "answers",
    ),
    Mutant(
        "a fused error that no factor reaches", "recalculation",
        '("dL", Symbol("delta", self.last).key)', '("dL",)',
        "answers",
    ),
    Mutant(
        "the output's error left out of the slips", "recalculation",
        "range(self.layer, self.last + 1)", "range(self.layer, self.last)",
        "answers",
    ),
)  # fmt: skip
