"""The gradient check on screen: analytic and numeric derivatives, their error, and the V over ε."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from engine import GradientCheck, gradient_check
from pages.backprop.session import BackpropSession
from pages.figures.alternative import Alternative
from pages.figures.camera import camera_config
from pages.figures.gradient_check import derivative_cells, difference_curve, error_cells
from pages.figures.provenance import add_provenance
from pages.figures.symbols import indices, plain_symbol, symbol
from pages.formulas.numbers import words
from pages.shell.chart import chart
from pages.shell.controls import button, segmented_control, select_slider
from pages.shell.shell import theme
from pages.shell.widgets import heading

KEY = "gradient_check_memory"
DECADES = range(-12, 0)
FINE = tuple(float(f"{digit}e{k}") for k in DECADES for digit in (1, 2, 3, 5) if (k, digit) <= (-1, 1))
COARSE = tuple(eps for eps in FINE if f"{eps:.0e}"[0] in "13")
USUAL = 1e-5
FEW_PARAMETERS = 40
"""Most parameters with which a network is checked at every ε of FINE; larger ones are at those of COARSE."""
MOST_PARAMETERS = 400
"""Most parameters that are moved one by one; larger networks move along DIRECTIONS random directions."""
DIRECTIONS = 24
SLOW = 20_000
"""Parameters times samples beyond which the check takes seconds, so it waits for a button."""
RIGHT, DOUBTFUL = 1e-6, 1e-3
EXPLANATION = (
    "a is a derivative from backpropagation, n = (L(θ + ε) − L(θ − ε)) / 2ε the same from differences; their "
    "relative error is |a − n| / (|a| + |n|). Too large an ε: n is the slope of a long chord, and is off by "
    "about ε²·L‴/6 (truncation). Too small an ε: both losses are right to about 15 digits, their difference "
    "only keeps the last of them, and dividing by 2ε makes the error up to about 10⁻¹⁵·max(1, |L|)/ε "
    "(rounding)."
)
"""What the figures compare, and why ε must be neither large nor small."""


@dataclass
class Memory:
    """The checks of one network, sample and loss, so that the slider computes nothing.

    checks are those by ε; best is the one in which each derivative has an ε of its own.
    """

    of: tuple[int, int]
    best: GradientCheck | None = None
    checks: dict[float, GradientCheck] = field(default_factory=dict)


@st.fragment
def gradient_check_panel(user: BackpropSession) -> None:
    """Draw the panel for the network of the page."""
    with st.container(border=True, key="gradient_check", gap="small"):
        heading("Gradient check")
        if user.loss is None:
            st.caption("This network comes without a loss, so there is no gradient to check.")
            return
        memory = _memory(user)
        if not memory.checks and _is_slow(user) and not _asked(user):
            return
        epsilons = _epsilons(user)
        try:
            if not memory.checks:
                with st.spinner(f"Moving {user.net.theta.size} parameters by {len(epsilons)} values of ε …"):
                    memory.best = checked(user, None)
                    memory.checks.update({eps: checked(user, eps) for eps in epsilons})
        except ValueError as error:
            st.caption(str(error))
            return
        assert memory.best is not None  # made together with the others
        st.markdown(best_verdict(memory.best))
        _shown(user, memory.checks, epsilons)


def checked(user: BackpropSession, eps: float | None) -> GradientCheck:
    """The engine's check of the page's network, on the rows that the page shows.

    Per-sample biases belong to all samples, so there the whole batch is checked whatever is shown.
    """
    assert user.loss is not None  # without a loss the panel checks nothing
    X, Y, row = user.X, user.Y, user.settings.sample
    if row is not None and row < len(X) and user.net.bias != "per_sample":
        X, Y = X[row : row + 1], Y[row : row + 1]
    directions = DIRECTIONS if user.net.theta.size > MOST_PARAMETERS else None
    return gradient_check(user.net, X, Y, user.loss, eps=eps, directions=directions)


def best_verdict(check: GradientCheck) -> str:
    """One sentence, in Markdown, on both gradients where each derivative has an ε of its own."""
    used = check.eps[~check.kinks]
    if not used.size:
        return "A kink lies near every derivative: there is nothing that could be compared."
    smallest, largest = words(float(used.min())), words(float(used.max()))
    between = smallest if smallest == largest else f"{smallest} to {largest}"
    return f"**With an ε for each derivative** ({between}): {_compared(check)}"


def verdict(check: GradientCheck, eps: float) -> str:
    """In Markdown, how well both gradients agree at one ε, and how far rounding may put them apart there."""
    if check.kinks.all():
        return "Nothing is left to compare: a kink lies within ε everywhere."
    rounding = words(float(check.rounding.flat[0]))
    return (
        f"**At ε = {words(eps)}**: {_compared(check)} Here rounding may put n off by up to about {rounding}."
    )


def error_text(error: float) -> str:
    """A relative error with two digits: 0.11, 3.2·10⁻⁷."""
    return f"{error:.2g}" if error >= 1e-3 else words(error)


def _compared(check: GradientCheck) -> str:
    """The plain error; the allowed one too, with its floor, where rounding has to be allowed for."""
    plain, allowed = check.largest(check.relative_error), check.max_relative_error
    said = f"largest relative error **{error_text(plain)}**"
    if plain >= RIGHT and error_text(allowed) != error_text(plain):
        floors = check.floor[~check.kinks]
        most = words(float(floors.max()))
        said += f"; **{error_text(allowed)}** if no derivative counts as smaller than {most}, "
        said += "because rounding blurs such small ones"
    if math.isnan(allowed):
        return f"{said}."
    if allowed < RIGHT:
        return f"{said}: :green[**✓ both gradients agree.**]"
    if allowed < DOUBTFUL:
        return f"{said}: they agree roughly; at another ε they may agree better."
    return f"{said}: :red[**✗ here they do not agree.**]"


def kink_warning(check: GradientCheck) -> str:
    """A warning if the move by ε crosses a corner of the loss anywhere, otherwise empty."""
    count = int(check.kinks.sum())
    if not count:
        return ""
    which = "derivative is" if check.kinks.size == 1 else "derivatives are"
    return (
        f"{count} of {check.kinks.size} {which} not compared: within ε lies a kink, a corner of the loss "
        "such as that of ReLU at 0. A difference across it is not a derivative. Try a smaller ε."
    )


def _memory(user: BackpropSession) -> Memory:
    of = (id(user), user.generation)
    memory: Memory | None = st.session_state.get(KEY)
    if memory is None or memory.of != of:
        memory = st.session_state[KEY] = Memory(of)
    return memory


def _epsilons(user: BackpropSession) -> tuple[float, ...]:
    return FINE if user.net.theta.size <= FEW_PARAMETERS else COARSE


def _samples(user: BackpropSession) -> int:
    return len(user.X) if user.settings.sample is None or user.net.bias == "per_sample" else 1


def _is_slow(user: BackpropSession) -> bool:
    return min(user.net.theta.size, MOST_PARAMETERS) * _samples(user) > SLOW


def _asked(user: BackpropSession) -> bool:
    """Say how long the check takes and offer a button, which goes once it is pressed."""
    place = st.empty()
    with place.container():
        st.caption(
            f"{user.net.theta.size} parameters and {_samples(user)} samples: this takes a second or two, "
            "so it waits for you."
        )
        pressed: bool = button("Check the gradient", key="gradient_check_run")
    if pressed:
        place.empty()
    return pressed


def _shown(user: BackpropSession, checks: dict[float, GradientCheck], epsilons: tuple[float, ...]) -> None:
    layers = len(user.net.W)
    one_by_one = user.net.theta.size <= MOST_PARAMETERS
    with st.container(horizontal=True, vertical_alignment="bottom", key="gradient_check_controls"):
        eps = select_slider(
            "Difference step ε",
            epsilons,
            value=USUAL,
            format_func=words,
            key=f"gradient_check_eps_{len(epsilons)}",
            name="gradient_check_eps",
            width=320,
        )
        layer = layers - 1
        if layers > 1 and one_by_one:
            layer = segmented_control(
                "Layer",
                range(layers),
                default=layers - 2,
                format_func=lambda l: str(l + 1),
                key=f"gradient_check_layer_{layers}",
                name="gradient_check_layer",
                required=True,
            )
    check, look = checks[eps], theme()
    st.markdown(verdict(check, eps))
    st.caption(EXPLANATION)
    if warning := kink_warning(check):
        st.warning(warning, icon=":material/warning:")
    if user.settings.sample is not None and _samples(user) > 1:
        st.caption("Every sample has its own biases here, so the gradient of the whole batch is checked.")
    if not one_by_one:
        st.caption(
            f"More than {MOST_PARAMETERS} parameters: moved together along {DIRECTIONS} random directions."
        )
    what = (
        f"∂L/∂{symbol('W', layer + 1)} and ∂L/∂{symbol('b', layer + 1)}"
        if one_by_one
        else "Derivatives along directions"
    )
    differences = np.array([largest_difference(checks[e]) for e in epsilons])
    figures = {
        "derivatives": derivative_cells(check, layer, look, title=what),
        "relative_error": error_cells(check, look, title=f"Relative error at ε = {words(eps)}"),
        "difference": difference_curve(
            np.array(epsilons), differences, eps, look, title="Largest |analytic − numeric| against ε"
        ),
    }
    compared = check_table(check, (layer,) if one_by_one else ())
    every = check_table(check, tuple(range(layers)) if one_by_one else ())
    said = {
        "derivatives": Alternative("Derivatives", _range_said("Derivatives", compared["analytic"]), compared),
        "relative_error": Alternative(
            "Relative errors", _range_said("Relative errors", every["relative error"]), every
        ),
        "difference": Alternative(
            "Largest difference by ε",
            f"{_range_said('Largest difference', differences)} The smallest is at ε = "
            f"{words(epsilons[int(np.nanargmin(differences))]) if np.isfinite(differences).any() else '–'}.",
            pd.DataFrame({"ε": epsilons, "largest |analytic − numeric|": differences}),
        ),
    }
    with st.container(horizontal=True, key="gradient_check_figures"):
        for key, figure in figures.items():
            with st.container(width=380):
                chart(
                    f"gradient_check_{key}",
                    add_provenance(figure, user.provenance, look),
                    said[key],
                    config=camera_config(f"gradient-check-{key}"),
                )


def check_table(check: GradientCheck, layers: tuple[int, ...]) -> pd.DataFrame:
    """Both derivatives and their error, of these layers' weights and biases, or of all directions.

    At a kink there is nothing to compare: the error is missing there.
    """
    columns = {
        "analytic": check.analytic,
        "numeric": check.numeric,
        "relative error": np.where(check.kinks, np.nan, check.relative_error),
    }
    if not layers or check.places is None:
        return pd.DataFrame({"direction": range(1, len(check.analytic) + 1)} | columns)
    named: dict[int, str] = {}
    for l in layers:
        for name, places in (("W", check.places.W[l]), ("b", check.places.b[l])):
            if places is not None:
                named |= {
                    int(place): plain_symbol(name, l + 1, indices(*index))
                    for index, place in np.ndenumerate(places)
                }
    order = list(named)
    return pd.DataFrame(
        {"of": list(named.values())} | {name: values[order] for name, values in columns.items()}
    )


def _range_said(what: str, values: Any) -> str:
    """From which to which size some numbers reach."""
    sizes = np.abs(np.asarray(values, dtype=float))
    sizes = sizes[np.isfinite(sizes)]
    if not sizes.size:
        return f"{what}: there is nothing to compare."
    return f"{what} from {words(float(sizes.min()))} to {words(float(sizes.max()))} in size."


def largest_difference(check: GradientCheck) -> float:
    """Largest |analytic − numeric| away from kinks; NaN if nothing is left."""
    apart = np.abs(check.analytic - check.numeric)[~check.kinks]
    return float(apart.max()) if apart.size else math.nan
