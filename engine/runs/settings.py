"""The settings that may change while a network trains: how its weights move, not what the network is."""

from dataclasses import dataclass, fields

import numpy as np

from engine.arrays import RefusalError, brief, check_choice, check_count, check_number, check_type
from engine.optimizers import OPTIMIZERS, Optimizer, make_optimizer
from engine.options import Parameter
from engine.runs.schedules import SCHEDULES, learning_rate_at
from engine.training import Trainer

UNITS = ("epoch", "mini-batch")
"""What a frame may count."""


@dataclass(frozen=True)
class Settings:
    """Optimiser, learning rate, penalties, schedule, clipping.

    The weight decay is coupled, through the gradient, everywhere but in adamw, where it shrinks theta
    directly. It is the same as l2 only for plain sgd, and only for the weights.

    Clipping shortens the gradient of loss and penalties to clip_norm where its norm is larger. The norm is
    over the parameters that aren't frozen: what can't move doesn't shorten the steps of the others.

    Raises: ValueError for anything out of its range.
    """

    optimizer: str = "sgd"  # a name in OPTIMIZERS
    learning_rate: float = 0.03  # the base rate, which the schedule scales
    parameters: tuple[tuple[str, float | bool], ...] = ()  # the optimiser's own, e.g. (("momentum", 0.9),)
    l1: float = 0.0  # penalties in the loss, on the weights only
    l2: float = 0.0
    weight_decay: float = 0.0  # a pull in the optimiser, on all parameters
    schedule: str = "constant"  # a name in SCHEDULES
    schedule_parameters: tuple[tuple[str, float | bool], ...] = ()
    clip_norm: float = 0.0  # longest gradient allowed; a longer one is scaled down to it. 0: no clipping
    frozen: tuple[int, ...] = ()  # indices into theta of the parameters that stay as they are

    def __post_init__(self) -> None:
        optimizer = OPTIMIZERS[check_choice("optimizer", self.optimizer, OPTIMIZERS)]
        schedule = SCHEDULES[check_choice("schedule", self.schedule, SCHEDULES)]
        check_number("learning_rate", self.learning_rate, above=0)
        for name in ("l1", "l2", "weight_decay", "clip_norm"):
            check_number(name, getattr(self, name), least=0)
        if not isinstance(self.frozen, tuple):
            raise RefusalError("frozen", f"must be a tuple of indices into theta. Got {brief(self.frozen)}.")
        for index in self.frozen:
            if type(index) is not int or index < 0:  # thousands of them are looked at again with each change
                check_count("frozen", index, least=0)
        check_pairs("parameters", self.parameters, optimizer.parameters)
        check_pairs("schedule_parameters", self.schedule_parameters, schedule.parameters)
        self.rate_at(0)  # checks the schedule's parameters,
        self.make_optimizer()  # and this one the optimiser's

    def rate_at(self, epoch: int) -> float:
        """The learning rate after this number of finished epochs."""
        return learning_rate_at(self.schedule, self.learning_rate, epoch, **dict(self.schedule_parameters))

    @property
    def plain(self) -> bool:
        """Whether a step is −η·∂L/∂θ: gradient descent without momentum, penalty, decay and clipping."""
        added = self.l1, self.l2, self.weight_decay, self.clip_norm, dict(self.parameters).get("momentum", 0)
        return self.optimizer == "sgd" and not any(added)

    def make_optimizer(self) -> Optimizer:
        """The optimiser that these settings describe, without any memory."""
        return make_optimizer(self.optimizer, self.learning_rate, self.weight_decay, **dict(self.parameters))

    def succeed(self, old: Optimizer) -> Optimizer:
        """The optimiser to continue with; it keeps the memory of the old one if both are of the same kind."""
        new = self.make_optimizer()
        if type(new) is type(old):
            memory = {row.name: getattr(old, row.name) for row in fields(new) if not row.init}
            new.load_state(new.state() | memory)
        return new

    def apply(self, trainer: Trainer) -> None:
        """Let a trainer continue with these settings; an optimiser of the same kind keeps its memory."""
        check_type("trainer", trainer, Trainer)
        frozen = np.array(self.frozen, dtype=np.intp)
        if frozen.size and frozen.max() >= trainer.net.theta.size:
            raise RefusalError("frozen", f"must be below {trainer.net.theta.size}. Got {frozen.max()}.")
        trainer.optimizer = self.succeed(trainer.optimizer)
        trainer.l1, trainer.l2, trainer.clip_norm = self.l1, self.l2, self.clip_norm
        trainer.frozen, trainer.schedule = frozen, self.rate_at
        trainer.optimizer.learning_rate = self.rate_at(trainer.epochs_done)


def check_pairs(field: str, pairs: object, rows: tuple[Parameter, ...]) -> None:
    """Refuse everything but pairs of a row's name and a value."""
    names = [row.name for row in rows]
    for pair in pairs if isinstance(pairs, tuple) else (pairs,):
        if not (isinstance(pair, tuple) and len(pair) == 2 and pair[0] in names):
            rule = f"pairs of {', '.join(names) or 'nothing'} and a value"
            raise RefusalError(field, f"must be {rule}. Got {brief(pair)}.")
