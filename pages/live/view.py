"""What stands behind a view: settings, numbered requests, and one sentence for what was not taken."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from engine import __version__


class Settings(Protocol):
    """What a user chooses on a page: a frozen record that gives changed copies of itself."""

    def changed(self, **changes: Any) -> Self:
        """A copy with other values. Raises: ValueError, in one sentence, for values that can't be."""


S = TypeVar("S", bound=Settings)


class Choices(ABC, Generic[S]):
    """What one user chose on a page.

    Attributes:
        settings: what the controls show.
        notice:   one sentence to show beside the picture, as why an input was not taken; None for none.
    """

    def __init__(self, settings: S) -> None:
        """Begin with these settings and nothing to say."""
        self.settings = settings
        self.notice: str | None = None

    @abstractmethod
    def change(self, settings: S) -> None:
        """Go on with other settings. Raises: ValueError, with nothing changed, if that can't be."""

    def set(self, **changes: Any) -> None:
        """Change some settings; what can't be is refused with one sentence and changes nothing."""
        try:
            self.change(self.settings.changed(**changes))
        except ValueError as error:
            self.refuse(str(error))

    def refuse(self, sentence: str) -> None:
        """Show why an input was not taken; everything stays as it was."""
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
    """The Python side of a view that asks from the browser and runs alone, without its page.

    Attributes:
        answered:   client and number of the last request that was read.
        generation: grows when what was sent before is out of date.
        redraw:     set when the rest of the page has to follow.
    """

    BY_ITSELF: ClassVar[tuple[str, ...]] = ()
    """Kinds of requests that a view makes without its user; they take no notice away."""

    def __init__(self, settings: S) -> None:
        """Begin before the first request."""
        super().__init__(settings)
        self.answered: tuple[str, int] = ("", 0)
        self.generation = 0
        self.redraw = False

    @property
    def notice(self) -> str | None:
        """It stands until the second request after it: the first may have been sent before it was seen."""
        return self._notice

    @notice.setter
    def notice(self, sentence: str | None) -> None:
        self._notice, self._requests_since = sentence, 0

    def refuse(self, sentence: str) -> None:
        """Show why an input was not taken; everything stays as it was."""
        super().refuse(sentence)
        self.show_all()

    @abstractmethod
    def show_all(self) -> None:
        """Send the whole picture next, for a view that may be new on the page and know nothing yet."""

    def answer(self, request: object) -> None:
        """Do what the view asks; one that comes again is answered again, one without a number not at all."""
        if not isinstance(request, Mapping) or not isinstance(number := request.get("id"), int):
            return
        asked, kind = (str(request.get("client", "")), number), request.get("kind")
        repeated = asked == self.answered
        self.answered = asked
        if not repeated and kind not in self.BY_ITSELF:
            self._requests_since += 1
            if self._requests_since > 1:
                self.notice = None
        try:
            self.act(kind, request, repeated)
        except ValueError as error:
            self.refuse(str(error))

    @abstractmethod
    def act(self, kind: object, request: Mapping[str, Any], repeated: bool) -> None:
        """Do what a kind of request asks, and see to it that the answer is sent next.

        Args:
            kind:     as the browser sent it: it may be anything.
            request:  all that came with it.
            repeated: True for one that has been answered before and must not act twice.
        Raises: ValueError for what can't be, with nothing changed: it is refused with this sentence.
        """

    def header(self) -> dict[str, Any]:
        """What the header of every payload holds, whatever else is in it."""
        client, number = self.answered
        return {
            "client": client,
            "answers": number,
            "generation": self.generation,
            "notice": self.notice,
            "provenance": self.provenance,
        }
