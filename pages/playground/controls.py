"""The playground's native controls around the player."""

from __future__ import annotations

import streamlit as st

from engine import ACTIVATIONS, DATASETS, LOSSES, OPTIMIZERS
from engine.data.datasets import MAX_CLASSES
from engine.data.own import OWN
from engine.runs.experiment import ALL, MAX_BATCH, MAX_LAYERS, OUTPUTS, REGULARIZATIONS, losses_for
from pages.playground.fields import choice, label_of, number, rate, to_field
from pages.playground.more import more_controls
from pages.playground.opening import OPENING
from pages.playground.own_data.bringing import bringing
from pages.playground.own_data.panel import open_way
from pages.playground.own_data.ready import READY, ready_name, ready_table, suiting
from pages.playground.presets import PRESETS
from pages.playground.recovery import kept_table
from pages.playground.thumbnails import thumbnails
from pages.playground.user import change, session, take
from pages.shell import binding
from pages.shell.binding import bound, labels, one_of
from pages.shell.controls import button, is_shown, select_slider, selectbox, slider
from pages.shell.widgets import popover

LEARNING_RATES = ("0.00001", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")
REGULARIZATION_RATES = ("0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")


def presets() -> None:
    """The presets, and under them what the chosen one shows."""
    e = session().experiment
    chosen = next((name for name, preset in PRESETS.items() if preset.experiment == e), None)

    def open_preset(name: str | None) -> None:
        if name is not None:
            session().change(PRESETS[name].experiment)

    selectbox(
        "Preset",
        format_func=labels(PRESETS),
        placeholder="your own",
        **one_of(PRESETS, "preset", chosen, open_preset),
    )
    if chosen:
        st.caption(PRESETS[chosen].explanation)


def network_controls() -> None:
    """The row above the player: layers, activations, loss, optimiser, rates, speed, and More."""
    e = session().experiment

    def resize(count: int) -> None:
        hidden = session().experiment.hidden
        take(hidden=(hidden + (hidden[-1:] or (4,)) * count)[:count])

    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="controls"):
        binding.number(
            "hidden_layers", label_of("hidden"), len(e.hidden), 0, MAX_LAYERS, 1, write=resize, width=124
        )
        _activation_of_all()
        choice(
            "output_activation",
            ACTIVATIONS,
            OUTPUTS[e.problem.kind],
            e.output_activation,
            width=108,
        )
        choice("loss", LOSSES, losses_for(e.output_activation), e.loss, width=142, help=loss_help())
        choice("optimizer", OPTIMIZERS, OPTIMIZERS, e.optimizer, width=108)
        rate("learning_rate", LEARNING_RATES, e.learning_rate, width=110)
        selectbox(
            label_of("regularization"),
            format_func=lambda name: REGULARIZATIONS.get(name, name),
            width=112,
            **one_of(REGULARIZATIONS, "regularization", e.regularization, to_field("regularization")),
        )
        off = e.regularization == "none"
        rate("regularization_rate", REGULARIZATION_RATES, e.regularization_rate, width=88, disabled=off)
        unit = "Epochs" if e.unit == "epoch" else "Batches"
        number("speed", e.speed, 1, label=f"{unit} / frame", width=124)
        with popover("More", "more", width=92) as there:
            if there:
                more_controls()


def loss_help() -> str:
    """The equations of the losses that go with the output's activation."""
    rows = [LOSSES[name] for name in losses_for(session().experiment.output_activation)]
    formulas = "  \n".join(f"**{row.label}**: {row.formula}" for row in rows)
    return f"{formulas}  \nr = a − y, for N points and K outputs"


def _activation_of_all() -> None:
    """One control for the activations of all hidden layers; it shows none while they differ."""
    used = set(session().experiment.activations)

    def write(name: str | None) -> None:
        if name is not None:
            change(activations=(name,) * len(session().experiment.hidden))

    selectbox(
        label_of("activations"),
        format_func=labels(ACTIVATIONS),
        placeholder="mixed" if used else "none",
        disabled=not used,
        width=116,
        **one_of(ACTIVATIONS, "activation", next(iter(used)) if len(used) == 1 else None, write),
    )


def _learn(name: str) -> None:
    """Learn a data set, or a ready table."""
    suits = suiting(session().experiment, OPENING, name)
    if name in READY:
        change(table=ready_table(name), **suits)
    else:
        change(dataset=name, **suits)


def _choose(name: str) -> None:
    """Learn what was chosen by its picture, and show the player."""
    _learn(name)
    bringing().close()


def _dataset() -> None:
    """The select box of data sets; a table that was used last is one of them."""
    e, known = session().experiment, bringing().used
    ready = ready_name(e.table)
    table = known if ready or e.table is None else e.table
    names = [*DATASETS, *READY, *([OWN] if table is not None else [])]

    def label(name: str) -> str:
        if name in READY:
            return READY[name].label
        return table.name if name == OWN and table is not None else DATASETS[name].label

    def write(name: str) -> None:
        if name == OWN:
            change(table=table)
        else:
            _learn(name)

    selectbox(label_of("dataset"), format_func=label, **one_of(names, "dataset", ready or e.dataset, write))


def data_controls() -> None:
    """The column beside the player: data set, noise, train share, batch size."""
    user = session()
    e = user.experiment
    _dataset()
    if is_shown("dataset", label_of("dataset")):
        chosen, way = ready_name(e.table) or e.dataset, bringing().way
        thumbnails(chosen, _choose, way, open_way, tight=e.problem.any_classes)
    if e.problem.any_classes:
        binding.number(
            "classes",
            label_of("classes"),
            e.problem.classes,
            2,
            MAX_CLASSES,
            1,
            write=lambda count: take(classes=count),
        )
    fixed, undivided = e.problem.fixed, not e.problem.divided
    given = len(user.data.X) + len(user.data.X_test)
    why = f"{e.problem.label} has {given} given points; none are drawn at random." if fixed else None
    slider(
        f"{label_of('noise')} ({'given points' if fixed else e.problem.noise_meaning})",
        0,
        50,
        step=5,
        format="%d %%",
        disabled=fixed,
        help=why,
        **bound("noise", round(e.noise * 100), lambda percent: change(noise=percent / 100)),
    )
    slider(
        f"{label_of('train_share')} (all)" if undivided else label_of("train_share"),
        10,
        90,
        step=10,
        format="%d %%",
        disabled=undivided,
        help=why if undivided else None,
        **bound("train_share", round(e.train_share * 100), lambda percent: change(train_share=percent / 100)),
    )
    select_slider(
        label_of("batch_size"),
        [*range(1, MAX_BATCH + 1), ALL],
        **bound("batch_size", e.batch_size, to_field("batch_size")),
    )
    button(
        "New split" if fixed and not undivided else "New data",
        key="new_data",
        disabled=undivided,
        help=why if undivided else None,
        width="stretch",
        on_click=lambda: change(data_seed=session().experiment.data_seed + 1),
    )
    st.caption(f"{len(user.data.X)} train, {len(user.data.X_test)} test points")
    if ready := ready_name(e.table):
        st.caption(READY[ready].source)
    elif e.table is not None and not kept_table(e.table):
        st.caption(
            "This table is too large for the browser to keep: after a reload it has to be brought again."
        )
