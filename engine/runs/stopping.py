"""When to stop training, and the sentence that says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.arrays import check_count, check_number

IMPROVEMENT = 0.001
"""A loss that has not fallen by this share is on a plateau."""


@dataclass(frozen=True)
class StopConditions:
    """Conditions under which training goes no further; each is off at 0, and all are off unless given.

    On a plateau the best training loss of the last so many epochs is not 0.1 % below the best before them.
    """

    epoch: int = 0  # stop when this epoch is reached
    loss: float = 0.0  # stop when the training loss falls below this
    accuracy: float = 0.0  # stop when the test metric (accuracy, or R² of a regression) reaches this
    plateau: int = 0  # stop on a plateau of so many epochs

    def __post_init__(self) -> None:
        check_count("stop_epoch", self.epoch, least=0)
        check_number("stop_loss", self.loss, least=0)
        check_number("stop_accuracy", self.accuracy, least=0, most=1)
        check_count("stop_plateau", self.plateau, least=0)

    def reason(self, epochs: Sequence[int], losses: Sequence[float], metrics: Sequence[float]) -> str | None:
        """Why the last of the recorded moments (training losses, test metrics) is the last one, or None."""
        epoch, loss, metric = epochs[-1], losses[-1], metrics[-1]
        why = None
        if self.epoch and epoch >= self.epoch:
            why = f"epoch {self.epoch} is reached"
        elif self.loss and loss < self.loss:
            why = f"the training loss {loss:.4g} is below {self.loss:g}"
        elif self.accuracy and metric >= self.accuracy:
            why = f"the test score {metric:.4g} has reached {self.accuracy:g}"
        elif self.plateau and epoch >= self.plateau:
            recent = next(i for i, at in enumerate(epochs) if at > epoch - self.plateau)
            before, lately = min(losses[:recent], default=loss), min(losses[recent:])
            if recent and lately > before * (1 - IMPROVEMENT):
                why = f"the training loss has not fallen by 0.1 % in the last {self.plateau} epochs"
        return f"Stopped at epoch {epoch}: {why}. Change the stop conditions to go on." if why else None
