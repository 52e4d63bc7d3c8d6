"""A run in tables: its history frame by frame, and its weights one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pages.playground.session import Session


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
    """Every weight and bias of the shown frame: from which unit to which, both by their names."""
    user.stand_at_shown()
    net, features = user.timeline.trainer.net, user.experiment.problem.features
    sources = [features[name].label for name in user.experiment.features]
    last = len(net.W) - 1
    listed = []
    for l, (W, b) in enumerate(zip(net.W, net.b, strict=True)):
        names = [f"hidden {l + 1}.{j + 1}" for j in range(W.shape[1])]
        if l == last:
            names = [f"class {label}" for label in user.classes] or ["output"]
        rows = [*zip(sources, W, strict=True), *([] if b is None else [("bias", b)])]
        for source, row in rows:
            listed += [(l + 1, source, name, value) for name, value in zip(names, row, strict=True)]
        sources = names
    return pd.DataFrame(listed, columns=["layer", "from", "to", "weight"])
