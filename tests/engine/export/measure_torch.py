"""Measures how far scripts for PyTorch end from the engine: `python -m tests.engine.export.measure_torch`."""

import json
import platform
from dataclasses import asdict
from datetime import UTC, datetime

import numpy as np

from engine import torch_script
from engine.export.agreement import FILE, Agreement
from tests.engine.export.driving import loss_of, outputs
from tests.engine.export.runs import RUNS, engine_loss

EPOCHS = 10


def differences(epochs: int = EPOCHS) -> dict[str, float]:
    """|script's loss − engine's| / engine's, by the name of each run."""
    printed = outputs([torch_script(run, epochs=epochs) for run in RUNS.values()])
    expected = [engine_loss(run, epochs) for run in RUNS.values()]
    losses = map(loss_of, printed)
    return {name: abs(a / b - 1) for name, a, b in zip(RUNS, losses, expected, strict=True)}


if __name__ == "__main__":
    import torch

    found = differences()
    where = max(found, key=found.__getitem__)
    measured = Agreement(
        date=datetime.now(UTC).date().isoformat(),
        torch=torch.__version__,
        numpy=np.__version__,
        python=platform.python_version(),
        runs=len(found),
        epochs=EPOCHS,
        largest_difference=found[where],
        where=where,
    )
    FILE.write_text(json.dumps(asdict(measured), indent=2) + "\n", "utf-8")
    print(*sorted(found.items(), key=lambda row: -row[1])[:5], measured, sep="\n")
