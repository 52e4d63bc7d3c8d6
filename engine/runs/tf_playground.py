"""Reads the addresses of TensorFlow Playground, which hand-outs contain, as parameters of our own links.

Source: tensorflow/playground, src/state.ts and src/playground.ts (June 2022).
"""

from __future__ import annotations

from collections.abc import Mapping

SAME = {"learningRate": "lr", "batchSize": "batch", "regularizationRate": "regr"}
"""Numbers that are written alike in both."""
FEATURES = {
    "x": "x1",
    "y": "x2",
    "xSquared": "x1_squared",
    "ySquared": "x2_squared",
    "xTimesY": "x1x2",
    "sinX": "sin_x1",
    "sinY": "sin_x2",
}
ON_AT_FIRST = ("x", "y")
DATASETS = {"circle": "circle", "xor": "xor", "gauss": "gauss", "spiral": "spiral"}
REGRESSION_DATASETS = {"reg-plane": "plane", "reg-gauss": "hills"}
ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
PENALTIES = {"L1": "l1", "L2": "l2"}
PERCENT = {"noise": "noise", "percTrainData": "train"}
ELSEWHERE = {
    "cosX": "The input cos x₁",
    "cosY": "The input cos x₂",
    "seed": "Its seed",
    "showTestData": "Showing the test data from the start",
    "discretize": "Showing the output in two colours from the start",
}
"""What has no counterpart in our links, as it is said."""
OFF = ("", "false", "0", "none")


def translated(state: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The parameters of our own link to the same set-up, and a sentence for what has no counterpart.

    What an address leaves out stands at its default there: the weights are drawn as there, for one.
    """
    regression = state.get("problem") == "regression"
    query = {"init": "zeros" if state.get("initZero") == "true" else "playground"}
    wanted = state.get("regDataset", "reg-plane") if regression else state.get("dataset", "circle")
    known = REGRESSION_DATASETS if regression else DATASETS
    query["data"] = known.get(wanted, wanted)
    if regression:
        query["out"] = "linear"
    query |= {ours: state[theirs] for theirs, ours in SAME.items() if theirs in state}
    query |= {ours: _share(state[theirs]) for theirs, ours in PERCENT.items() if theirs in state}
    if state.get("regularization") in PENALTIES:
        query["reg"] = PENALTIES[state["regularization"]]
    features = [ours for name, ours in FEATURES.items() if _is_on(state, name)]
    query["in"] = "~".join(features) or "none"
    layers = [width for width in state.get("networkShape", "4,2").split(",") if width]
    query["net"] = "~".join(layers) or "none"
    query["act"] = "~".join([state.get("activation", "tanh")] * len(layers)) or "none"
    notes = [
        f"{said} of the TensorFlow Playground link has no counterpart here."
        for name, said in ELSEWHERE.items()
        if state.get(name, "").lower() not in OFF
    ]
    return query, tuple(notes)


def _is_on(state: Mapping[str, str], feature: str) -> bool:
    return state[feature] == "true" if feature in state else feature in ON_AT_FIRST


def _share(percent: str) -> str:
    """Percents as a share; what is no number is left for the reader of the link to refuse."""
    try:
        return repr(float(percent) / 100)
    except ValueError:
        return percent
