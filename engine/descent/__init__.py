"""Walking down a function of one or two variables: surfaces, rules, and when to stop."""

from engine.descent.descent import Entry, Race, Run, descend, race

__all__ = ["Entry", "Race", "Run", "descend", "race"]
