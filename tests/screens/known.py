"""What the tests find on their screens and let pass for now; an entry goes when its fault is mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.screens.finder import Finding


@dataclass(frozen=True)
class Known:
    """A fault that is not mended yet.

    Attributes:
        page:  where it is.
        what:  how its kind begins, as in "texts overlap" or "axe color-contrast".
        where: how its place ends, as in "[save-png] button"; "" for all places.
        why:   why it is there still.
    """

    page: str
    what: str
    where: str
    why: str

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is this fault."""
        return (
            self.page == finding.page
            and finding.what.startswith(self.what)
            and finding.where.endswith(self.where)
        )


DISABLED = (
    "Streamlit's labels of what is disabled are paler than 4.5:1, as WCAG allows for what can't be used."
)
KNOWN: tuple[Known, ...] = (
    Known("playground", "axe color-contrast", "p", DISABLED),
    Known("backprop", "axe color-contrast", "p", DISABLED),
)


def surprises(findings: Iterable[Finding], known: Iterable[Known]) -> list[str]:
    """Lines for faults that are not known, and for known ones that were looked for and not found."""
    found, entries = list(findings), list(known)
    new = [str(finding) for finding in found if not any(entry.covers(finding) for entry in entries)]
    gone = [f"no longer found: {entry}" for entry in entries if not any(map(entry.covers, found))]
    return new + gone
