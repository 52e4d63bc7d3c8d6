"""What the player is told once about a run: data, network, and how the pictures are to be read."""

from __future__ import annotations

from typing import Any

from engine import ACTIVATIONS, Experiment
from engine.data.datasets import Dataset
from engine.runs.experiment import MAX_LAYERS, MAX_WIDTH
from pages.live.protocol import MAP, TILE
from pages.playground.painter import Painter

FRAMES_PER_SECOND = 30
SCORES = {"regression": {"label": "Test R²", "unit": ""}}
ACCURACY = {"label": "Test accuracy", "unit": "%"}


def class_labels(problem: Dataset) -> list[str]:
    """What the classes are called; none for a regression."""
    return ["+1", "−1"] if problem.kind == "two classes" else [str(k) for k in range(problem.classes)]


def cut(problem: Dataset) -> str:
    """Where the map lies if the points have more coordinates than it has; empty if they haven't."""
    labels = [feature.label for feature in problem.features.values()]
    held = zip(labels[2:], problem.held, strict=False)
    means = ", ".join(f"{label} {value:g}" for label, value in held).replace("-", "−")
    return f"slice at means {means}" if means else ""


def described(experiment: Experiment, train: int, painter: Painter) -> dict[str, Any]:
    """The part of a header that stays the same for a whole run; train counts the training points."""
    problem = experiment.problem
    widths = (*experiment.hidden, experiment.outputs)
    activations = (*experiment.activations, experiment.output_activation)
    return {
        "fps": FRAMES_PER_SECOND,
        "dataset": {
            "name": problem.name,
            "label": problem.label,
            "kind": problem.kind,
            "classes": problem.classes,
            "train": train,
            "labels": class_labels(problem),
            "domain": problem.domain,
            "cut": cut(problem),
        },
        "metric": SCORES.get(problem.kind, ACCURACY),
        "inputs": [
            {"name": name, "label": feature.label, "on": name in experiment.features}
            for name, feature in problem.features.items()
        ],
        "layers": [
            {"width": width, "activation": activation}
            for width, activation in zip(widths, activations, strict=True)
        ],
        "bias": experiment.bias == "shared",
        "activations": [{"name": name, "label": row.label} for name, row in ACTIVATIONS.items()],
        "max_width": MAX_WIDTH,
        "max_layers": MAX_LAYERS,
        "output": {"center": painter.center, "scale": painter.scale},
        "probe": {"point": list(painter.probe), "inputs": painter.probe_inputs()},
        "map": MAP,
        "tile": TILE,
    }
