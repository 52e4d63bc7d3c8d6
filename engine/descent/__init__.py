"""Walking down a function of one or two variables: surfaces, rules, and when to stop."""

from engine.descent.descent import Descent, descend
from engine.descent.race import Race, Racer, RaceRow, race

__all__ = ["Descent", "Race", "RaceRow", "Racer", "descend", "race"]
