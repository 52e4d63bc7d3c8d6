"""What is needed less often: inputs, each layer, the optimiser's own settings, stop conditions, seeds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from engine import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, SCHEDULES
from engine.options import Parameter
from engine.runs.experiment import MAX_WIDTH
from engine.runs.settings import UNITS
from pages.playground.fields import choice, label_of, number, to_field
from pages.playground.session import RATES
from pages.playground.user import change, session, set_own_units, set_rate, take
from pages.shell import binding
from pages.shell.binding import bound, labels, one_of
from pages.shell.controls import pills, selectbox, toggle
from pages.shell.plain import unmarked

OWN_UNITS_HELP = (
    "The network sees standardised columns. First-layer weights and biases are then also said for the "
    "columns as they are: the weight divided by the column’s deviation. Nothing of the network changes."
)
HALF = 144
"""Width in px of a control with another one beside it."""


def more_controls() -> None:
    """The popover's contents: the network and the stop conditions on the left, training on the right."""
    table = session().experiment.problem.features
    pills(
        label_of("features"),
        list(table),
        selection_mode="multi",
        format_func=lambda name: unmarked(table[name].label) if name in table else str(name),
        **bound(
            "features",
            list(session().experiment.features),
            lambda chosen: change(features=tuple(name for name in table if name in chosen)),
            default="default",
        ),
    )
    network, training = st.columns(2, gap="medium")
    with network:
        _network()
        _stopping()
    with training:
        initializer = session().experiment.initializer
        choice("initializer", INITIALIZERS, INITIALIZERS, initializer)
        _stepping()
        _frame()


def _network() -> None:
    e = session().experiment
    for l, (width, activation) in enumerate(zip(e.hidden, e.activations, strict=True)):
        with st.container(horizontal=True):
            _layer(l, width, activation)
    with st.container(horizontal=True):
        number("seed", e.seed, 1, width=HALF)
        drawn = None if e.problem.divided else f"{label_of('data_seed')} (unused)"
        number("data_seed", e.data_seed, 1, label=drawn, width=HALF)
    if not e.problem.fixed:
        number("samples", e.samples, 50)


def _layer(l: int, width: int, activation: str) -> None:
    """Width and activation of layer l; keys and labels count from 1."""

    def replaced(field: str, value: Any) -> dict[str, Any]:
        per_layer = list(getattr(session().experiment, field))
        per_layer[l] = value
        return {field: tuple(per_layer)}

    binding.number(
        f"width_{l + 1}",
        f"Hidden {l + 1}: neurons",
        width,
        1,
        MAX_WIDTH,
        1,
        write=lambda count: take(**replaced("hidden", count)),
        width=HALF,
    )
    selectbox(
        "Activation",
        format_func=labels(ACTIVATIONS),
        width=HALF,
        **one_of(
            ACTIVATIONS,
            f"activation_{l + 1}",
            activation,
            lambda name: change(**replaced("activations", name)),
        ),
    )


def _stepping() -> None:
    """What shapes a step besides the learning rate: the optimiser's parameters, schedule, clipping."""
    e = session().experiment
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _parameters(
            (row for row in OPTIMIZERS[e.optimizer].parameters if row.name != "eps"), "optimizer_parameters"
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice("schedule", SCHEDULES, SCHEDULES, e.schedule, width=HALF)
        _parameters(SCHEDULES[e.schedule].parameters, "schedule_parameters")
    number("clip_norm", e.clip_norm, 0.5)


def _parameters(rows: Iterable[Parameter], field: str) -> None:
    """A control for each parameter of an option; a change acts without a reset."""
    given = dict(getattr(session().experiment, field))
    for row in rows:
        key, value = f"{field}_{row.name}", given.get(row.name, row.default)
        accept = change if row.is_bool else take

        def write(chosen: Any, name: str = row.name, accept: Callable[..., None] = accept) -> None:
            present = dict(getattr(session().experiment, field))
            accept(**{field: tuple(sorted({**present, name: chosen}.items()))})

        if row.is_bool:
            toggle(row.label, **bound(key, value, write))
        else:
            step = 1 if isinstance(row.default, int) else 0.05
            most = None if math.isinf(row.maximum) else row.maximum
            binding.number(key, row.label, value, row.minimum, most, step, write=write, width=HALF)


def _frame() -> None:
    """What one frame counts, epochs or mini-batches, and how many there are a second."""
    with st.container(horizontal=True):
        selectbox(
            label_of("unit"),
            format_func=lambda name: {"epoch": "epochs", "mini-batch": "mini-batches"}[name],
            width=HALF,
            **one_of(UNITS, "unit", session().experiment.unit, to_field("unit")),
        )
        selectbox("Frames per second", width=HALF, **one_of(RATES, "rate", session().rate, set_rate))
    if session().scales is not None:
        label = "Weights in the data’s own units"
        toggle(label, help=OWN_UNITS_HELP, **bound("own_units", session().own_units, set_own_units))


def _stopping() -> None:
    """When training stops by itself."""
    e = session().experiment
    st.caption("Stop conditions (0: off)")
    with st.container(horizontal=True):
        number("stop_epoch", e.stop_epoch, 50, width=HALF)
        number("stop_loss", e.stop_loss, 0.01, width=HALF)
        number("stop_accuracy", e.stop_accuracy, 0.05, width=HALF)
        number("stop_plateau", e.stop_plateau, 10, width=HALF)
