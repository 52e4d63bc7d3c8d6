"""What the landscape figures have in common: layout, colours of the levels, level curves, style of a path."""

from __future__ import annotations

from pages.figures.regimes import regimes
from pages.figures.theme import Theme, template

HEIGHT = 410  # px, of the plane from above and in space
BANDS = 14  # between level curves
DASHES = ("solid", "9px,3px", "3px,3px", "9px,3px,3px,3px")


def common_layout(theme: Theme, title: str, revision: str, *, legend: bool = False) -> dict[str, object]:
    """The layout that every figure has."""
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


def path_style(theme: Theme, k: int, *, alone: bool) -> tuple[str, str]:
    """Colour and dash of path k; in a race colour is never the only cue."""
    if alone:
        return theme.accent, "solid"
    return theme.marks[k % len(theme.marks)], DASHES[k % len(DASHES)]


def shades(theme: Theme, *, in_space: bool = False) -> list[list[float | str]]:
    """The colour scale of the levels from low to high, which differ in lightness alone."""
    levels = regimes(theme).levels
    if in_space and theme.name == "dark":
        levels = levels[2:]  # the darkest two don't stand out from the background
    return [[k / (len(levels) - 1), colour] for k, colour in enumerate(levels)]


def level_curves(low: float, high: float) -> dict[str, float]:
    """Plotly's settings of the level curves between BANDS bands of equal height; none at the cut-off ends."""
    size = (high - low) / BANDS
    return {"start": low + size, "end": high - size / 2, "size": size}
