"""Draws a data set by hand: points by class on the plane, which become a table of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from engine.arrays import Array, brief
from engine.data.datasets import MAX_CLASSES, DataSplit
from engine.data.features import DOMAIN
from engine.data.own import LONGEST_NAME, MOST_ROWS, Table
from pages.figures.theme import SHAPES
from pages.live.assets import component

FOLDER = Path(__file__).with_name("draw")
KEY = "draw"
REFUSED = "backprop_drawing_refused"
NAME, INPUTS, TARGET = "drawing", ("x1", "x2"), "class"
LIMITS = {"domain": DOMAIN, "most": MOST_ROWS, "classes": MAX_CLASSES, "longest": LONGEST_NAME}
DECIMALS = 3
"""Of the points of a data set that a drawing starts from: as many as the brush's points have."""


def draw_points(data: DataSplit, use: Callable[[Table], None]) -> None:
    """Show the plane to draw on.

    Args:
        data: the present data set, from which a drawing may start.
        use:  is called with the table that was drawn. Raises: ValueError if it can't be used.
    """

    def used() -> None:
        given = st.session_state.get(KEY, {}).get("use")
        if given is None:
            return
        try:
            use(read_drawing(given))
        except ValueError as error:
            st.session_state[REFUSED] = str(error)

    share = len(data.X) / max(1, len(data.X) + len(data.X_test))
    sent = {
        "shapes": SHAPES,
        "limits": LIMITS,
        "start": starting_points(data),
        "trainShare": share,
        "refused": st.session_state.pop(REFUSED, ""),
    }
    component(FOLDER)(key=KEY, data=sent, on_use_change=used)


def starting_points(data: DataSplit) -> dict[str, Any] | None:
    """The points of a data set that lies in the drawing's plane and has classes; None of any other."""
    spec = data.spec
    X = np.concatenate((data.X, data.X_test))
    target = np.concatenate((data.target, data.target_test))
    if X.shape[1] != len(INPUTS) or not 2 <= spec.classes <= MAX_CLASSES or len(X) > MOST_ROWS:
        return None
    if not (np.abs(X) <= DOMAIN).all():
        return None
    places = X.round(DECIMALS).tolist()
    points = [[x1, x2, int(kind)] for (x1, x2), kind in zip(places, target, strict=True)]
    classes = spec.class_names or tuple(str(k) for k in range(spec.classes))
    return {"label": spec.label, "classes": classes, "points": points}


def read_drawing(given: object) -> Table:
    """The table of a drawing that comes from a browser, and so possibly anything.

    Expected are its columns "x1", "x2" and "kind", each point's index of a class, and the classes' names.

    Raises: ValueError, in one sentence.
    """
    if not isinstance(given, Mapping):
        raise ValueError(f"A drawing must be a record. Got {brief(given)}.")
    x1, x2, kind = (_column(name, given.get(name)) for name in ("x1", "x2", "kind"))
    classes = given.get("classes")
    if not len(x1) == len(x2) == len(kind):
        raise ValueError(f"Each point must have x1, x2 and a class. Got {len(x1)}, {len(x2)}, {len(kind)}.")
    X = np.column_stack((x1, x2))
    if not (np.abs(X) <= DOMAIN).all():
        raise ValueError(f"A point must lie between −{DOMAIN:g} and {DOMAIN:g}.")
    if not isinstance(classes, list) or not 2 <= len(classes) <= MAX_CLASSES:
        raise ValueError(f"A drawing must have 2 to {MAX_CLASSES} classes. Got {brief(classes)}.")
    if len(np.unique(kind)) < 2:
        raise ValueError("A drawing needs points of at least two classes.")
    return Table(NAME, INPUTS, X, TARGET, kind, tuple(classes), standardised=False)


def _column(name: str, values: object) -> Array:
    """(N,) the numbers of a list."""
    if not isinstance(values, list) or len(values) > MOST_ROWS:
        raise ValueError(f"{name} must be a list of at most {MOST_ROWS:,} numbers. Got {brief(values)}.")
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        raise ValueError(f"{name} must hold numbers alone.")
    try:
        return np.array(values, dtype=np.float64)
    except OverflowError:
        raise ValueError(f"{name} must hold numbers between −{DOMAIN:g} and {DOMAIN:g}.") from None
