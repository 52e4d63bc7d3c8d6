"""The gradient check on screen: analytic and numeric derivatives, their error, and the V over ε."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from engine import GradientCheck, gradient_check
from pages.backprop.session import BackpropSession
from pages.figures.camera import camera_config
from pages.figures.gradient_check import derivative_cells, difference_curve, error_cells
from pages.figures.provenance import with_provenance
from pages.formulas.numbers import words
from pages.shell.shell import theme

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


@dataclass
class Memory:
    """The checks of one network, sample and loss, by ε, so that the slider computes nothing."""

    of: tuple[int, int]
    checks: dict[float, GradientCheck] = field(default_factory=dict)


@st.fragment
def gradient_check_panel(user: BackpropSession) -> None:
    """Draw the panel for the network of the page."""
    with st.container(border=True, key="gradient_check", gap="small"):
        st.markdown("**Gradient check**")
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
                    memory.checks.update({eps: checked(user, eps) for eps in epsilons})
        except ValueError as error:
            st.caption(str(error))
            return
        _shown(user, memory.checks, epsilons)


def checked(user: BackpropSession, eps: float) -> GradientCheck:
    """The engine's check of the page's network, on the rows that the page shows.

    Per-sample biases belong to all samples, so there the whole batch is checked whatever is shown.
    """
    assert user.loss is not None  # without a loss the panel checks nothing
    X, Y, row = user.X, user.Y, user.settings.sample
    if row is not None and row < len(X) and user.net.bias != "per_sample":
        X, Y = X[row : row + 1], Y[row : row + 1]
    directions = DIRECTIONS if user.net.theta.size > MOST_PARAMETERS else None
    return gradient_check(user.net, X, Y, user.loss, eps=eps, directions=directions)


def verdict(check: GradientCheck, eps: float) -> str:
    """One sentence, in Markdown, on how well both gradients agree."""
    worst = check.max_relative_error
    said = f"Largest relative error **{words(worst)}** at ε = {words(eps)}"
    if math.isnan(worst):
        none = check.kinks.all()
        return "Nothing is left to compare: a kink lies within ε everywhere." if none else f"{said}."
    if worst < RIGHT:
        return f"{said}: :green[**✓ both gradients agree.**]"
    if worst < DOUBTFUL:
        return f"{said}: they agree roughly; at another ε they may agree better."
    return f"{said}: :red[**✗ at this ε they do not agree.**]"


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
        pressed = st.button("Check the gradient", key="gradient_check_run")
    if pressed:
        place.empty()
    return pressed


def _shown(user: BackpropSession, checks: dict[float, GradientCheck], epsilons: tuple[float, ...]) -> None:
    layers = len(user.net.W)
    one_by_one = user.net.theta.size <= MOST_PARAMETERS
    with st.container(horizontal=True, vertical_alignment="bottom", key="gradient_check_controls"):
        eps = st.select_slider(
            "Difference step ε",
            epsilons,
            USUAL,
            format_func=words,
            key=f"gradient_check_eps_{len(epsilons)}",
            width=320,
        )
        layer = layers - 1
        if layers > 1 and one_by_one:
            layer = st.segmented_control(
                "Layer",
                range(layers),
                default=layers - 2,
                format_func=lambda l: str(l + 1),
                key=f"gradient_check_layer_{layers}",
                required=True,
            )
    check, look = checks[eps], theme()
    st.markdown(verdict(check, eps))
    if warning := kink_warning(check):
        st.warning(warning, icon=":material/warning:")
    if user.settings.sample is not None and _samples(user) > 1:
        st.caption("Every sample has its own biases here, so the gradient of the whole batch is checked.")
    if not one_by_one:
        st.caption(
            f"More than {MOST_PARAMETERS} parameters: moved together along {DIRECTIONS} random directions."
        )
    what = (
        f"∂L/∂W<sup>[{layer + 1}]</sup> and ∂L/∂b<sup>[{layer + 1}]</sup>"
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
    with st.container(horizontal=True, key="gradient_check_figures"):
        for key, figure in figures.items():
            with st.container(width=380):
                st.plotly_chart(
                    with_provenance(figure, user.provenance, look),
                    theme=None,
                    key=f"gradient_check_{key}",
                    config=camera_config(f"gradient-check-{key}"),
                )


def largest_difference(check: GradientCheck) -> float:
    """Largest |analytic − numeric| away from kinks; NaN if nothing is left."""
    apart = np.abs(check.analytic - check.numeric)[~check.kinks]
    return float(apart.max()) if apart.size else math.nan
