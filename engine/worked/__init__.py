"""One update written out: every step as formula, numbers and result."""

from engine.worked.worked import Step, Worked, work

__all__ = ["Step", "Worked", "work"]
