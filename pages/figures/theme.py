"""Every colour and every font of the app, light and dark, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import plotly.graph_objects as go

SANS = (
    '"Source Sans", "Source Sans 3", "Source Sans Pro", system-ui, "Segoe UI", Roboto, "Liberation Sans", '
    "sans-serif"
)
FONT_STACKS = {
    "sans": f"var(--st-font, {SANS}), {SANS}",
    "math": '"KaTeX_Main", "Latin Modern Math", "STIX Two Text", "DejaVu Serif", serif',
    "mathi": '"KaTeX_Math", "Latin Modern Math", "STIX Two Text", "DejaVu Serif", serif',
    "mono": '"Source Code Pro", ui-monospace, "DejaVu Sans Mono", monospace',
}

HOVER = ".4g"
"""Plotly's format of a coordinate in a hover text: an axis writes it with a true minus, a text wouldn't."""

LETTERS = {
    "circle": "●",
    "diamond": "◆",
    "triangle-up": "▲",
    "square": "■",
    "triangle-down": "▼",
    "cross": "✚\ufe0e",
    "pentagon": "⬟",
    "star": "★",
    "x": "✖\ufe0e",
    "hexagon": "⬢",
}
"""Plotly's name of each shape -> its character in text; \ufe0e keeps browsers from drawing an emoji."""
SHAPES = tuple(LETTERS)
"""Class k is always drawn with shape k, so that colour is never the only cue."""
CLASS_SHAPES = tuple(SHAPES[(k + k // len(SHAPES)) % len(SHAPES)] for k in range(50))
"""The shape of each class of as many as a table can have.

Beyond ten the colours come again, each time with the next shape: no two classes share both.
"""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The colours of one theme of the app, light or dark, each as #rrggbb.

    Orange and blue show the sign of a number and nothing else; the interface is violet (`accent`) and ink.
    """

    name: str
    ground: str
    panel: str
    field: str
    line: str
    hairline: str
    edge: str
    """What tells a control from its ground: the outline of a field, the track of a switch that is off."""
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_soft: str
    on_accent: str
    positive: str
    negative: str
    train: str
    test: str
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    warn: str
    warn_soft: str
    diverging: tuple[str, ...]
    """Colours of the values −1, −½, 0, ½, 1."""
    zero: str
    """The colour to which a class's area fades where the network is unsure."""
    areas: tuple[str, ...]
    """The area of class k on a map."""
    marks: tuple[str, ...]
    """The points of class k, which stand out from the area of the same class."""


LIGHT = Theme(
    name="light",
    ground="#ffffff",
    panel="#f6f7f9",
    field="#f3f5f7",
    line="#d9dee4",
    hairline="#e8ebef",
    edge="#838d98",
    ink="#17212b",
    ink2="#45515e",
    ink3="#5f6b78",
    accent="#5a3ec8",
    accent_soft="#efebfc",
    on_accent="#ffffff",
    positive="#0b67b2",
    negative="#bd4f00",
    train="#17212b",
    test="#a0178a",
    good="#0f6b4f",
    good_soft="#e3f3ec",
    bad="#b3124f",
    bad_soft="#fbe6ee",
    warn="#8a5a00",
    warn_soft="#fdf1d8",
    diverging=("#de7a1e", "#f2b67a", "#f4f4f1", "#8cc0e6", "#2b80c2"),
    zero="#f3f3f0",
    areas=(
        "#2b80c2",
        "#de7a1e",
        "#3fb58f",
        "#8a2f86",
        "#ead45c",
        "#6e4a2e",
        "#a3d4f2",
        "#ee93b8",
        "#7f7d2c",
        "#8b96a1",
    ),
    marks=(
        "#084c8d",
        "#a34100",
        "#0f6b4f",
        "#7a1f77",
        "#6e5e07",
        "#4f321c",
        "#0b649a",
        "#b91055",
        "#56551a",
        "#4a545f",
    ),
)

DARK = Theme(
    name="dark",
    ground="#0e1318",
    panel="#161d25",
    field="#1b232c",
    line="#313c48",
    hairline="#232c36",
    edge="#64717f",
    ink="#f0f4f8",
    ink2="#b9c4d0",
    ink3="#94a2b1",
    accent="#b3a3ff",
    accent_soft="#2a2450",
    on_accent="#14102b",
    positive="#62baff",
    negative="#ffa04d",
    train="#f0f4f8",
    test="#ff8be6",
    good="#58d3a4",
    good_soft="#12332a",
    bad="#ff7fab",
    bad_soft="#401a2a",
    warn="#f2c14e",
    warn_soft="#3a2e10",
    diverging=("#d9832f", "#7d4a1c", "#1c242d", "#1f5686", "#3f97dd"),
    zero="#1d252e",
    areas=(
        "#3f97dd",
        "#d9832f",
        "#58c8a0",
        "#8e2f8c",
        "#efe07a",
        "#7a4a2c",
        "#b9e0f7",
        "#ee9cc0",
        "#6f7a2a",
        "#7f8b97",
    ),
    marks=(
        "#8fd0ff",
        "#ffc078",
        "#8ff0cd",
        "#eda9ea",
        "#fff0a0",
        "#e0b394",
        "#c9ebff",
        "#ffb3d2",
        "#c6d65a",
        "#c0c9d2",
    ),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

# Custom property -> field of Theme. The tuples become --div-0, --area-0, --mark-0, …
CSS_NAMES = {
    "bg": "ground",
    "panel": "panel",
    "field": "field",
    "line": "line",
    "hair": "hairline",
    "edge": "edge",
    "ink": "ink",
    "ink2": "ink2",
    "ink3": "ink3",
    "accent": "accent",
    "accent-soft": "accent_soft",
    "on-accent": "on_accent",
    "pos": "positive",
    "neg": "negative",
    "train": "train",
    "test": "test",
    "good": "good",
    "good-soft": "good_soft",
    "bad": "bad",
    "bad-soft": "bad_soft",
    "warn": "warn",
    "warn-soft": "warn_soft",
    "zero": "zero",
}
CSS_TABLES = {"div": "diverging", "area": "areas", "mark": "marks"}
CSS_ROOTS = (".player", ".thumbnails")

HATCH, STRONG_HATCH = 22, 55
"""Per cent of ink in the lines that hatch what is negative; the second for who asks for more contrast.

Without colours both ends of the diverging scale are one grey. A darker or lighter end would look like another
value, a line does not.
"""

STRONGER = {"line": "ink3", "hair": "edge", "edge": "ink2", "ink2": "ink", "ink3": "ink2"}
"""Custom property -> the field of Theme that it takes for a reader who asks for more contrast."""

SYSTEM_COLOURS = {
    **dict.fromkeys(("bg", "panel", "field", "accent-soft", "good-soft", "bad-soft", "warn-soft"), "Canvas"),
    **dict.fromkeys(("line", "hair"), "color-mix(in srgb,CanvasText 40%,Canvas)"),
    **dict.fromkeys(("edge", "ink", "ink2", "ink3", "train", "good", "bad", "warn"), "CanvasText"),
    "accent": "Highlight",
    "on-accent": "HighlightText",
    "test": "LinkText",
}
"""Custom property -> what it takes in forced colours. The rest is data, whose colours say something: signs,
the diverging scale, classes. A border, which takes no mixed colour then, gets the system's own; a drawing's
grid stays behind its curves."""


def css_variables() -> str:
    """CSS that gives the root elements of components all colours and fonts as custom properties.

    A root element is light by default, and dark with the attribute `data-theme="dark"`. A reader who asks for
    more contrast gets stronger lines and texts; forced colours replace all but the data's.
    """
    fonts = "".join(f"--{name}:{stack};" for name, stack in FONT_STACKS.items())
    light_roots = ",".join(CSS_ROOTS)
    dark_roots = ",".join(f'{root}[data-theme="dark"]' for root in CSS_ROOTS)
    system = "".join(f"--{css}:{colour};" for css, colour in SYSTEM_COLOURS.items())
    return (
        f"{light_roots}{{{_declarations(LIGHT)}{_colours_again()}{fonts}--hatch:{HATCH}%;}}\n"
        f"{dark_roots}{{{_declarations(DARK)}}}\n"
        f"@media (prefers-contrast:more){{{light_roots}{{{_stronger(LIGHT)}--hatch:{STRONG_HATCH}%;}}"
        f"{dark_roots}{{{_stronger(DARK)}}}}}\n"
        f"@media (forced-colors:active){{{light_roots},{dark_roots}{{{system}--hatch:{STRONG_HATCH}%;}}}}\n"
    )


def _stronger(theme: Theme) -> str:
    return "".join(f"--{css}:{getattr(theme, field)};" for css, field in STRONGER.items())


def _declarations(theme: Theme) -> str:
    singles = [f"--{css}:{getattr(theme, field)};" for css, field in CSS_NAMES.items()]
    tables = [
        f"--{css}-{k}:{colour};"
        for css, field in CSS_TABLES.items()
        for k, colour in enumerate(getattr(theme, field))
    ]
    return f"color-scheme:{theme.name};" + "".join(singles + tables)


def _colours_again() -> str:
    """The colours of the classes beyond the last that has one of its own, in either theme."""
    own = len(SHAPES)
    again = range(own, len(CLASS_SHAPES))
    return "".join(f"--{css}-{k}:var(--{css}-{k % own});" for css in ("area", "mark") for k in again)


@cache
def template(theme: Theme) -> go.layout.Template:
    """The app's Plotly template: 14 px tick labels, a hairline grid, no shadow.

    The background is opaque: a picture saved in the dark theme must stay legible on a white slide.
    """
    axis = {
        "automargin": True,
        "color": theme.ink2,
        "gridcolor": theme.hairline,
        "gridwidth": 1,
        "hoverformat": HOVER,
        "linecolor": theme.ink2,
        "linewidth": 1.2,
        "showline": True,
        "tickcolor": theme.ink2,
        "ticklen": 5,
        "ticks": "outside",
        "tickfont": {"size": 14, "color": theme.ink2},
        "title": {"font": {"size": 15, "color": theme.ink}, "standoff": 8},
        "zeroline": False,
    }
    return go.layout.Template(
        layout={
            "colorway": list(theme.marks),
            "coloraxis": {"colorbar": {"outlinecolor": theme.ink, "outlinewidth": 1, "ticklen": 4}},
            "colorscale": {"diverging": diverging_scale(theme)},
            "font": {"family": SANS, "size": 14, "color": theme.ink},
            "hoverlabel": {
                "align": "left",
                "bgcolor": theme.ground,
                "bordercolor": theme.ink,
                "font": {"family": SANS, "size": 15, "color": theme.ink},
            },
            "legend": {"bgcolor": "rgba(0,0,0,0)", "font": {"size": 14, "color": theme.ink}},
            "modebar": {
                "activecolor": theme.accent,
                "bgcolor": "rgba(0,0,0,0)",
                "color": theme.ink3,
                "orientation": "h",
            },
            "paper_bgcolor": theme.ground,
            "plot_bgcolor": "rgba(0,0,0,0)",
            "separators": ".\u2009",
            "title": {"font": {"size": 16, "color": theme.ink, "weight": 650}, "x": 0, "xref": "container"},
            "xaxis": axis,
            "yaxis": axis,
        }
    )


def diverging_scale(theme: Theme) -> list[list[float | str]]:
    """Plotly colour scale for signed values: orange is negative, blue positive; 0 lies in the middle."""
    last = len(theme.diverging) - 1
    return [[k / last, colour] for k, colour in enumerate(theme.diverging)]


def diverging_colour(theme: Theme, value: float) -> str:
    """Colour of `value` on the diverging scale; values beyond −1 … 1 take its end colours."""
    position = (min(1.0, max(-1.0, value)) + 1) / 2 * (len(theme.diverging) - 1)
    k = min(len(theme.diverging) - 2, int(position))
    below, above = _rgb(theme.diverging[k]), _rgb(theme.diverging[k + 1])
    mixed = (a + (b - a) * (position - k) for a, b in zip(below, above, strict=True))
    return "#" + "".join(f"{round(channel):02x}" for channel in mixed)


@lru_cache(4096)  # heatmaps ask for each of their cells
def text_on(colour: str) -> str:
    """Black or white, whichever is easier to read on `colour`."""
    return max("#000000", "#ffffff", key=lambda text: contrast(text, colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    shares = (channel / 255 for channel in _rgb(colour))
    r, g, b = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def colour_bar_below(name: str, theme: Theme, below: float = 0.0, length: float = 0.7) -> dict[str, object]:
    """The settings of a colour bar under a figure: at its side it would take a third of a phone's width.

    Args:
        name: what it shows, written above it.
        below: how far under the plot its name begins, as a share of the plot's height.
        length: share of the plot's width.
    """
    return {
        "len": length,
        "orientation": "h",
        "outlinecolor": theme.ink2,
        "outlinewidth": 1,
        "thickness": 13,
        "tickangle": 0,
        "tickfont": {"size": 14, "color": theme.ink2},
        "title": {"text": name, "side": "top", "font": {"size": 15, "color": theme.ink}},
        "x": 0.5,
        "xpad": 0,
        "y": -below,
        "yanchor": "top",
        "ypad": 0,
    }


def space_axis(name: str, low: float, high: float, theme: Theme) -> dict[str, object]:
    """The settings of one axis of a picture in space."""
    return {
        "backgroundcolor": theme.panel,
        "color": theme.ink2,
        "gridcolor": theme.line,
        "hoverformat": HOVER,
        "nticks": 5,
        "range": [low, high],
        "showbackground": True,
        "tickfont": {"size": 13},
        "title": {"text": name, "font": {"size": 15, "color": theme.ink}},
        "zerolinecolor": theme.line,
    }
