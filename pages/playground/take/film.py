"""The part of the panel that makes an animation, a bit at a time, while it tells how far it is."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import streamlit as st

from engine.threads import one_blas_thread
from pages.figures.theme import Theme
from pages.live.turns import Unfinished
from pages.playground.below import epoch_text
from pages.playground.session import Session
from pages.playground.take.animation import LAST_LASTS, Wanted, animation, chosen_frames
from pages.shell.controls import button, selectbox, toggle
from pages.shell.downloads import hand_over_files, save
from pages.shell.shell import theme
from pages.shell.widgets import heading

FILM = "backprop_film"
PICTURES, SIZES, RATES = (10, 20, 30, 60), (240, 360, 480, 720), (5, 10, 20)
EVERY = 0.2
"""Seconds between two turns of the work."""
WIDEST = 360
"""px that the animation takes in the panel."""


@dataclass
class Film:
    """An animation that is being made.

    Attributes:
        wanted: how it is to be; None while none is made.
        colours: of the theme when it was begun.
        work:    what is left of it.
        refusal: why the last one could not be made.
        made:    the last one, and what run and frame it is of.
    """

    wanted: Wanted | None = None
    colours: Theme | None = None
    work: Unfinished[bytes] = field(default_factory=Unfinished)
    refusal: str | None = None
    made: tuple[bytes, object] | None = None

    def begin(self, wanted: Wanted, colours: Theme) -> None:
        """Begin one."""
        self.wanted, self.colours, self.refusal, self.made = wanted, colours, None, None

    def end(self) -> None:
        """It is done, or no longer wanted."""
        self.wanted = None
        self.work.drop()

    def go_on(self, user: Session) -> bytes | None:
        """One turn of work; the animation when it is done. Raises: ValueError if it can't be made."""
        wanted, colours = self.wanted, self.colours
        if wanted is None or colours is None:
            return None

        def key() -> object:
            return subject(user), wanted

        with one_blas_thread(), user.turns.next(head_start=0.0) as turn:
            return self.work.go_on(key, lambda: animation(user, wanted, colours), turn)


def subject(user: Session) -> object:
    """What run, and up to which frame, an animation is of."""
    return user.run, user.timeline.revision, user.shown


def cancel_film() -> None:
    """Give up the animation that is being made, if there is one."""
    film: Film | None = st.session_state.get(FILM)
    if film is not None:
        film.end()


def film_part(user: Session, name: str) -> None:
    """Choose, make, watch it being made, cancel."""
    film: Film = st.session_state.setdefault(FILM, Film())
    ticks = film.wanted is not None

    @st.fragment(run_every=EVERY if ticks else None)
    def part() -> None:
        _work(user, film, name)
        if ticks != (film.wanted is not None):  # only a run of the page makes it tick, or stop
            st.rerun()
        _film(user, film)

    part()


def _film(user: Session, film: Film) -> None:
    what = "first layer's weights" if user.experiment.problem.picture else "map"
    heading(f"Animation of the {what}")
    making = film.wanted is not None
    with st.container(horizontal=True, gap="xsmall"):
        pictures = _chosen("Pictures", PICTURES, "film_pictures", Wanted.pictures, making)
        size = _chosen("Size (px)", SIZES, "film_size", Wanted.size, making)
        per_second = _chosen("Per second", RATES, "film_rate", Wanted.per_second, making)
    wanted = Wanted(pictures, size, per_second)
    if making:
        done = film.work.share or 0.0
        st.progress(done, f"{round(100 * done)} % of the animation")
        button("Cancel", key="cancel_film", on_click=film.end, width="stretch")
    else:
        frames = chosen_frames(user.shown, wanted.pictures)
        moves = len(frames) > 1
        button(
            "Make GIF",
            key="make_film",
            on_click=lambda: film.begin(wanted, theme()),
            disabled=not moves,
            width="stretch",
        )
        last = epoch_text(user.timeline.progress[frames[-1]])
        seconds = len(frames) / wanted.per_second + LAST_LASTS
        said = f"{len(frames)} pictures from epoch 0 to {last}, {seconds:.3g} seconds, again and again."
        st.caption(said if moves else "Nothing moves yet: train first.")
    if film.refusal:
        st.error(film.refusal)
    if film.made is not None and film.made[1] == subject(user):
        _preview(film.made[0])
    hand_over_files("saver_of_film")


def _preview(gif: bytes) -> None:
    """The animation: its last picture, and all of them while that is asked for."""
    from PIL import Image, ImageSequence  # there is Pillow where an animation was made

    plays = toggle("Play the GIF", key="film_plays")
    stills = [still.convert("RGB") for still in ImageSequence.Iterator(Image.open(io.BytesIO(gif)))]
    said = f"{len(stills)} pictures, {len(gif) / 1e6:.2g} MB."
    st.image(gif if plays else stills[-1], caption=said, width=min(stills[-1].width, WIDEST))


def _chosen(label: str, options: tuple[int, ...], key: str, usual: int, disabled: bool) -> int:
    chosen: int = selectbox(label, options, index=options.index(usual), key=key, disabled=disabled, width=92)
    return chosen


def _work(user: Session, film: Film, name: str) -> None:
    """Go on with the work, if there is any; when it is done the browser gets the file."""
    try:
        made = film.go_on(user)
    except ValueError as error:
        made, film.refusal = None, str(error)
        film.end()
    if made is not None:
        save(made, f"{name}.gif", "image/gif")
        film.end()
        film.made = made, subject(user)
