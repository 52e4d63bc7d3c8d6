"""The figures of the loss landscape and the numbers beside them: shown, refined and saved."""

from __future__ import annotations

import html
from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.figures.landscape.curves import landscape_distances, landscape_losses
from pages.figures.landscape.plane import landscape_plane
from pages.figures.landscape.records import loss_text
from pages.figures.landscape.space import landscape_space
from pages.figures.provenance import with_provenance
from pages.figures.theme import Theme
from pages.loss_landscape.session import LandscapeSession
from pages.playground.user import session
from pages.shell.binding import bound
from pages.shell.downloads import download
from pages.shell.shell import theme
from pages.shell.widgets import arriving

TICK, SOON = 0.25, 0.05
"""Seconds between two looks at a picture that is being refined, and at one that is being prepared."""
FIGURE_ROWS = (("plane", "space"), ("losses", "distances"))
COMES = {"plane": 0, "losses": 1, "distances": 1, "space": 2}
"""Figure -> the look at which it is first drawn: the quickest first, the slowest last."""
COMING = '<p class="landscape-coming">This figure is being drawn.</p>'
PICTURE = "land_picture"


def show_landscape(user: LandscapeSession, keep_link: Callable[[], None]) -> None:
    """Show the figures; while there is something left to train or measure, they are redrawn by themselves."""
    if arriving():
        user.looks = 0
    every = _tick(user)
    with st.container(gap="xsmall", key="land_figures"):
        st.fragment(_show_figures, run_every=every)(user, every, keep_link)


def _show_figures(user: LandscapeSession, every: float | None, keep_link: Callable[[], None]) -> None:
    user.look(session())
    if user.preparing or (user.picture.drawn and user.working):
        user.work()
    again = _tick(user)
    if user.preparing:
        _show_progress(user)
    else:
        _show_picture(user)
    keep_link()
    if again != every:
        st.rerun()
    user.looks += not user.preparing


def _show_progress(user: LandscapeSession) -> None:
    """What is being done until there is a picture, and how far it is, where the pictures will be."""
    said, share = user.preparing or ("", 0.0)
    st.container(key="land_frame").progress(share, f"{said}: {100 * share:.0f} %")
    for row in FIGURE_ROWS:
        with st.container(horizontal=True, key=f"land_row_{row[0]}"):
            for name in row:
                with st.container(width="stretch", key=f"land_room_{name}"):
                    st.html(COMING)


def _show_picture(user: LandscapeSession) -> None:
    user.picture.drawn = True
    frame = st.container(horizontal=True, vertical_alignment="center", key="land_frame")
    if user.notice:
        st.html(warning(user.notice, theme()))
    if user.note and not user.racing:
        st.caption(user.note)
    for row in FIGURE_ROWS:
        with st.container(horizontal=True, key=f"land_row_{row[0]}"):
            for name in row:
                with st.container(width="stretch", key=f"land_room_{name}"):
                    if COMES[name] <= user.looks:
                        _show(user, name)
                    else:  # a placeholder of the same size, so that nothing moves when the figure comes
                        st.html(COMING)
                if name == "plane":
                    with frame:
                        _frame(user)
        if user.racing and row[0] == "plane":
            with st.container(key="land_results"):
                _table(user)


def warning(sentence: str, colours: Theme) -> str:
    """A sentence as escaped HTML. Markdown isn't safe: a quoted link could load a picture."""
    style = f"--edge:{colours.warn};background:{colours.warn_soft};color:{colours.ink}"
    return f'<p class="landscape-warning" role="alert" style="{style}">{html.escape(sentence)}</p>'


def _tick(user: LandscapeSession) -> float | None:
    """Seconds to the next look, as long as something is left to prepare, train, measure or show."""
    if user.preparing:
        return SOON
    return TICK if user.working or user.looks < max(COMES.values()) else None


def _frame(user: LandscapeSession) -> None:
    with st.container(width=292, key="land_scrubber"):
        st.slider(
            "Epoch of the race" if user.racing else "Frame",
            0,
            max(user.last, 1),
            disabled=user.last == 0,
            **bound("land_frame_number", user.frame, lambda frame: user.set(frame=frame)),
        )
    with st.container(key="land_readouts"):
        st.html(readouts(user, theme()))


def _show(user: LandscapeSession, name: str) -> None:
    st.plotly_chart(
        landscape_figure(user, name, theme()),
        theme=None,
        key=f"land_picture_{name}",
        config=camera_config(f"loss-landscape-{name}", st.session_state.get(PICTURE) or "png"),
    )


def _table(user: LandscapeSession) -> None:
    loss, off = (st.column_config.NumberColumn(format=form) for form in ("%.6f", "%.4f"))
    reached = f"epochs to loss {user.threshold:.4g}"
    st.dataframe(
        pd.DataFrame(user.results()).rename(columns={"epochs to loss": reached}),
        key="land_race_table",
        hide_index=True,
        column_config={
            "true loss": loss,
            "loss on plane": loss,
            "off the plane": off,
            reached: st.column_config.NumberColumn(format="%d"),
        },
    )


def landscape_figures(user: LandscapeSession, colours: Theme) -> dict[str, go.Figure]:
    """All four figures at the current frame, each with its provenance line."""
    return {name: landscape_figure(user, name, colours) for row in FIGURE_ROWS for name in row}


def landscape_figure(user: LandscapeSession, name: str, colours: Theme) -> go.Figure:
    """One figure at the current frame; while nothing in it changes, the one that was drawn before."""
    picture, log = user.picture, user.settings.levels == "log"
    tracks, unit = picture.tracks, "epoch" if user.racing else "frame"
    grid = {"plane": picture.grid, "space": picture.whole}.get(name)
    made_from = (grid, tracks, log, user.frame, user.provenance, user.key, colours.name)
    if user.figures.get(name, (None,))[0] == made_from:
        return user.figures[name][1]
    match name:
        case "plane":
            title = f"Level curves and path, {unit} {user.frame}"
            ground = user.ground(picture.grid)
            figure = landscape_plane(ground, tracks, colours, title=title, revision=user.key)
        case "space":
            title = f"The same plane in space, {unit} {user.frame}"
            ground = user.ground(picture.whole)
            figure = landscape_space(ground, tracks, colours, title=title, revision="space")
        case "losses":
            title = "Loss: true solid, on the plane dotted" if user.racing else "Loss"
            figure = landscape_losses(tracks, colours, log=log, title=title, unit=unit)
        case _:
            figure = landscape_distances(tracks, colours, title="Distance off the plane", unit=unit)
    figure = with_provenance(figure, user.provenance, colours)
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
        " + ".join(f"{100 * share:.1f} %" for share in explained) + " (PC 1, PC 2)"
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
        ("distance", "Off the plane", f"{now.distance:.4f}", f"of ‖θ‖ = {user.norm:.4f}"),
        ("plane-loss", "Loss on the plane", loss_text(now.plane_loss), f"at {whose} projection"),
        ("true-loss", "True loss", loss_text(now.true_loss), which),
        ("progress", "Picture", f"{size} × {size}", f"{100 * progress:.0f} % {doing}"),
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
    st.segmented_control(
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
