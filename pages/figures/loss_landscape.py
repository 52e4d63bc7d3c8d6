"""The loss on a plane through weight space: from above, in space, and how far the path is from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from pages.figures.loss_history import written
from pages.figures.regimes import regimes
from pages.figures.theme import SHAPES, Theme, template

Floats = NDArray[np.float64]

HEIGHT = 372  # px, of the plane from above and in space
CURVE_HEIGHT = 190  # px
BANDS = 14
DASHES = ("solid", "9px,3px", "3px,3px", "9px,3px,3px,3px")
SPACE_SHAPES = ("circle", "diamond", "square", "cross")


@dataclass(frozen=True, eq=False)
class Moment:
    """The current frame of a path: point is its shadow on the plane, distance how far off it lies."""

    frame: int
    point: tuple[float, float]
    true_loss: float
    plane_loss: float
    distance: float


@dataclass(frozen=True, eq=False)
class Track:
    """A path of training: frames (T,), its shadow on the plane (T, 2), and both losses and distances (T,)."""

    label: str
    frames: NDArray[np.int64]
    points: Floats
    true_losses: Floats
    plane_losses: Floats
    distances: Floats
    now: Moment


@dataclass(frozen=True, eq=False)
class Ground:
    """The measured plane: coordinates (c,) and (r,), losses (r, c), names of the axes, range of the colours.

    scale holds the lowest and the highest loss that the colours tell apart; it stays while the grid is
    refined, so that a level curve stays where it is.
    """

    x: ArrayLike
    y: ArrayLike
    losses: ArrayLike
    names: tuple[str, str]
    scale: tuple[float, float]
    log: bool

    def seen(self, losses: ArrayLike) -> Floats:
        """Losses as they are drawn: log₁₀ if log, cut off at the scale's ends; NaN where not a number."""
        low, high = self.scale
        values = np.asarray(losses, dtype=np.float64)
        values = np.where(np.isfinite(values), np.clip(values, low, high), np.nan)
        return np.log10(values) if self.log else values

    @property
    def ends(self) -> tuple[float, float]:
        """The scale as it is drawn."""
        low, high = self.seen(self.scale)
        return float(low), float(high)

    def ticks(self, most: int = 7) -> dict[str, object]:
        """Where an axis of drawn losses is labelled, and with which losses."""
        low, high = self.ends
        values, texts = (loss_ticks if self.log else even_ticks)(low, high, most)
        return {"tickmode": "array", "tickvals": values, "ticktext": texts}


def scale_of(grid: ArrayLike, path: ArrayLike, *, log: bool) -> tuple[float, float]:
    """The range of losses that colours and level curves cover: from a grid (r, c) and a path (T,) on it.

    The logarithmic one leaves out the deepest thousandth of the grid, the linear one the highest
    hundredths: they would hide all else.
    """
    grid, path = (np.asarray(values, dtype=np.float64) for values in (grid, path))
    around = grid[np.isfinite(grid)]
    every = np.concatenate((around, path[np.isfinite(path)]))
    if not every.size:
        return 0.1, 1.0
    if log:
        positive = every[every > 0]
        if not positive.size:
            return 0.1, 1.0
        high, deep = float(positive.max()), around[around > 0]
        lows = [float(np.quantile(deep, 0.001))] if deep.size else []
        low = min([*lows, *(path[np.isfinite(path) & (path > 0)].tolist())], default=high)
        return max(min(low, high / 1.01), high * 1e-12), high
    low, high = float(every.min()), float(np.quantile(around if around.size else every, 0.97))
    return low, max(high, low + max(1e-9, 1e-6 * abs(low)))


def loss_ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    """Ticks of an axis of log₁₀ loss from low to high, and the losses there in words."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    choices = [
        [math.log10(f) + d for d in decades[:: max(1, every)] for f in factors]
        for factors, every in (
            (range(10, 100, 1), 1),
            (range(1, 10), 1),
            ((1, 2, 5), 1),
            ((1, 3), 1),
            *(((1,), every) for every in range(1, 20)),
        )
    ]
    inside = [[e for e in choice if low - 1e-9 <= e <= high + 1e-9] for choice in choices]
    exponents = next((choice for choice in inside if len(choice) <= most), inside[-1])
    if len(exponents) < 2:
        exponents = [float(e) for e in np.linspace(low, high, 4)]
    return exponents, [_power(exponent) for exponent in exponents]


def said(loss: float) -> str:
    """A loss as it is read out, infinity too."""
    return "∞" if math.isinf(loss) else written(loss)


def even_ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    """Ticks of an even axis at multiples of 1, 2 or 5 times a power of ten, and their texts."""
    least = (high - low) / most
    power = 10 ** math.floor(math.log10(least))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= least)
    values = [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return values, [f"{value:.6g}".replace("-", "−") for value in values]


def _power(exponent: float) -> str:
    if -4 <= exponent < 5:
        return f"{10**exponent:.3g}" if exponent < 3 else f"{10**exponent:.0f}"
    mantissa = 10 ** (exponent - math.floor(exponent))
    power = f"10<sup>{math.floor(exponent)}</sup>".replace("-", "−")
    return power if mantissa < 1.05 else f"{mantissa:.2g}·{power}"


def landscape_plane(
    ground: Ground, tracks: Sequence[Track], theme: Theme, *, title: str, revision: str
) -> go.Figure:
    """The plane from above: level curves, every path's shadow on it, start and current frame.

    Args:
        title: up to about 40 characters, to fit a phone.
        revision: figures with the same one keep the user's zoom.
    """
    (low, high), alone = ground.ends, len(tracks) == 1
    figure = go.Figure(
        go.Contour(
            x=np.asarray(ground.x),
            y=np.asarray(ground.y),
            z=ground.seen(ground.losses),
            customdata=[[said(loss) for loss in row] for row in np.asarray(ground.losses).tolist()],
            colorscale=_scale(theme),
            zmin=low,
            zmax=high,
            colorbar={
                "len": 1,
                "outlinecolor": theme.ink2,
                "outlinewidth": 1,
                "thickness": 13,
                "tickfont": {"size": 14, "color": theme.ink2},
                "title": {
                    "text": "training loss",
                    "side": "right",
                    "font": {"size": 15, "color": theme.ink},
                },
                "xpad": 12,
                **ground.ticks(),
            },
            contours={**_curves(low, high), "coloring": "fill"},
            line={"color": theme.ink3, "width": 0.7, "smoothing": 0.9},
            hovertemplate=f"{ground.names[0]} %{{x:.4g}}<br>{ground.names[1]} %{{y:.4g}}"
            "<br>loss <b>%{customdata}</b><extra></extra>",
            name="training loss",
        )
    )
    for k, track in enumerate(tracks):
        _path_on_plane(figure, track, theme, k, alone=alone)
    _label_points(figure, ground, tracks, theme)
    figure.update_layout(
        height=HEIGHT,
        margin={"t": 44, "b": 52, "l": 68, "r": 8},
        **_frame(theme, title, revision),
        xaxis=_across(ground.names[0], ground.x),
        yaxis=_across(ground.names[1], ground.y),
    )
    return figure


def landscape_space(
    ground: Ground, tracks: Sequence[Track], theme: Theme, *, title: str, revision: str
) -> go.Figure:
    """The plane in space, the loss upwards, with every path's shadow lying on it."""
    low, high = ground.ends
    lift = 0.014 * (high - low)
    x, y = np.asarray(ground.x), np.asarray(ground.y)
    figure = go.Figure(
        go.Surface(
            x=x,
            y=y,
            z=ground.seen(ground.losses),
            customdata=[[said(loss) for loss in row] for row in np.asarray(ground.losses).tolist()],
            cmin=low,
            cmax=high,
            colorscale=_scale(theme, in_space=True),
            showscale=False,
            contours={"z": {**_curves(low, high), "color": theme.ink3, "show": True}},
            hovertemplate=f"{ground.names[0]} %{{x:.4g}}<br>{ground.names[1]} %{{y:.4g}}"
            "<br>loss %{customdata}<extra></extra>",
            lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
            name="training loss",
        )
    )
    for k, track in enumerate(tracks):
        colour, _ = _look(theme, k, alone=len(tracks) == 1)
        heights = ground.seen(track.plane_losses) + lift
        figure.add_trace(
            go.Scatter3d(
                x=track.points[:, 0],
                y=track.points[:, 1],
                z=heights,
                customdata=np.column_stack((track.frames, track.plane_losses)),
                hovertemplate=f"{track.label}<br>frame %{{customdata[0]}}"
                "<br>loss on the plane %{customdata[1]:.4g}<extra></extra>",
                line={"color": colour, "width": 7},
                mode="lines",
                name=track.label,
            )
        )
        now = track.now
        figure.add_trace(
            go.Scatter3d(
                x=[track.points[0, 0], now.point[0]],
                y=[track.points[0, 1], now.point[1]],
                z=[heights[0], float(ground.seen(now.plane_loss)) + lift],
                hoverinfo="skip",
                marker={
                    "color": [theme.ground, colour],
                    "size": [5, 8],
                    "line": {"color": colour, "width": 3},
                    "symbol": ["circle", SPACE_SHAPES[k % len(SPACE_SHAPES)]],
                },
                mode="markers",
                name=f"{track.label}, start and frame {now.frame}",
            )
        )
    figure.update_layout(
        height=HEIGHT,
        margin={"t": 40, "b": 4, "l": 8, "r": 8},
        **_frame(theme, title, revision),
        scene={
            "aspectmode": "manual",
            "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.75},
            "camera": {"center": {"x": 0, "y": 0, "z": -0.2}, "eye": {"x": -1.2, "y": -1.58, "z": 1.25}},
            "xaxis": _edge(_short(ground.names[0]), float(x[0]), float(x[-1]), theme),
            "yaxis": _edge(_short(ground.names[1]), float(y[0]), float(y[-1]), theme),
            "zaxis": _edge("training loss", low, high + 2 * lift, theme) | ground.ticks(5),
        },
    )
    return figure


def landscape_losses(
    tracks: Sequence[Track], theme: Theme, *, log: bool, title: str, unit: str = "frame"
) -> go.Figure:
    """True loss, solid, against the loss of the path's shadow on the plane, dotted, frame by frame."""
    figure, alone = go.Figure(), len(tracks) == 1
    values = np.concatenate([(t.true_losses, t.plane_losses) for t in tracks], axis=1)
    positive = values[np.isfinite(values) & (values > 0)]
    log = log and positive.size > 0
    for k, track in enumerate(tracks):
        colour, _ = _look(theme, k, alone=alone)
        pairs = (
            (track.plane_losses, track.now.plane_loss, "on the plane", "2.5px,2.5px", colour),
            (track.true_losses, track.now.true_loss, "true", "solid", theme.ink if alone else colour),
        )
        for losses, now, name, dash, line in pairs:
            _curve(
                figure,
                track,
                losses,
                now,
                name=name if alone else f"{track.label}, {name}",
                line={"color": line, "dash": dash, "width": 2.4},
                symbol=SHAPES[k] if dash == "solid" else f"{SHAPES[k]}-open",
                legend=alone,
                log=log,
            )
    axis: dict[str, object] = {"rangemode": "tozero", "nticks": 5}
    if log:
        low, high = math.log10(positive.min()), math.log10(positive.max())
        low, high = min(low, high - 0.05) - 0.04, high + 0.04
        exponents, texts = loss_ticks(low, high, 5)
        axis = {"type": "log", "range": [low, high], "ticktext": texts}
        axis |= {"tickmode": "array", "tickvals": [10**exponent for exponent in exponents]}
    _against_frames(figure, tracks, theme, title, "training loss", axis, unit, legend=alone)
    return figure


def landscape_distances(
    tracks: Sequence[Track], theme: Theme, *, title: str, unit: str = "frame"
) -> go.Figure:
    """How far the path lies off the plane, frame by frame, in units of ‖θ‖."""
    figure, alone = go.Figure(), len(tracks) == 1
    for k, track in enumerate(tracks):
        colour, dash = _look(theme, k, alone=alone)
        line = {"color": theme.ink if alone else colour, "dash": dash, "width": 2.4}
        _curve(
            figure,
            track,
            track.distances,
            track.now.distance,
            name=track.label,
            line=line,
            symbol=SHAPES[k],
            legend=False,
            log=False,
        )
    highest = max(float(t.distances.max(initial=0.0)) for t in tracks)
    axis = {"range": [0, max(1.06 * highest, 1e-6)], "nticks": 5}
    _against_frames(figure, tracks, theme, title, "‖θ − shadow‖", axis, unit, legend=False)
    return figure


def _path_on_plane(figure: go.Figure, track: Track, theme: Theme, k: int, *, alone: bool) -> None:
    colour, dash = _look(theme, k, alone=alone)
    x, y, now = track.points[:, 0], track.points[:, 1], track.now
    halo = {"color": theme.ground, "width": 6}
    figure.add_trace(
        go.Scatter(x=x, y=y, hoverinfo="skip", line=halo, mode="lines", opacity=0.75, showlegend=False)
    )
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            customdata=[
                [frame, said(true), said(seen), distance]
                for frame, true, seen, distance in zip(
                    track.frames.tolist(), track.true_losses, track.plane_losses, track.distances, strict=True
                )
            ],
            hovertemplate=f"<b>{track.label}, frame %{{customdata[0]}}</b><br>true loss %{{customdata[1]}}"
            "<br>on the plane %{customdata[2]}<br>off the plane %{customdata[3]:.4g}<extra></extra>",
            line={"color": colour, "dash": dash, "width": 2.6},
            marker={"color": colour, "size": 5},
            mode="lines+markers" if len(x) <= 80 and alone else "lines",
            name=track.label,
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[now.point[0]],
            y=[now.point[1]],
            hoverinfo="skip",
            marker={
                "color": colour,
                "size": 15 if alone else 13,
                "symbol": SHAPES[k],
                "line": {"color": theme.ground, "width": 2},
            },
            mode="markers" if alone else "lines+markers",
            line={"color": colour, "dash": dash, "width": 2.6},
            name=track.label,
            showlegend=False,
        )
    )


def _label_points(figure: go.Figure, ground: Ground, tracks: Sequence[Track], theme: Theme) -> None:
    """Start and current frame by name; the two labels stand on opposite sides."""
    first = tracks[0]
    start, now = first.points[0], np.array(first.now.point)
    figure.add_trace(
        go.Scatter(
            x=[start[0]],
            y=[start[1]],
            hoverinfo="skip",
            marker={"color": theme.ground, "size": 12, "line": {"color": theme.ink, "width": 2.5}},
            mode="markers",
            name="start",
            showlegend=False,
        )
    )
    x, y = np.asarray(ground.x, dtype=np.float64), np.asarray(ground.y, dtype=np.float64)
    corner, size = np.array([x[0], y[0]]), np.array([x[-1] - x[0], y[-1] - y[0]])
    paths = np.concatenate([track.points for track in tracks])
    labels = [("start", start)]
    if len(tracks) == 1 and first.now.frame:
        labels.append((f"frame {first.now.frame}", now))
    elif first.now.frame:
        labels += [(track.label.partition(",")[0], np.array(track.now.point)) for track in tracks]
    taken: list[tuple[float, ...]] = []
    for text, at in labels:
        others = np.array([other for _, other in labels if other is not at]).reshape(-1, 2)
        obstacles = np.concatenate((paths, np.repeat(others, 50, axis=0)))
        (across, up), box = free_side((at - corner) / size, (obstacles - corner) / size, len(text), taken)
        taken.append(box)
        figure.add_annotation(
            x=float(at[0]),
            y=float(at[1]),
            text=text,
            bgcolor=theme.ground,
            borderpad=2,
            font={"color": theme.ink, "size": 14},
            name="label",
            opacity=0.9,
            showarrow=False,
            xanchor={-1: "right", 0: "center", 1: "left"}[across],
            xshift=13 * across,
            yanchor={-1: "top", 0: "middle", 1: "bottom"}[up],
            yshift=(13 if across == 0 else 4) * up,
        )


def free_side(
    at: Floats, points: Floats, letters: int, taken: Sequence[tuple[float, ...]] = ()
) -> tuple[tuple[int, int], tuple[float, ...]]:
    """On which side of a point a label covers least, as steps to the right and up, with the label's box.

    Args:
        at, points: (2,) the point and (T, 2) what should stay free, in shares of the picture's sides.
        taken: boxes (left, low, right, high) of other labels.
    """
    width, height = 0.04 + 0.026 * letters, 0.1
    choices: list[tuple[float, tuple[int, int], tuple[float, ...]]] = []
    for across, up in ((1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1)):
        left = float(at[0]) + 0.02 * across - {1: 0.0, 0: width / 2, -1: width}[across]
        low = float(at[1]) + 0.02 * up - {1: 0.0, 0: height / 2, -1: height}[up]
        right, high = left + width, low + height
        x, y = points[:, 0], points[:, 1]
        cost = float(((x > left) & (x < right) & (y > low) & (y < high)).sum())
        cost += 1000.0 * (left < 0 or right > 1 or low < 0 or high > 1)
        cost += 500.0 * sum(left < r and right > l and low < h and high > w for l, w, r, h in taken)
        choices.append((cost, (across, up), (left, low, right, high)))
    _, side, box = min(choices, key=lambda choice: choice[0])
    return side, box


def _curve(
    figure: go.Figure,
    track: Track,
    values: Floats,
    now: float,
    *,
    name: str,
    line: dict[str, object],
    symbol: str,
    legend: bool,
    log: bool,
) -> None:
    shown = np.where(np.isfinite(values) & ((values > 0) | (not log)), values, np.nan)
    figure.add_trace(
        go.Scatter(
            x=track.frames,
            y=shown,
            customdata=[said(value) for value in values.tolist()],
            hovertemplate="<b>%{customdata}</b>",
            line=line,
            mode="lines" if len(shown) > 1 else "markers",
            name=name,
            showlegend=legend,
        )
    )
    if math.isfinite(now) and (now > 0 or not log):
        figure.add_trace(
            go.Scatter(
                x=[track.now.frame],
                y=[now],
                cliponaxis=False,
                hoverinfo="skip",
                marker={"color": line["color"], "size": 10, "symbol": symbol, "line": {"width": 2}},
                mode="markers",
                name=f"{name}, frame {track.now.frame}",
                showlegend=False,
            )
        )


def _against_frames(
    figure: go.Figure,
    tracks: Sequence[Track],
    theme: Theme,
    title: str,
    name: str,
    axis: dict[str, object],
    unit: str,
    *,
    legend: bool,
) -> None:
    last = max(int(track.frames[-1]) for track in tracks)
    figure.add_vline(
        x=max(track.now.frame for track in tracks), line={"color": theme.accent, "width": 2}, layer="below"
    )
    figure.update_layout(
        height=CURVE_HEIGHT,
        hovermode="x unified",
        margin={"t": 40, "b": 48, "l": 76, "r": 16},
        **_frame(theme, title, "curve", legend=legend),
        xaxis={
            "fixedrange": True,
            "nticks": 8,
            "range": [0, 1.02 * max(last, 1)],
            "title": {"text": unit},
        },
        yaxis={"fixedrange": True, "title": {"text": name}, **axis},
    )


def _look(theme: Theme, k: int, *, alone: bool) -> tuple[str, str]:
    """Colour and dash of a path; colour is never the only cue in a race."""
    if alone:
        return theme.accent, "solid"
    return theme.marks[k % len(theme.marks)], DASHES[k % len(DASHES)]


def _frame(theme: Theme, title: str, revision: str, *, legend: bool = False) -> dict[str, object]:
    return {
        "legend": {
            "orientation": "h",
            "x": 0.94,
            "xanchor": "right",
            "y": 1.02,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "paper_bgcolor": theme.ground,
        "plot_bgcolor": theme.ground,
        "showlegend": legend,
        "template": template(theme),
        "title": {"text": title, "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12, "l": 8}},
        "uirevision": revision,
    }


def _curves(low: float, high: float) -> dict[str, float]:
    """Level curves between BANDS bands of equal height, none where values are cut off."""
    size = (high - low) / BANDS
    return {"start": low + size, "end": high - size / 2, "size": size}


def _scale(theme: Theme, *, in_space: bool = False) -> list[list[float | str]]:
    levels = regimes(theme).levels
    if in_space and theme.name == "dark":
        levels = levels[2:]  # the darkest would not stand out from the walls
    return [[k / (len(levels) - 1), colour] for k, colour in enumerate(levels)]


def _across(name: str, values: ArrayLike) -> dict[str, object]:
    ends = np.asarray(values, dtype=float)[[0, -1]].tolist()
    return {"nticks": 7, "range": ends, "showgrid": False, "title": {"text": name}, "zeroline": False}


def _short(name: str) -> str:
    """A name that fits the edge of a picture in space on a phone."""
    return name.partition(" (")[0].removeprefix("random ")


def _edge(name: str, low: float, high: float, theme: Theme) -> dict[str, object]:
    return {
        "backgroundcolor": theme.panel,
        "color": theme.ink2,
        "gridcolor": theme.line,
        "nticks": 5,
        "range": [low, high],
        "showbackground": True,
        "tickfont": {"size": 13},
        "title": {"text": name, "font": {"size": 15, "color": theme.ink}},
        "zerolinecolor": theme.line,
    }
