"""The native controls of the loss-landscape page: the plane, how it is drawn, the race."""

from __future__ import annotations

from typing import Any

import streamlit as st

from engine.runs.experiment import MAX_RATE, MAX_SEED
from engine.runs.links import from_query, to_query
from pages.loss_landscape.below import landscape_save
from pages.loss_landscape.session import LandscapeSession
from pages.loss_landscape.settings import (
    KINDS,
    LEAST_RATE,
    LEVELS,
    MOST_EPOCHS,
    MOST_RACERS,
    MOST_THRESHOLD,
    PLANES,
    POINTS,
    RANGES,
    THROUGH,
    LandscapeSettings,
)
from pages.playground.user import KEY as PLAYGROUND
from pages.playground.user import besides, link, session
from pages.shell import address
from pages.shell.binding import bound, labels, number, one_of
from pages.shell.controls import button, is_shown, selectbox, toggle
from pages.shell.visit import visited
from pages.shell.widgets import popover

KEY = "landscape_session"
NOBODY = "–"


def landscape_session() -> LandscapeSession | None:
    """The user's landscape of the playground's training, made on the first visit from the link.

    None if the playground's network has fewer than two weights, and so no plane.
    """
    arrives = PLAYGROUND not in st.session_state
    user = visited(
        KEY, lambda: LandscapeSession(from_query(LandscapeSettings, address.opened())), LandscapeSession
    )
    if arrives and (notice := session().notice):  # the experiment comes from the same link
        user.refuse(notice)
    if session().timeline.trainer.net.theta.size < 2:
        return None
    user.look(session())
    return user


def keep_landscape_link() -> None:
    """Write the experiment and the view into the address bar: together they define the picture."""
    address.keep(link() | to_query(st.session_state[KEY].settings), besides())


def landscape_controls(user: LandscapeSession) -> None:
    """The row below the pictures."""
    s = user.settings
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="controls"):
        _choice("plane", "Plane", PLANES, s.plane, width=172, disabled=s.race)
        if s.plane == "weights" and user.ready:
            _weights(user)
        elif s.plane == "random":
            number(
                "land_directions",
                "Seed",
                s.directions,
                0,
                MAX_SEED,
                1,
                write=lambda seed: _take(directions=seed),
                width=116,
            )
            button(
                "New directions",
                key="land_new_directions",
                on_click=lambda: _set(directions=(s.directions + 1) % (MAX_SEED + 1)),
                disabled=s.race,
            )
        _choice("through", "Plane goes through", THROUGH, s.through, width=136, disabled=s.race)
        _choice("levels", "Loss scale", LEVELS, s.levels, width=94)
        _choice("room", "Range", RANGES, s.room, width=110)
        _choice("points", "Places measured", POINTS, s.points, width=118)
        if is_shown("land_race", "Race"):
            with st.container(width=78, key="land_race_switch"):
                toggle("Race", **bound("land_race", s.race, lambda on: _set(race=on, frame=-1)))
        with popover("Racers", "land_racers", width=98) as there:
            if there:
                _racers(user)
        with popover("Save", "land_save", width=84) as there:
            if there:
                landscape_save(user)


def _set(**changes: Any) -> None:
    st.session_state[KEY].set(**changes)


def _take(**changes: Any) -> None:
    """As _set, but raises ValueError: the sentence stands at the control."""
    user = st.session_state[KEY]
    user.change(user.settings.changed(**changes))


def _choice(
    name: str, label: str, table: dict[Any, str], value: Any, *, width: int, disabled: bool = False
) -> None:
    selectbox(
        label,
        format_func=lambda option: table.get(option, str(option)),
        width=width,
        disabled=disabled,
        **one_of(table, f"land_{name}", value, lambda chosen: _set(**{name: chosen})),
    )


def _weights(user: LandscapeSession) -> None:
    names = {weight: user.weight_name(weight) for weight in user.weights}
    first, second = user.chosen_weights
    for name, label, value in (("first", "α: across", first), ("second", "β: up", second)):
        _choice(name, label, names, value, width=120, disabled=user.settings.race)


def _racers(user: LandscapeSession) -> None:
    """Up to four optimisers with their learning rates."""
    s = user.settings
    st.caption("Up to four optimisers: same start, same data, same mini-batches in the same order.")
    for k in range(MOST_RACERS):
        racer = s.racers[k] if k < len(s.racers) else None

        def choose(name: str, k: int = k) -> None:
            racers = st.session_state[KEY].settings.racers
            chosen = () if name == NOBODY else ((name, KINDS[name].learning_rate),)
            _set(racers=racers[:k] + chosen + racers[k + 1 :])

        def speed(rate: float, k: int = k) -> None:
            racers = st.session_state[KEY].settings.racers
            _take(racers=(*racers[:k], (racers[k][0], rate), *racers[k + 1 :]))

        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            selectbox(
                f"Optimiser {k + 1}",
                format_func=labels(KINDS),
                label_visibility="collapsed",
                width=150,
                **one_of([NOBODY, *KINDS], f"land_racer_{k}", racer[0] if racer else NOBODY, choose),
            )
            if racer:
                number(f"land_rate_{k}", "η", racer[1], LEAST_RATE, MAX_RATE, 0.01, write=speed, width=130)
        if racer is None:
            break
    number(
        "land_epochs",
        "Epochs",
        s.epochs,
        1,
        MOST_EPOCHS,
        10,
        write=lambda epochs: _take(epochs=epochs, frame=-1),
    )
    number(
        "land_threshold",
        "Loss to reach (0: a tenth of the loss at the start)",
        s.threshold,
        0,
        MOST_THRESHOLD,
        0.01,
        write=lambda loss: _take(threshold=loss),
    )
