"""How closely a script for PyTorch has been seen to agree with the engine, and with which versions."""

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("torch_agreement.json")


@dataclass(frozen=True)
class Agreement:
    """What was measured by `python -m tests.engine.export.measure_torch`."""

    date: str
    torch: str  # versions
    numpy: str
    python: str
    runs: int  # of every activation, loss, optimiser, schedule, data set …
    epochs: int  # trained in each
    largest_difference: float  # of a run's training loss from the engine's, as a share of it
    where: str  # the name of the run that has it


def torch_agreement() -> Agreement:
    """The measurement that the repository keeps."""
    return Agreement(**json.loads(FILE.read_text("utf-8")))
