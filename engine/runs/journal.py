"""The entries of a run's journal: what was changed by hand, and at which frame."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from engine.arrays import brief, check_count, check_number, check_type

MOST_ENTRIES = 1000
"""Entries of one journal; beyond, a run goes on, but a link can't tell of it any more."""
MOST_FRAME = 10**9
LARGEST_WEIGHT = 1e6
MOST_INDEX = 10**6
"""Beyond the largest network."""


@dataclass(frozen=True)
class Entry(ABC):
    """Something that was changed while the run stood at a frame; what is trained from there on follows it."""

    frame: int

    def __post_init__(self) -> None:
        check_count("The frame of an entry", self.frame, least=0, most=MOST_FRAME)

    @property
    @abstractmethod
    def key(self) -> tuple[int, str | int]:
        """Its frame and what it changes: of entries with one key the last one counts."""


@dataclass(frozen=True)
class SettingChanged(Entry):
    """A live setting has another value: a field of the experiment, by its name."""

    field: str
    value: Any

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type("field", self.field, str)

    @property
    def key(self) -> tuple[int, str | int]:
        """One of each field."""
        return self.frame, self.field


@dataclass(frozen=True)
class ParameterSet(Entry):
    """A weight or bias has been written by hand: an index into theta, and the number."""

    index: int
    value: float

    def __post_init__(self) -> None:
        super().__post_init__()
        check_count("The index of a parameter", self.index, least=0, most=MOST_INDEX)
        check_number("A weight", self.value, least=-LARGEST_WEIGHT, most=LARGEST_WEIGHT)

    @property
    def key(self) -> tuple[int, str | int]:
        """One of each parameter."""
        return self.frame, self.index


@dataclass(frozen=True)
class ParametersFrozen(Entry):
    """These parameters, by their indices into theta, and no others stay as they are from here on."""

    indices: tuple[int, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.indices, tuple):
            raise ValueError(f"indices must be a tuple of indices into theta. Got {brief(self.indices)}.")
        for index in self.indices:
            check_count("The index of a parameter", index, least=0, most=MOST_INDEX)

    @property
    def key(self) -> tuple[int, str | int]:
        """One of all."""
        return self.frame, "frozen"
