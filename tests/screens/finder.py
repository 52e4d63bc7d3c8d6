"""What is found on a screen: one line for each fault, with the page, the state and the size where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("finder.js").read_text(encoding="utf-8")
CALL = """async ([script, name]) => {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  try {
    return (await import(url))[name]();
  } finally {
    URL.revokeObjectURL(url);
  }
}"""
STILL = 1.0
"""Px by which what stays where it is may move: browsers round."""


@dataclass(frozen=True)
class Finding:
    """A fault.

    Attributes:
        page, state, size, theme: where the walk was, as in "playground", "paused", "1024x768", "dark".
        what:    the kind of fault, in words.
        where:   the place on the page, by its names.
        example: the text that is there, quoted, or what else tells it from others; may be "".
        amount:  px, or 0 where none are counted.
    """

    page: str
    state: str
    size: str
    theme: str
    what: str
    where: str
    example: str = ""
    amount: int = 0

    @property
    def fault(self) -> str:
        """What and where, in the words of a line."""
        by = f", {self.amount} px" if self.amount else ""
        return f"{self.what}{by}: {self.where}" + (f" {self.example}" if self.example else "")

    def __str__(self) -> str:
        return " · ".join((self.page, self.state, self.size, self.theme, self.fault))


def find_faults(page: Any) -> list[dict[str, Any]]:
    """What, where, example and amount of every fault of a page as it is shown now."""
    return page.evaluate(CALL, [SCRIPT, "findFaults"])


def landmarks(page: Any) -> dict[str, list[float]]:
    """Left, top, width and height of what should stay where it is, by its names; scrolling changes none."""
    return page.evaluate(CALL, [SCRIPT, "landmarks"])


def moved(before: Mapping[str, list[float]], after: Mapping[str, list[float]]) -> list[dict[str, Any]]:
    """What is in both but not in one place or not of one size, as faults.

    Only the outermost is told: what lies in a part that moved moves with it, and has the same shift.
    """
    shifts: dict[tuple[int, ...], dict[str, Any]] = {}
    for name in before.keys() & after.keys():
        shift = tuple(round(b - a) for a, b in zip(before[name], after[name], strict=True))
        if max(map(abs, shift)) <= STILL:
            continue
        x, y, width, height = shift
        example = f"by ({x}, {y})" if x or y else f"grows by ({width}, {height})"
        fault = {"what": "it moves", "where": name, "example": example, "amount": max(map(abs, shift))}
        order = list(before).index(name)
        if shift not in shifts or order < shifts[shift]["order"]:
            shifts[shift] = {**fault, "order": order}
    return [{key: row[key] for key in row if key != "order"} for row in shifts.values()]


def folded(findings: Iterable[Finding]) -> list[str]:
    """A line for each fault with all the states, sizes and themes where it is, in the order found."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.page, finding.what, finding.where), []).append(finding)
    return [
        " · ".join(
            (
                worst.page,
                *(_each(getattr(one, name) for one in group) for name in ("state", "size", "theme")),
                worst.fault,
            )
        )
        for group in groups.values()
        for worst in (max(group, key=lambda one: one.amount),)
    ]


def _each(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
