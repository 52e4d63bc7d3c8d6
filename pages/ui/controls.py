"""The playground's native controls: each shows a field of the experiment and writes to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from engine import ACTIVATIONS, DATASETS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from engine.experiment import (
    MAX_BATCH,
    MAX_LAYERS,
    MAX_SPEED,
    MAX_WIDTH,
    OUTPUTS,
    REGULARIZATIONS,
    losses_for,
)
from engine.optimizers import Parameter
from engine.timeline import UNITS
from pages.live.thumbnails import thumbnails
from pages.ui.presets import PRESETS
from pages.ui.state import change, session, show

LEARNING_RATES = ("0.00001", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")
HALF = 150
"""Width of a control that stands beside another one."""
REGULARIZATION_RATES = ("0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")


def _labels(table: Mapping[str, Any]) -> Callable[[str], str]:
    return lambda name: getattr(table.get(name), "label", str(name))


def _select(
    key: str, label: str, options: Iterable[str], value: str | None, *, field: str | None = None, **more: Any
) -> None:
    """A select box that writes its choice to a field of the experiment."""
    options = list(options)
    show(key, value)
    more.setdefault("on_change", lambda: change(**{field or key: st.session_state[key]}))
    st.selectbox(label, options, key=key, **more)


def _rate(key: str, label: str, usual: tuple[str, ...], value: float, **more: Any) -> None:
    """A select box of log-spaced numbers that also takes any typed number."""
    text = f"{value:.10g}"
    options = sorted({*usual, next((rate for rate in usual if float(rate) == value), text)}, key=float)

    def read() -> None:
        typed = str(st.session_state[key]).strip().replace(",", ".").replace("−", "-")
        try:
            number: float | str = float(typed)
        except ValueError:
            number = typed  # refused with a sentence that names it
        change(**{key: number})

    shown = next(option for option in options if float(option) == value)
    _select(key, label, options, shown, on_change=read, accept_new_options=True, **more)


def _number(
    key: str, label: str, value: int, least: int, most: int, apply: Callable[[int], None], **more: Any
):
    show(key, value)
    st.number_input(
        label, least, most, step=1, key=key, on_change=lambda: apply(st.session_state[key]), **more
    )


def presets() -> None:
    """Ready-made experiments, each with what there is to see."""
    e = session().experiment
    chosen = next((name for name, preset in PRESETS.items() if preset.experiment == e), None)

    def open_preset() -> None:
        if (name := st.session_state["preset"]) is not None:
            session().change(PRESETS[name].experiment)

    _select(
        "preset",
        "Preset",
        PRESETS,
        chosen,
        format_func=_labels(PRESETS),
        placeholder="your own",
        on_change=open_preset,
    )
    if chosen:
        st.caption(PRESETS[chosen].lesson)


def network_controls() -> None:
    """The row above the player: layers, activation, output, loss, optimiser, rates, speed, and More."""
    e = session().experiment
    kinds = set(e.activations)

    def resize(count: int) -> None:
        hidden = session().experiment.hidden
        change(hidden=(hidden + (hidden[-1:] or (4,)) * count)[:count])

    def activate() -> None:
        if (activation := st.session_state["activation"]) is not None:
            change(activations=(activation,) * len(session().experiment.hidden))

    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="controls"):
        _number("hidden_layers", "Hidden layers", len(e.hidden), 0, MAX_LAYERS, resize, width=124)
        _select(
            "activation",
            "Activation, all",
            ACTIVATIONS,
            next(iter(kinds)) if len(kinds) == 1 else None,
            format_func=_labels(ACTIVATIONS),
            placeholder="mixed" if kinds else "none",
            disabled=not kinds,
            on_change=activate,
            width=116,
        )
        _select(
            "output_activation",
            "Output",
            OUTPUTS[e.problem.kind],
            e.output_activation,
            format_func=_labels(ACTIVATIONS),
            width=108,
        )
        _select(
            "loss", "Loss", losses_for(e.output_activation), e.loss, format_func=_labels(LOSSES), width=142
        )
        _select("optimizer", "Optimiser", OPTIMIZERS, e.optimizer, format_func=_labels(OPTIMIZERS), width=108)
        _rate("learning_rate", "Learning rate", LEARNING_RATES, e.learning_rate, width=110)
        _select(
            "regularization",
            "Regularisation",
            REGULARIZATIONS,
            e.regularization,
            format_func=lambda name: REGULARIZATIONS.get(name, name),
            width=112,
        )
        _rate(
            "regularization_rate",
            "Rate",
            REGULARIZATION_RATES,
            e.regularization_rate,
            disabled=e.regularization == "none",
            width=88,
        )
        _number(
            "speed", "Epochs / frame", e.speed, 1, MAX_SPEED, lambda speed: change(speed=speed), width=124
        )
        with st.popover("More", key="more", width=92):
            more_controls()


def more_controls() -> None:
    """What is needed less often: features, each layer's width and activation, optimiser settings, seeds."""
    e = session().experiment

    def pick() -> None:
        change(features=tuple(name for name in FEATURES if name in st.session_state["features"]))

    show("features", list(e.features))
    st.pills(
        "Features",
        list(FEATURES),
        selection_mode="multi",
        format_func=_labels(FEATURES),
        key="features",
        on_change=pick,
    )
    for l, (width, activation) in enumerate(zip(e.hidden, e.activations, strict=True), start=1):
        with st.container(horizontal=True):
            _layer(l, width, activation)
    _stepping()
    _stopping()
    _select("initializer", "Initialiser", INITIALIZERS, e.initializer, format_func=_labels(INITIALIZERS))
    with st.container(horizontal=True):
        seeds = {"width": HALF}
        _number("seed", "Seed: weights", e.seed, 0, 2**32 - 1, lambda seed: change(seed=seed), **seeds)
        _number("data_seed", "Seed: data", e.data_seed, 0, 2**32 - 1, lambda s: change(data_seed=s), **seeds)


def _layer(l: int, width: int, activation: str) -> None:
    def replaced(field: str, value: Any) -> None:
        entries = list(getattr(session().experiment, field))
        entries[l - 1] = value
        change(**{field: tuple(entries)})

    _number(
        f"width_{l}",
        f"Hidden {l}: neurons",
        width,
        1,
        MAX_WIDTH,
        lambda count: replaced("hidden", count),
        width=HALF,
    )
    key = f"activation_{l}"
    _select(
        key,
        "Activation",
        ACTIVATIONS,
        activation,
        format_func=_labels(ACTIVATIONS),
        on_change=lambda: replaced("activations", st.session_state[key]),
        width=HALF,
    )


def _parameters(rows: Iterable[Parameter], field: str) -> None:
    """A control for each row of an option's table of parameters; they act without a reset."""
    given = dict(getattr(session().experiment, field))

    def set_to(name: str, key: str) -> None:
        change(**{field: tuple(sorted({**given, name: st.session_state[key]}.items()))})

    for row in rows:
        key, value = f"{field}_{row.name}", given.get(row.name, row.default)
        acts: dict[str, Any] = {"key": key, "on_change": set_to, "args": (row.name, key)}
        show(key, value)
        if row.is_bool:
            st.toggle(row.label, **acts)
        elif isinstance(row.default, int):
            st.number_input(row.label, int(row.minimum), int(row.maximum), step=1, width=HALF, **acts)
        else:
            most = None if math.isinf(row.maximum) else float(row.maximum)
            st.number_input(row.label, float(row.minimum), most, step=0.05, format="%.4g", width=HALF, **acts)


def _stepping() -> None:
    """How the weights are stepped beyond the learning rate: the optimiser's own, schedule, clipping."""
    e = session().experiment
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _parameters(
            [row for row in OPTIMIZERS[e.optimizer].parameters if row.name != "eps"], "optimizer_parameters"
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _select(
            "schedule",
            "Learning-rate schedule",
            SCHEDULES,
            e.schedule,
            format_func=_labels(SCHEDULES),
            width=HALF,
        )
        _parameters(SCHEDULES[e.schedule].parameters, "schedule_parameters")
    show("clip_norm", e.clip_norm)
    st.number_input(
        "Clip the gradient at norm (0: off)",
        0.0,
        step=0.5,
        format="%.4g",
        key="clip_norm",
        on_change=lambda: change(clip_norm=st.session_state["clip_norm"]),
    )


def _stopping() -> None:
    """What one frame counts, and when training goes no further; 0 switches a condition off."""
    e = session().experiment
    _select(
        "unit",
        "One frame counts",
        UNITS,
        e.unit,
        format_func={"epoch": "epochs", "mini-batch": "mini-batches"}.get,
    )
    with st.container(horizontal=True):
        for key, label, step, most in (
            ("stop_epoch", "Stop at epoch", 50, None),
            ("stop_loss", "Stop below loss", 0.01, None),
            ("stop_accuracy", "Stop at test score", 0.05, 1.0),
            ("stop_plateau", "Stop on a plateau of … epochs", 10, None),
        ):
            show(key, getattr(e, key))
            st.number_input(
                label,
                type(step)(0),
                most,
                step=step,
                format="%d" if isinstance(step, int) else "%.4g",
                key=key,
                on_change=lambda key=key: change(**{key: st.session_state[key]}),
                width=HALF,
            )


def data_controls() -> None:
    """The column beside the player: data set, noise, train share, batch size."""
    user = session()
    e = user.experiment

    def percent(key: str) -> None:
        change(**{key: st.session_state[key] / 100})

    _select("dataset", "Data set", DATASETS, e.dataset, format_func=_labels(DATASETS))
    thumbnails(e.dataset, lambda name: change(dataset=name))
    show("noise", round(e.noise * 100))
    st.slider(
        f"Noise ({e.problem.noise_meaning})",
        0,
        50,
        step=5,
        format="%d %%",
        key="noise",
        on_change=percent,
        args=("noise",),
    )
    show("train_share", round(e.train_share * 100))
    st.slider(
        "Train share",
        10,
        90,
        step=10,
        format="%d %%",
        key="train_share",
        on_change=percent,
        args=("train_share",),
    )
    show("batch_size", e.batch_size)
    st.slider(
        "Batch size",
        1,
        MAX_BATCH,
        key="batch_size",
        on_change=lambda: change(batch_size=st.session_state["batch_size"]),
    )
    st.button(
        "New data",
        key="new_data",
        width="stretch",
        on_click=lambda: change(data_seed=session().experiment.data_seed + 1),
    )
    st.caption(f"{len(user.data.X)} train, {len(user.data.X_test)} test points")
