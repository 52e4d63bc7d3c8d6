"""A run in tables: its history frame by frame, and its weights one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from engine import Network
from engine.arrays import Array
from engine.data.own_units import in_own_units
from pages.playground.session import Session

OWN = "in the data's own units"
"""The column of weights that are per 1 of their input's own column."""


def history(user: Session) -> pd.DataFrame:
    """Every frame up to the shown one; what isn't known of a frame is empty."""
    timeline, seen = user.timeline, slice(user.shown + 1)
    score = "r2" if user.experiment.problem.kind == "regression" else "accuracy"
    series: dict[str, Sequence[float]] = {
        "epoch": timeline.progress,
        "step": timeline.steps,
        "train_loss": timeline.train_losses,
        "test_loss": timeline.test_losses,
        "penalty": timeline.penalties,
        f"train_{score}": timeline.train_metrics,
        f"test_{score}": timeline.test_metrics,
        "learning_rate": timeline.learning_rates,
    }
    columns = {name: np.array(values[seen]) for name, values in series.items()}
    return pd.DataFrame({"frame": np.arange(len(columns["epoch"])), **columns})


def weights(user: Session) -> pd.DataFrame:
    """Every weight and bias of the shown frame: from which unit to which, both by their names.

    Where the network sees a table standardised, the first layer has them in the data's own units too.
    """
    user.stand_at_shown()
    net, features = user.timeline.trainer.net, user.experiment.problem.features
    sources = [features[name].label for name in user.experiment.features]
    last = len(net.W) - 1
    listed: list[list[object]] = []
    for l, (W, b) in enumerate(zip(net.W, net.b, strict=True)):
        names = [f"hidden {l + 1}.{j + 1}" for j in range(W.shape[1])]
        if l == last:
            names = [f"class {label}" for label in user.classes] or ["output"]
        rows = [*zip(sources, W, strict=True), *([] if b is None else [("bias", b)])]
        for source, row in rows:
            listed += [[l + 1, source, name, value] for name, value in zip(names, row, strict=True)]
        sources = names
    return with_own_units(pd.DataFrame(listed, columns=["layer", "from", "to", "weight"]), net, user.scales)


def with_own_units(listed: pd.DataFrame, net: Network, scales: tuple[Array, Array] | None) -> pd.DataFrame:
    """The weights with a column more for the first layer's, read in the data's own units.

    Args:
        listed: a row for each weight, those of the first layer first: by inputs, the biases last.
        scales: by which the inputs are standardised; None if they aren't, and then nothing is added.
    """
    if scales is None:
        return listed
    W, b = in_own_units(net.W[0], net.b[0], *scales)
    own = np.concatenate((W.ravel(), b if net.b[0] is not None else [])).tolist()
    return listed.assign(**{OWN: [*own, *[""] * (len(listed) - len(own))]})
