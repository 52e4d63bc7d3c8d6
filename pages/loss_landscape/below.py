"""The figures of the loss landscape and the numbers beside them: shown, refined and saved."""

from __future__ import annotations

import html
from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from engine.runs.provenance import summary
from pages.figures.alternative import Alternative
from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.figures.landscape.alternatives import (
    distances_alternative,
    losses_alternative,
    path_alternative,
    plane_alternative,
)
from pages.figures.landscape.curves import landscape_distances, landscape_losses
from pages.figures.landscape.plane import landscape_plane
from pages.figures.landscape.records import loss_text
from pages.figures.landscape.space import landscape_space
from pages.figures.landscape.words import cut_off, losses, misleading, scaling
from pages.figures.provenance import add_provenance
from pages.figures.theme import Theme
from pages.loss_landscape.explained import explained
from pages.loss_landscape.session import LandscapeSession
from pages.playground.user import session
from pages.shell.binding import bound
from pages.shell.chart import numbers_below, spoken
from pages.shell.controls import segmented_control, slider
from pages.shell.downloads import download
from pages.shell.shell import theme
from pages.shell.tables import number_table
from pages.shell.widgets import arriving

TICK, SOON = 0.25, 0.05
"""Seconds between two looks at a picture that is being refined, and at one that is being prepared."""
FIGURE_ROWS = (("plane", "space"), ("losses", "distances"))
COMES = {"plane": 0, "losses": 1, "distances": 1, "space": 2}
"""Figure -> the look at which it is first drawn: the quickest first, the slowest last."""
NOTES = {
    "plane": "Numbers at start and marks: the true losses.",
    "space": "Solid: true losses. Dotted: those on the plane.",
}
"""Figure -> how to read it, said on the page once for all figures; the camera saves it with the picture."""
TURNS = 2
"""Turns of work in one look, so that most of its time isn't spent on showing the figures again."""
COMING = '<p class="landscape-coming">This figure is being drawn.</p>'
PICTURE = "land_picture"


def show_pictures(user: LandscapeSession, keep_link: Callable[[], None]) -> None:
    """Show the plane and the frame; they are redrawn while something is left to train or to measure."""
    if arriving():
        user.looks = 0
    every = _tick(user)
    with st.container(gap="xsmall", key="land_figures"):
        st.fragment(_show_pictures, run_every=every)(user, every, keep_link)


def show_curves(user: LandscapeSession) -> None:
    """Show losses and distances by frame, and what all figures show as text; redrawn as the pictures."""
    with st.container(gap="xsmall", key="land_curves"):
        st.fragment(_show_curves, run_every=_tick(user))(user)


def _show_pictures(user: LandscapeSession, every: float | None, keep_link: Callable[[], None]) -> None:
    user.look(session())
    for _ in range(TURNS):
        if user.preparing or (user.picture.drawn and user.working):
            user.work()
    again = _tick(user)
    _row(user, "plane", "space")
    if not user.preparing:
        user.picture.drawn = True
        _beside_pictures(user)
    spoken("land_spoken", said_of(user))
    keep_link()
    if again != every or user.chosen:
        user.chosen = False
        st.rerun()


def _show_curves(user: LandscapeSession) -> None:
    _row(user, "losses", "distances")
    if not user.preparing:
        st.html(words(user))
        user.looks += 1


def _row(user: LandscapeSession, *names: str) -> None:
    """Figures side by side; until there is a picture, what is being done, and how far it is."""
    with st.container(horizontal=True, key=f"land_row_{names[0]}"):
        for name in names:
            if not user.preparing:
                with st.container(width="stretch", gap="xsmall"):
                    _show(user, name)
                continue
            with st.container(width="stretch", key=f"land_room_{name}"):
                if name == "plane":
                    said, share = user.preparing
                    st.progress(share, f"{said}: {100 * share:.0f} %")
                else:
                    st.html(COMING)


def _beside_pictures(user: LandscapeSession) -> None:
    """What the pictures show in numbers and words, and the choice of the frame."""
    with st.container(horizontal=True, vertical_alignment="center", key="land_frame"):
        _frame(user)
    if user.notice:
        st.html(warning(user.notice, theme()))
    st.html(explained(user.net.theta.size, user.racing))
    if user.note and not user.racing:
        st.caption(user.note)
    if said := misleading(user.picture.tracks, unit_of(user)):
        st.html(warning(said, theme(), role="note"))
    if user.racing:
        with st.container(key="land_results"):
            _table(user)


def said_of(user: LandscapeSession) -> str:
    """What is heard once all is measured, and when another frame is chosen; empty until then."""
    if user.preparing or user.working:
        return ""
    unit = "Epoch" if user.racing else "Frame"
    return f"{unit} {user.frame}. {losses(user.picture.tracks, unit_of(user))}"


def unit_of(user: LandscapeSession) -> str:
    """What the frames of the paths are called: a race has epochs."""
    return "epoch" if user.racing else "frame"


def warning(sentence: str, colours: Theme, role: str = "alert") -> str:
    """A sentence as escaped HTML. Markdown isn't safe: a quoted link could load a picture."""
    style = f"--edge:{colours.warn};background:{colours.warn_soft};color:{colours.ink}"
    return f'<p class="landscape-warning" role="{role}" style="{style}">{html.escape(sentence)}</p>'


def words(user: LandscapeSession) -> str:
    """What the figures show, as text: each path's losses, how to read them, how they are drawn, of what."""
    picture = user.picture
    said = (
        losses(picture.tracks, unit_of(user)),
        *NOTES.values(),
        scaling(user.ground(picture.grid)),
        cut_off(user.ground(picture.whole), picture.tracks),
    )
    lines = (" ".join(filter(None, said)), f"{summary(user.recording.experiment)} · {user.plane_name}.")
    shown = "<br>".join(map(html.escape, lines))
    return f'<p class="landscape-words" data-role="landscape-words">{shown}</p>'


def _tick(user: LandscapeSession) -> float | None:
    """Seconds to the next look, as long as something is left to prepare, train, measure or show."""
    if user.preparing:
        return SOON
    return TICK if user.working or user.looks < max(COMES.values()) else None


def _frame(user: LandscapeSession) -> None:
    with st.container(width=292, key="land_scrubber"):
        slider(
            "Epoch of the race" if user.racing else "Frame",
            0,
            max(user.last, 1),
            disabled=user.last == 0,
            **bound("land_frame_number", user.frame, user.show),
        )
    with st.container(key="land_readouts"):
        st.html(readouts(user, theme()))


def _show(user: LandscapeSession, name: str) -> None:
    key, coming = f"land_picture_{name}", COMES[name] > user.looks
    with st.container(key=f"land_room_{name}"):
        if coming:  # a placeholder of the same size, so that nothing moves when the figure comes
            st.html(COMING)
        else:
            config = camera_config(f"loss-landscape-{name}", st.session_state.get(PICTURE) or "png")
            st.plotly_chart(landscape_figure(user, name, theme()), theme=None, key=key, config=config)
    if not coming:
        numbers_below(key, alternative_of(user, name))


def _table(user: LandscapeSession) -> None:
    reached = f"epochs to loss {user.threshold:.4g}"
    table = pd.DataFrame(user.results()).rename(columns={"epochs to loss": reached})
    number_table("land_race_table", table, decimals=6)
    numbers_below("land_race_table", Alternative("How the race ended", "", table.astype(object)))


def title_of(user: LandscapeSession, name: str) -> str:
    """What a figure is headed with."""
    unit = unit_of(user)
    return {
        "plane": f"Level curves and path, {unit} {user.frame}",
        "space": f"The same plane in space, {unit} {user.frame}",
        "losses": "Loss: true solid, on the plane dotted" if user.racing else "Loss",
        "distances": "Distance from the plane",
    }[name]


def alternative_of(user: LandscapeSession, name: str) -> Alternative:
    """One figure at the current frame for those who can't see it."""
    tracks, title, unit = user.picture.tracks, title_of(user, name), unit_of(user)
    match name:
        case "plane":
            return path_alternative(user.ground(user.picture.grid), tracks, title, unit)
        case "space":
            return plane_alternative(user.ground(user.picture.whole), title)
        case "losses":
            return losses_alternative(tracks, title, unit)
        case _:
            return distances_alternative(tracks, title, unit)


def landscape_figures(user: LandscapeSession, colours: Theme) -> dict[str, go.Figure]:
    """All four figures at the current frame, each with its provenance line."""
    return {name: landscape_figure(user, name, colours) for row in FIGURE_ROWS for name in row}


def landscape_figure(user: LandscapeSession, name: str, colours: Theme) -> go.Figure:
    """One figure at the current frame; while nothing in it changes, the one that was drawn before."""
    picture, log = user.picture, user.settings.levels == "log"
    tracks, unit = picture.tracks, unit_of(user)
    grid = {"plane": picture.grid, "space": picture.whole}.get(name)
    made_from = (grid, tracks, log, user.frame, user.provenance, user.key, colours.name)
    if user.figures.get(name, (None,))[0] == made_from:
        return user.figures[name][1]
    title = title_of(user, name)
    said = [NOTES[name], misleading(tracks, unit), scaling(user.ground(grid))] if grid is not None else []
    match name:
        case "plane":
            ground = user.ground(picture.grid)
            figure = landscape_plane(ground, tracks, colours, title=title, revision=user.key, unit=unit)
        case "space":
            ground = user.ground(picture.whole)
            figure = landscape_space(ground, tracks, colours, title=title, revision="space", unit=unit)
            said.insert(1, cut_off(ground, tracks))
        case "losses":
            figure = landscape_losses(tracks, colours, log=log, title=title, unit=unit)
        case _:
            figure = landscape_distances(tracks, colours, title=title, unit=unit)
    add_provenance(figure, "\n".join((*filter(None, said), user.provenance)), colours)
    user.figures[name] = (made_from, figure)
    return figure


def readouts(user: LandscapeSession, colours: Theme) -> str:
    """The numbers above the figures: how much of the path the plane shows, how far off it is, both losses."""
    track, grid = user.leader, user.picture.grid
    now, who = track.now, track.name
    whose = f"{who}'s" if user.racing else "the path's"
    which = f"{who}, the lowest" if user.racing else f"at epoch {user.epoch:g}"
    explained = user.picture.plane.explained
    parts = (
        " + ".join(f"{100 * share:.1f} %" for share in explained) + " (PC\u00a01, PC\u00a02)"
        if explained
        else "of the path's variance"
    )
    share = "–" if np.isnan(user.picture.share) else f"{100 * user.picture.share:.1f} %"
    size = len(grid.alphas)
    progress = 1.0 if user.picture.rest is None else min(grid.progress, 0.99)
    doing = "measured"
    if user.race_progress is not None:
        progress, doing = user.race_progress, "of the race trained"
    cells = (
        ("explained", "Variance explained", share, parts),
        ("distance", "From the plane", f"{now.distance:.4f}", f"of ‖θ‖ = {user.norm:.4f}"),
        ("plane-loss", "Loss on the plane", loss_text(now.plane_loss), f"at {whose} projection"),
        ("true-loss", "True loss", loss_text(now.true_loss), which),
        ("progress", "Places", f"{size} × {size}", f"{100 * progress:.0f} % {doing}"),
    )
    shown = "".join(
        f'<div data-role="{role}"><dt>{html.escape(name)}</dt><dd>{value}</dd>'
        f"<dd>{html.escape(more)}</dd></div>"
        for role, name, value, more in cells
    )
    style = (
        f"--ink2:{colours.ink2};--line:{colours.line};--accent:{colours.accent};--done:{100 * progress:.0f}%"
    )
    state = {"frame": user.frame, "points": size, "progress": f"{progress:.2f}", "working": int(user.working)}
    data = " ".join(f'data-{name}="{value}"' for name, value in state.items())
    return f'<dl class="landscape-readouts" data-role="landscape" {data} style="{style}">{shown}</dl>'


def landscape_save(user: LandscapeSession) -> None:
    """Controls: the format in which the cameras save, and all figures as one self-contained file."""
    segmented_control(
        "Cameras save",
        list(PICTURE_FORMATS),
        default="png",
        format_func=PICTURE_FORMATS.__getitem__,
        key=PICTURE,
        required=True,
    )
    colours = theme()
    download(
        "All as HTML",
        lambda: standalone(user, colours),
        "loss-landscape.html",
        "text/html",
        key="land_html",
    )


def standalone(user: LandscapeSession, colours: Theme) -> str:
    """All figures as one HTML page that contains Plotly, and so needs no network connection."""
    parts = [
        figure.to_html(
            full_html=False, include_plotlyjs=k == 0, config=camera_config(f"loss-landscape-{name}")
        )
        for k, (name, figure) in enumerate(landscape_figures(user, colours).items())
    ]
    title = f"Loss landscape · {user.provenance}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<body style="background:{colours.ground};max-width:960px;margin:auto">{"".join(parts)}'
        "</body></html>"
    )
