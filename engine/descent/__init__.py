"""Walking down a function of one or two variables: surfaces, rules, and when to stop."""

from engine.descent.descent import Descent, Race, Racer, descend, race

__all__ = ["Descent", "Race", "Racer", "descend", "race"]
