"""Colours of the gradient-descent page: the regimes of the step size, and the bands between level curves."""

from __future__ import annotations

from dataclasses import dataclass

from pages.figures.theme import DARK, LIGHT, Theme

TONES = {
    "monotone": "monotone",
    "oscillating": "zigzag",
    "zig-zag": "zigzag",
    "divergent": "divergent",
}
"""The engine's regimes, and what their colours are called here and in CSS; both that turn back share one."""


@dataclass(frozen=True, kw_only=True)
class Regimes:
    """Line and background of each regime, and six bands from low to high that differ in lightness alone."""

    ink: str
    monotone: str
    zigzag: str
    divergent: str
    monotone_ground: str
    zigzag_ground: str
    divergent_ground: str
    levels: tuple[str, ...]

    def line(self, regime: str | None) -> str:
        """The colour of a regime by its name; ink for None, where no theory names one."""
        colour: str = getattr(self, TONES.get(regime or "", "ink"))
        return colour


LIGHT_REGIMES = Regimes(
    ink=LIGHT.ink,
    monotone="#0b7a70",
    zigzag="#c98700",
    divergent="#b3124f",
    monotone_ground="#cfece8",
    zigzag_ground="#fbe7b8",
    divergent_ground="#f9d3e0",
    levels=("#f7f9fc", "#e6edf5", "#cfdcea", "#b2c7dd", "#93afcd", "#7497bb"),
)
DARK_REGIMES = Regimes(
    ink=DARK.ink,
    monotone="#3fd0c0",
    zigzag="#f2c14e",
    divergent="#ff7fab",
    monotone_ground="#143b38",
    zigzag_ground="#453611",
    divergent_ground="#4a1a2d",
    levels=("#0f151c", "#14202c", "#1a2c3d", "#213a50", "#2a4a66", "#345b7d"),
)


def regimes(theme: Theme) -> Regimes:
    """The colours that go with a theme."""
    return DARK_REGIMES if theme.name == "dark" else LIGHT_REGIMES


def regime_css(root: str) -> str:
    """CSS that gives `root` the colours as custom properties: --monotone, --monotone-ground, --level-0, …"""
    light, dark = _declarations(LIGHT_REGIMES), _declarations(DARK_REGIMES)
    return f"{root}{{{light}}}\n{root}[data-theme=dark]{{{dark}}}\n"


def _declarations(colours: Regimes) -> str:
    tones = dict.fromkeys(TONES.values())
    names = (*tones, *(f"{tone}_ground" for tone in tones))
    singles = [f"--{name.replace('_', '-')}:{getattr(colours, name)};" for name in names]
    return "".join(singles + [f"--level-{k}:{colour};" for k, colour in enumerate(colours.levels)])
