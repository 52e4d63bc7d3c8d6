"""When to stop training, and the record that says why."""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.arrays import check_count, check_number

MOST_EPOCH = 10**9
Kind = Literal["epoch", "loss", "accuracy", "plateau", "diverged"]
IMPROVEMENT = 0.001
"""A loss that has not fallen by this share is on a plateau."""


@dataclass(frozen=True)
class Stop:
    """Why training doesn't continue after a frame.

    Attributes:
        kind:     the condition that was met, named as in StopConditions; "diverged" if numbers overflowed.
        frame:    the frame at which training stopped; of a diverged run the last finite one.
        epoch:    the epoch that the sentence names; of a diverged run the first that can't be shown.
        sentence: the same for people.
    """

    kind: Kind
    frame: int
    epoch: int
    sentence: str


class Lows:
    """The lowest losses of a growing list, before and since any entry, without going through the list.

    before(i) is min(losses[:i]) and since(i) is min(losses[i:]), for 0 < i < len(losses). Kept apart are the
    entries that are lower than all after them: the lowest since i is the first of those from i on.
    """

    def __init__(self, losses: Sequence[float] = ()) -> None:
        """Begin with these losses."""
        self.restart(losses)

    def restart(self, losses: Sequence[float]) -> None:
        """Take other losses."""
        self._so_far = array("d")
        self._places: list[int] = []
        self._lows: list[float] = []
        for loss in losses:
            self.append(loss)

    def append(self, loss: float) -> None:
        """Take one more loss."""
        place = len(self._so_far)
        self._so_far.append(min(self._so_far[-1], loss) if place else loss)
        while self._lows and not self._lows[-1] < loss:
            self._lows.pop()
            self._places.pop()
        self._lows.append(loss)
        self._places.append(place)

    def before(self, i: int) -> float:
        """The lowest loss before entry i."""
        return self._so_far[i - 1]

    def since(self, i: int) -> float:
        """The lowest loss from entry i on."""
        return self._lows[bisect_left(self._places, i)]


@dataclass(frozen=True)
class StopConditions:
    """Conditions that end training; each is off at 0, the default.

    On a plateau of k epochs the best training loss of the last k is not 0.1 % below the best before them.
    """

    epoch: int = 0  # stop when this epoch is reached
    loss: float = 0.0  # stop when the training loss falls below this
    accuracy: float = 0.0  # stop when the test metric (accuracy, or R² of a regression) reaches this
    plateau: int = 0  # stop on a plateau of this many epochs

    def __post_init__(self) -> None:
        check_count("stop_epoch", self.epoch, least=0, most=MOST_EPOCH)
        check_number("stop_loss", self.loss, least=0)
        check_number("stop_accuracy", self.accuracy, least=0, most=1)
        check_count("stop_plateau", self.plateau, least=0, most=MOST_EPOCH)

    def met(
        self,
        epochs: Sequence[int],
        losses: Sequence[float],
        metrics: Sequence[float],
        lows: Lows | None = None,
    ) -> Stop | None:
        """The first condition that the last of the recorded frames meets, or None.

        Args:
            epochs, losses, metrics: one entry per frame: epochs done, training losses, test metrics.
            lows: of the losses, from a caller that asks at every frame.
        """
        epoch, loss, metric = epochs[-1], losses[-1], metrics[-1]

        def stop(kind: Kind, why: str) -> Stop:
            sentence = f"Stopped at epoch {epoch}: {why}. Change the stop conditions to go on."
            return Stop(kind, len(epochs) - 1, epoch, sentence)

        if self.epoch and epoch >= self.epoch:
            return stop("epoch", f"epoch {self.epoch} is reached")
        if self.loss and loss < self.loss:
            return stop("loss", f"the training loss {loss:.4g} is below {self.loss:g}")
        if self.accuracy and metric >= self.accuracy:
            return stop("accuracy", f"the test score {metric:.4g} has reached {self.accuracy:g}")
        if self.plateau and epoch >= self.plateau:
            recent = bisect_right(epochs, epoch - self.plateau)  # the first frame of the last epochs
            lows = lows or Lows(losses)
            if recent and lows.since(recent) > lows.before(recent) * (1 - IMPROVEMENT):
                why = f"the training loss has not fallen by 0.1 % in the last {self.plateau} epochs"
                return stop("plateau", why)
        return None


def diverged(frame: int, epoch: int, loss: float) -> Stop:
    """The end of a run that overflowed in this epoch with this loss; frame is the last finite one."""
    became = f"{loss:g}" if math.isfinite(loss) else "infinite" if math.isinf(loss) else "not a number"
    sentence = (
        f"Training stopped in epoch {epoch}: the numbers grew beyond all bounds (the loss is {became}). "
        "This is the last finite moment. Try a smaller learning rate, then reset."
    )
    return Stop("diverged", frame, epoch, sentence)
