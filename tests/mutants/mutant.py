"""A mutant is the engine with one line of it broken."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One way to break the engine.

    Attributes:
        what:  what is wrong then, in a few words.
        file:  the module, without folder and ending; no two modules of the engine share a name.
        old:   text that stands there exactly once.
        new:   the text in its place.
        tests: the files in tests/engine one of which must fail, as "worked answers" for test_worked.py and
               test_answers.py.
    """

    what: str
    file: str
    old: str
    new: str
    tests: str
