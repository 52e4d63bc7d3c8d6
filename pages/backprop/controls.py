"""The native controls of the backprop page: network, sample, update, notation, digits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import streamlit as st

from engine import LOSSES, OPTIMIZERS, Network, arrays
from engine.examples.systems import SYSTEMS
from engine.numbers import read_number
from engine.runs.experiment import losses_for
from engine.runs.provenance import left_out
from pages.backprop.example import Example, optimizer_label, rule_of
from pages.backprop.exports import exports
from pages.backprop.session import BackpropSession, has_errata
from pages.backprop.settings import DIGITS, MOST_RATE, OWN_NUMBERS, PLAYGROUND, WAYS, opening
from pages.figures.numbers import minus
from pages.playground.user import KEY as PLAYGROUND_KEY
from pages.playground.user import Session, session
from pages.shell import address
from pages.shell.binding import bound, labels, number, one_of, rates, typed_choice
from pages.shell.controls import is_shown, segmented_control, selectbox, toggle
from pages.shell.plain import unmarked
from pages.shell.visit import visited
from pages.shell.widgets import popover

KEY = "backprop_page"
BATCH, PROBE = "whole batch", "the probe"
OWN = "as given"
MOST_SAMPLES = 500
"""Most training points of the playground that are worked through: nobody reads more rows."""
FEW_CLASSES = 10
"""Most classes that are all said; of more, the first ones and the last."""
RATES = ("0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "0.5", "1")
HALF = 150
ERRATA = "Mistakes in the text that this network comes from: what is printed, what is right, and why."


def playing() -> Example:
    """The playground's network at the frame on its screen."""
    return playing_of(session(link=False))


def playing_of(user: Session) -> Example:
    """The network of a run at the shown frame: a copy, so that nothing here changes the run."""
    timeline = user.timeline
    timeline.seek(min(user.shown, timeline.last))
    trainer = timeline.trainer
    net = Network(trainer.net.dims, trainer.net.activations, bias=trainer.net.bias)
    net.theta[...] = trainer.net.theta
    epoch = f"{timeline[timeline.frame].progress:.4g}"
    settings = timeline.pace.settings
    # The trainer takes changed settings, and the schedule's next rate, only with its next step
    optimizer = settings.succeed(trainer.optimizer)
    optimizer.learning_rate = settings.rate_at(trainer.epochs_done)
    key = f"{timeline.run} {hash(trainer.net.theta.tobytes())}"
    probe, point = user.probe, ", ".join(f"{value:g}" for value in user.probe.point)
    at_probe = Example(
        f"{key} {probe}",
        f"Playground at epoch {epoch}, at the probe ({minus(point)})",
        net,
        *user.probe_sample,
        trainer.loss,
        optimizer,
        classes=tuple(user.classes),
    )
    count, rows = trainer.samples, slice(MOST_SAMPLES)
    shown = f", its first {MOST_SAMPLES} of {count:,} training points" if count > MOST_SAMPLES else ""
    return Example(
        key,
        f"Playground at epoch {epoch}{shown}",
        net,
        trainer.X[rows].copy(),
        trainer.Y[rows].copy(),
        trainer.loss,
        optimizer,
        probe=at_probe,
        classes=tuple(user.classes),
    )


def backprop_session() -> BackpropSession:
    """The user's worked example, made on the first visit from the link that was opened."""
    user = visited(
        KEY,
        lambda: BackpropSession.from_link(address.opened(), playing, trained=_has_trained()),
        lambda: BackpropSession(opening({}, trained=_has_trained()), playing),
    )
    if not user.chosen and _has_trained():
        user.set(network=PLAYGROUND)
    if PLAYGROUND_KEY in st.session_state and (playground := session(link=False)).works:
        playground.works = False
        user.work_probe()
    user.follow_playground()
    user.show_all()
    return user


def _has_trained() -> bool:
    """Whether this user has trained a network in the playground."""
    return PLAYGROUND_KEY in st.session_state and session(link=False).timeline.last > 0


def keep_backprop_link(user: BackpropSession) -> None:
    """Write what is shown into the address bar, the network always."""
    address.keep(user.link())


def network_names() -> dict[str, str]:
    """What can be worked through, in the order of the select box, and how it is called there."""
    examples = {name: row.label for name, row in SYSTEMS.items()}
    return {OWN_NUMBERS: "Your own numbers", PLAYGROUND: "The playground's network"} | examples


def backprop_controls(user: BackpropSession) -> None:
    """The row above the board."""
    s = user.settings
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="controls"):
        names = network_names()
        selectbox(
            "Network",
            format_func=lambda name: names.get(name, name),
            width=248,
            help=None if user.system is None else f"Source: {user.system.source}",
            **_one_of(names, "network", s.network),
        )
        _sample(user)
        if is_shown("update", "Update"):
            with st.container(width=172, gap=None, key="update_field"):
                st.html('<span class="label">Update</span>')
                with popover(_update_label(user), "update", width=172):
                    _update(user)
        _ways("samples_are", "Samples are", user.convention.samples_are)
        _ways("weights_are", "Weights are", user.convention.weights_are)
        _ways("by", "Go through it", s.by, {"layer": "by layer", "neuron": "by neuron"})
        selectbox("Digits", width=78, **_one_of(DIGITS, "digits", s.digits))
        if has_errata(user) and is_shown("errata", "Errata"):
            _errata(s.errata)
        exports(user)
    if s.network == PLAYGROUND and not s.version:
        _left_out()
    if s.network == OWN_NUMBERS:
        st.caption("The fields for your own numbers are below.")


def _errata(on: bool) -> None:
    """The switch that shows the slips of the network's source."""
    with st.container(width=50, gap=None, key="errata_field"):
        st.html(f'<span class="label" title="{ERRATA}">Errata</span>')
        toggle("Errata", label_visibility="collapsed", **bound("errata", on, lambda on: _set(errata=on)))


def outputs_said(classes: list[str]) -> str:
    """Which output stands for which class: of many, the first ones and the last one say it."""
    count = len(classes)
    if count > FEW_CLASSES:
        return (
            f"Its outputs 1 to {count} are the classes {', '.join(classes[:3])} … {classes[-1]} of the data."
        )
    numbers = ", ".join(map(str, range(1, count + 1)))
    return f"Its outputs {numbers} are the classes {', '.join(classes)} of the data."


def _left_out() -> None:
    """Name what the playground adds to the plain step that is worked here, and which points are."""
    user = session(link=False)
    if named := " and ".join(left_out(user.experiment)):
        st.caption(f"This is the plain step, without {named}, which the playground adds.")
    if classes := [unmarked(name) for name in user.classes]:
        of_sample = f" The sample’s own class is {classes[int(user.probe.target)]}."
        st.caption(outputs_said(classes) + (of_sample if _user().settings.at_probe else ""))
    if _user().settings.at_probe:
        return
    count, batch = user.timeline.trainer.samples, user.timeline.trainer.batch_size
    if batch < count:
        st.caption(
            f"It takes the whole batch, or one sample; the playground takes mini-batches of {batch} "
            f"of its {count:,} training points, a step each."
        )
    if count > MOST_SAMPLES:
        st.caption(f"It is worked for the first {MOST_SAMPLES} of the {count:,} training points.")


def _user() -> BackpropSession:
    user: BackpropSession = st.session_state[KEY]
    return user


def _set_loss(name: str) -> None:
    """Work with this loss; that of one's own numbers is one of them."""
    user = _user()
    network = user.settings.network
    if network != OWN_NUMBERS:
        own = SYSTEMS[network].loss if network in SYSTEMS else None
        user.set(loss="" if name == own else name)
        return
    try:
        user.take_own(replace(user.own, loss=name))
    except ValueError as error:
        user.refuse(str(error))
    else:
        user.set(loss="")


def _set(**changes: Any) -> None:
    _user().set(**changes)


def _take(**changes: Any) -> None:
    """As _set, but raises ValueError: the sentence stands at the control."""
    user = _user()
    user.change(user.settings.changed(**changes))


def _one_of(
    options: Iterable[Any], key: str, value: Any, write: Callable[[Any], None] | None = None
) -> dict[str, Any]:
    """A select box whose options may change: a lagging browser may send one that no longer exists."""
    rows = list(options)

    def act(chosen: Any) -> None:
        if chosen not in rows:
            return
        if write is None:
            _set(**{key: chosen})
        else:
            write(chosen)

    return one_of(rows, key, value, act)


def _ways(key: str, label: str, value: str, names: dict[str, str] | None = None) -> None:
    """A choice of two, side by side."""

    def write(chosen: str | None) -> None:
        if chosen is not None:
            own = _user().own_convention
            _set(**{key: "" if key != "by" and chosen == getattr(own, key) else chosen})

    segmented_control(
        label,
        WAYS[key],
        format_func=lambda way: (names or {}).get(way, way),
        required=True,
        **bound(key, value, write, default="default"),
    )


def _sample(user: BackpropSession) -> None:
    count, s = user.samples, user.settings
    options: list[str | int] = [BATCH, *range(count)] if count > 1 else [0]
    if s.network == PLAYGROUND and not s.version:
        options = [BATCH, PROBE] if s.at_probe else [BATCH, PROBE, *range(count)]
    whole = BATCH if BATCH in options else 0
    value = PROBE if s.at_probe else whole if s.sample is None else s.sample

    def write(chosen: str | int) -> None:
        _set(sample=chosen if isinstance(chosen, int) else None, at_probe=chosen == PROBE)

    selectbox(
        "Sample",
        format_func=lambda k: f"{k + 1} of {count}" if isinstance(k, int) else k,
        width=122,
        disabled=len(options) == 1,
        **_one_of(options, "sample", value, write),
    )


def _update_label(user: BackpropSession) -> str:
    return optimizer_label(user.optimizer) if user.optimizer else "none: no loss"


def _update(user: BackpropSession) -> None:
    """The loss, the rule, its step size and its own settings."""
    if user.loss is None or user.optimizer is None:
        st.caption("This example ends with the forward pass: its source names no loss.")
        return
    losses = losses_for(user.net.activations[-1].name)
    selectbox(
        "Loss",
        format_func=labels(LOSSES),
        **_one_of(losses, "loss_worked", user.loss.name, _set_loss),
    )
    rule = rule_of(user.optimizer)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        selectbox(
            "Optimiser",
            format_func=labels(OPTIMIZERS),
            width=HALF,
            **_one_of(OPTIMIZERS, "rule_worked", rule, lambda name: _set(optimizer=name)),
        )
        _rate(user.optimizer.learning_rate)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for row in OPTIMIZERS[rule].parameters:
            value = getattr(user.optimizer, row.name)
            accept = _set if row.is_bool else _take

            def write(chosen: Any, name: str = row.name, accept: Callable[..., None] = accept) -> None:
                optimizer, learning_rate = _user().optimizer, _user().settings.learning_rate
                present = {one.name: getattr(optimizer, one.name) for one in OPTIMIZERS[rule].parameters}
                pairs = tuple(sorted({**present, name: chosen}.items()))
                accept(optimizer=rule, parameters=pairs, learning_rate=learning_rate)

            if row.is_bool:
                toggle(row.label, **bound(f"worked_{row.name}", bool(value), write))
            else:
                number(
                    f"worked_{row.name}",
                    row.label,
                    value,
                    row.minimum,
                    row.maximum,
                    0.05,
                    write=write,
                    width=HALF,
                )
    st.caption("The step is worked from the rule's memory as it stands: at first it is empty.")


def _rate(value: float) -> None:
    options, shown = rates(RATES, value)

    def write(typed: str) -> None:
        rate = read_number(typed, "The learning rate")
        if rate <= 0:  # 0 stands for the network's own
            rule = arrays.rule_of(above=0, most=MOST_RATE)
            raise ValueError(f"The learning rate must be {rule}. Got {rate:g}.")
        _take(learning_rate=rate)

    typed_choice(
        "eta_worked",
        "Learning rate η",
        options,
        shown,
        write,
        width=HALF,
    )
