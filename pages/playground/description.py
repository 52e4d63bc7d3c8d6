"""What the player needs to know once per run: the data, the network, and the scales of its pictures."""

from __future__ import annotations

from typing import Any

from engine import ACTIVATIONS, Experiment, Network, Timeline
from engine.data.datasets import Dataset
from engine.losses import LOSSES
from engine.runs.experiment import MAX_LAYERS, MAX_WIDTH
from pages.live.protocol import MAP, TILE
from pages.playground.inside import VIEWS
from pages.playground.painter import FULL_WEIGHT, Painter
from pages.playground.tables import tabled

SCORES = {"regression": {"label": "Test R²", "unit": ""}}
ACCURACY = {"label": "Test accuracy", "unit": "%"}


SHORT, SHORTER = 12, 10
"""Most characters of a column's name where there is little room, and where it has one line of the diagram."""
TWO_LINES = 8
"""Most inputs whose names have two lines each in the diagram."""


def class_labels(problem: Dataset) -> list[str]:
    """The names of the classes; none for a regression."""
    if problem.class_names:
        return list(problem.class_names)
    return ["+1", "−1"] if problem.kind == "two classes" else [str(k) for k in range(problem.classes)]


def named(problem: Dataset) -> str:
    """Whether few or many coordinates have names of their own, longer than x₁; "" where they have none."""
    if problem.own_features is None or problem.picture or max(map(len, problem.coordinate_labels)) <= 2:
        return ""
    return "many" if len(problem.features) > TWO_LINES else "few"


def short_label(label: str, most: int = SHORT) -> str:
    """A column's name without its unit, and cut where it is still long: its end tells it from others."""
    bare = label.partition(" (")[0] or label
    return bare if len(bare) <= most else f"{bare[: most // 2].rstrip()}…{bare[1 - most // 2 :].lstrip()}"


def layers(net: Network) -> list[dict[str, Any]]:
    """Every layer, with the indices into theta at which its weights and its biases begin.

    W is (fan_in, width), stored row by row; fan_in is the width of the layer before. b is (width,), or None.
    table tells which of the tables is the activation's; softmax has None, as it mixes the units.
    """
    at, tables = net.parameters.index, tabled(net)
    return [
        {
            "width": W.shape[1],
            "activation": activation.name,
            "table": tables.index(activation) if activation in tables else None,
            "W": at(l, 0, 0),
            "b": None if b is None else at(l, len(W), 0),
        }
        for l, (W, b, activation) in enumerate(zip(net.W, net.b, net.activations, strict=True))
    ]


def described(experiment: Experiment, timeline: Timeline, painter: Painter) -> dict[str, Any]:
    """The part of a header that stays the same for the whole run."""
    problem, trainer = experiment.problem, timeline.trainer
    return {
        "dataset": {
            "name": problem.name,
            "label": problem.label,
            "kind": problem.kind,
            "classes": problem.classes,
            "train": trainer.samples,
            "labels": class_labels(problem),
            "domain": problem.domain,
            "held": list(problem.held),
            "target": problem.target_name if problem.kind == "regression" or problem.picture else "",
            "coordinates": list(problem.coordinate_labels),
            "short_coordinates": list(map(short_label, problem.coordinate_labels)),
            "named": named(problem),
            "picture": problem.picture,
        },
        "metric": SCORES.get(problem.kind, ACCURACY),
        "loss": LOSSES[experiment.loss].label,
        "inputs": [
            {
                "name": name,
                "label": feature.label,
                "short": short_label(feature.label, SHORTER if named(problem) == "many" else SHORT),
                "on": name in experiment.features,
            }
            for name, feature in problem.features.items()
        ],
        "layers": layers(trainer.net),
        "activations": [
            {"name": name, "label": row.label, "short": row.short} for name, row in ACTIVATIONS.items()
        ],
        "inside_views": [
            {"name": view.name, "label": view.label, "by_layer": view.by_layer} for view in VIEWS.values()
        ],
        "max_width": MAX_WIDTH,
        "max_layers": MAX_LAYERS,
        "output": {"center": painter.center, "scale": painter.scale},
        "full_weight": FULL_WEIGHT,
        "map": MAP,
        "tile": TILE,
        "ground": painter.ground_name,
    }
