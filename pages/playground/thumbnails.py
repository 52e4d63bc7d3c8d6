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
from pages.figures.theme import CLASS_SHAPES
from pages.live.assets import component
from pages.playground.own_data.ready import READY, ready_table

FOLDER = Path(__file__).with_name("thumbnails")
GROUPS = {"two classes": "two classes", "classes": "three or more classes", "regression": "regression"}
WAYS = [
    {"name": "upload", "label": "Upload", "path": "M22 28V12M15 19l7-7 7 7M10 28v6h24v-6"},
    {"name": "paste", "label": "Paste", "path": "M16 12h-4v24h20V12h-4M16 9h12v6H16zM17 22h10M17 28h10"},
    {"name": "draw", "label": "Draw", "path": "M11 33l2-8L27 11l6 6L19 31zM24 14l6 6"},
]
"""The ways to bring data of one's own, each with the lines of its picture, 44 by 44."""
PICTURED = 5
"""The class whose first row stands for a table of pictures."""
POINTS = 84
"""Most points drawn in a thumbnail."""


@cache
def _groups() -> list[dict[str, Any]]:
    """Every data set of the table with a few of its points, by kind, and the ready tables."""
    ready = [
        {
            "name": name,
            "label": row.short,
            "kind": "classes",
            "points": [] if row.picture else _ready_points(name),
            "pixels": _pixels(name) if row.picture else [],
            "ready": True,
        }
        for name, row in READY.items()
    ]
    two, more, *others = _drawn()
    return [two, more | {"items": [*more["items"], *ready]}, *others]


def _drawn() -> list[dict[str, Any]]:
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


def _ready_points(name: str) -> list[list[float]]:
    """Some rows of a ready table, by its first two inputs."""
    problem = ready_table(name).problem
    places, target = problem.sample(0, 0.0, np.random.default_rng(0))
    some = np.linspace(0, len(places) - 1, POINTS).astype(int)
    rows = np.column_stack((places[some, :2] * (DOMAIN / problem.domain), target[some]))
    points: list[list[float]] = rows.round(2).tolist()
    return points


def _pixels(name: str) -> list[list[float]]:
    """One row of a table of pictures, as the picture that it is: a row that is easily told."""
    table = ready_table(name)
    row = table.X[np.flatnonzero(table.target == PICTURED)[0]]
    rows: list[list[float]] = row.reshape(table.picture).round(2).tolist()
    return rows


def _points(name: str) -> list[list[float]]:
    data = make_dataset(name, samples=POINTS, train_share=1.0, rng=np.random.default_rng(2))
    places = data.X[:, :2] * (DOMAIN / data.spec.domain)
    points: list[list[float]] = np.column_stack((places, data.target)).round(2).tolist()
    return points


def thumbnails(
    selected: str,
    choose: Callable[[str], None],
    opened: str,
    open_way: Callable[[str], None],
    *,
    tight: bool = False,
) -> None:
    """Show the thumbnails, and after them the ways to bring data of one's own.

    Args:
        selected: the data set.
        choose:   choose(name) is called when a data set is clicked.
        opened:   the way that is open; "" for none.
        open_way: open_way(name) is called when a way is clicked.
        tight:    whether another control of the column needs the room of the headings.
    """

    def click() -> None:
        name = st.session_state.get("thumbnails", {}).get("dataset")
        if name in DATASETS or name in READY:
            choose(name)

    def click_way() -> None:
        if isinstance(name := st.session_state.get("thumbnails", {}).get("way"), str):
            open_way(name)

    data = {
        "selected": selected,
        "groups": _groups(),
        "shapes": CLASS_SHAPES,
        "ways": WAYS,
        "opened": opened,
        "tight": tight,
    }
    component(FOLDER)(key="thumbnails", data=data, on_dataset_change=click, on_way_change=click_way)
