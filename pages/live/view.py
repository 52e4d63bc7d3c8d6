"""The session behind a page: settings, a view's numbered requests, and one sentence on a refused input."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from engine import __version__
from engine.runs.rows import in_words
from pages.live.turns import Turns

LONGEST_CLIENT = 40
"""Most characters of the name that a view gives itself; every answer repeats it."""
MOST_REQUESTS = 2**53


class Settings(Protocol):
    """What a user chooses on a page: a frozen record that gives changed copies of itself."""

    def changed(self, **changes: Any) -> Self:
        """A copy with other values. Raises: ValueError, in one sentence, for a wrong value."""


S = TypeVar("S", bound=Settings)


class Choices(ABC, Generic[S]):
    """What one user chose on a page.

    Attributes:
        settings: what the controls show.
        notice:   one sentence to show beside the picture, such as why an input was refused; or None.
        turns:    its turns to work, in line with the other sessions of this process.
    """

    def __init__(self, settings: S) -> None:
        """Begin with these settings and without a notice."""
        self.settings = settings
        self.notice: str | None = None
        self.turns = Turns()

    @abstractmethod
    def change(self, settings: S) -> None:
        """Take other settings. Raises: ValueError, with nothing changed, if they can't be taken."""

    def set(self, **changes: Any) -> None:
        """Change some settings; a wrong value is refused in one sentence and changes nothing."""
        try:
            self.change(self.settings.changed(**changes))
        except ValueError as error:
            self.refuse(in_words(error, type(self.settings)))

    def refuse(self, sentence: str) -> None:
        """Show why an input was refused; everything stays as it was."""
        self.notice = sentence

    @property
    @abstractmethod
    def subject(self) -> str:
        """What a picture shows, in one line."""

    @property
    def provenance(self) -> str:
        """How a picture was made: the line under it wherever it is saved."""
        return f"{self.subject} · Backprop Playground {__version__}"


class View(Choices[S]):
    """The Python side of a view that sends requests from the browser and runs without the page around it.

    Attributes:
        name:       tells this session from any other, also from one that a restarted server makes.
        answered:   client and number of the last request that was read.
        generation: grows whenever what was sent before is out of date.
        redraw:     True when the rest of the page has to be run again.
    """

    BY_ITSELF: ClassVar[tuple[str, ...]] = ()
    """Kinds of requests that a view sends without a user's doing; they leave the notice in place."""

    def __init__(self, settings: S) -> None:
        """Begin with these settings, before the first request."""
        super().__init__(settings)
        self.name = secrets.token_hex(4)
        self.answered: tuple[str, int] = ("", 0)
        self.generation = 0
        self.redraw = False

    @property
    def notice(self) -> str | None:
        """The sentence to show, until the second request after it: the first may have been on its way."""
        return self._notice

    @notice.setter
    def notice(self, sentence: str | None) -> None:
        self._notice, self._requests_since = sentence, 0

    def refuse(self, sentence: str) -> None:
        """Show why an input was refused; everything stays as it was."""
        super().refuse(sentence)
        self.show_all()

    @abstractmethod
    def show_all(self) -> None:
        """Send the whole picture next, for a view that may have only just opened."""

    def answer(self, request: object) -> None:
        """Do what a request asks; a repeated one is answered again, one without a number is ignored."""
        if not isinstance(request, Mapping):
            return
        client, number, kind = request.get("client", ""), request.get("id"), request.get("kind")
        named = isinstance(client, str) and len(client) <= LONGEST_CLIENT
        if not named or not isinstance(number, int) or not 0 <= number <= MOST_REQUESTS:
            return
        asked = client, number
        repeated = asked == self.answered
        self.answered = asked
        if not repeated and kind not in self.BY_ITSELF:
            self._requests_since += 1
            if self._requests_since > 1:
                self.notice = None
        try:
            self.act(kind, request, repeated)
        except ValueError as error:
            self.refuse(in_words(error, type(self.settings)))

    @abstractmethod
    def act(self, kind: object, request: Mapping[str, Any], repeated: bool) -> None:
        """Do what a request asks, so that the next payload answers it.

        Args:
            kind:     as the browser sent it, and so possibly anything.
            request:  the whole request.
            repeated: True if it was answered before; then it must not act twice.
        Raises: ValueError for a wrong request, with nothing changed; the sentence is shown.
        """

    def header(self) -> dict[str, Any]:
        """What the header of every payload holds."""
        client, number = self.answered
        return {
            "session": self.name,
            "client": client,
            "answers": number,
            "generation": self.generation,
            "notice": self.notice,
            "provenance": self.provenance,
        }
