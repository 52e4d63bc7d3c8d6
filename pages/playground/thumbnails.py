"""Mounts the thumbnails: the data set's select box in pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from engine import DATASETS, make_dataset
from engine.data.features import DOMAIN
from pages.figures.theme import SHAPES
from pages.live.assets import component

FOLDER = Path(__file__).with_name("thumbnails")
GROUPS = {"two classes": "two classes", "classes": "three or more classes", "regression": "regression"}
POINTS = 84
"""Most points drawn in a thumbnail."""


@cache
def _groups() -> list[dict[str, Any]]:
    """Every data set of the table with a few of its points, by kind."""
    return [
        {
            "label": label,
            "items": [
                {
                    "name": row.name,
                    "label": row.short_label,
                    "kind": row.kind,
                    "points": _points(row.name),
                }
                for row in DATASETS.values()
                if row.kind == kind and not row.fixed  # a few given points make no picture
            ],
        }
        for kind, label in GROUPS.items()
    ]


def _points(name: str) -> list[list[float]]:
    data = make_dataset(name, samples=POINTS, train_share=1.0, rng=np.random.default_rng(2))
    places = data.X[:, :2] * (DOMAIN / data.spec.domain)
    points: list[list[float]] = np.column_stack((places, data.target)).round(2).tolist()
    return points


def thumbnails(selected: str, choose: Callable[[str], None]) -> None:
    """Show the thumbnails; choose(name) is called when one is clicked."""

    def click() -> None:
        name = st.session_state.get("thumbnails", {}).get("dataset")
        if name in DATASETS:
            choose(name)

    data = {"selected": selected, "groups": _groups(), "shapes": SHAPES}
    component(FOLDER)(key="thumbnails", data=data, on_dataset_change=click)
