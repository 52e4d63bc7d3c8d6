"""The training samples in a script: drawn by the same function as here, or number by number."""

import textwrap
from functools import partial

from engine.data import datasets
from engine.data.features import apply_features
from engine.export.source import public, sources
from engine.export.text import WIDTH, array, in_a_comment, number, once
from engine.runs.experiment import Experiment

MOST_NUMBERS = 100_000
"""Beyond, a script that holds its data is no text to read any more."""


def data_lines(experiment: Experiment) -> list[str]:
    """Lines that make X (N, D) and Y (N, K), the training samples alone.

    Raises: ValueError for more numbers than a script can hold.
    """
    if experiment.problem.fixed:
        return [*_given(experiment), *_targets(experiment)]
    return [*_drawn(experiment), *_targets(experiment)]


def _drawn(experiment: Experiment) -> list[str]:
    """The data set's own function, and the split into training and test samples."""
    problem, samples = experiment.problem, experiment.samples
    sample, keywords = problem.sample, ""
    while isinstance(sample, partial):
        keywords = "".join(f", {name}={value!r}" for name, value in sample.keywords.items()) + keywords
        sample = sample.func
    functions = sources(datasets, [sample.__name__, "_first_in_turn"])
    draw = f"{public(sample.__name__)}({samples}, {number(experiment.noise)}, rng{keywords})"
    kept = experiment.training_samples
    inputs = [problem.features[name].code for name in experiment.features]
    return [
        *once(functions),
        "",
        "",
        f"# {in_a_comment(problem.label)}: {samples} samples, {kept} of them for training",
        f"rng = np.random.default_rng({experiment.data_seed})",
        f"points, target = {draw}",
        f"order = rng.permutation({samples})",
        "points, target = points[order], target[order]",
        f"train = first_in_turn(target, {problem.classes}, {kept})",
        "x1, x2 = points[train].T",
        "target = target[train]",
        f"X = np.column_stack([{', '.join(inputs)}])",
    ]


def _given(experiment: Experiment) -> list[str]:
    data = experiment.data()
    X = apply_features(data.X, experiment.features)
    if X.size > MOST_NUMBERS:
        rule = f"A script can hold at most {MOST_NUMBERS:,} numbers of data"
        raise ValueError(f"{rule}. Got {X.size:,}.")
    return [
        "",
        f"# {in_a_comment(experiment.problem.label)}: {len(X)} samples for training",
        *_columns(experiment),
        *array("X", X),
        *array("target", data.target),
    ]


def _columns(experiment: Experiment) -> list[str]:
    """What the columns of a table are, and how they were standardised."""
    table, problem = experiment.table, experiment.problem
    if table is None:
        return []
    named = ", ".join(problem.features[name].label for name in experiment.features)
    lines = textwrap.wrap(in_a_comment(f"columns: {named}"), WIDTH)
    if table.standardised:
        means, deviations = table.scale(experiment.train_share, experiment.data_seed)
        lines.append("standardised: each number is (x - mean) / deviation of its column in the table, with")
        for word, numbers in (("mean", means), ("deviation", deviations)):
            lines += textwrap.wrap(f"{word} {', '.join(map(number, numbers.tolist()))}", WIDTH)
    return [f"# {line}" for line in lines]


def _targets(experiment: Experiment) -> list[str]:
    """Y from class indices or values."""
    if experiment.problem.kind == "regression":
        return ["Y = target[:, None]"]
    if experiment.outputs > 1:
        return [f"Y = np.eye({experiment.outputs})[target.astype(int)]  # one 1 in each row"]
    low, high = map(number, experiment.range)
    return [f"Y = np.where(target == 0, {high}.0, {low}.0)[:, None]"]
