"""A schedule changes the learning rate as the epochs pass: large steps to arrive, small ones to settle.

Every schedule is a factor of the base rate. After `warmup` epochs of a linear rise it counts its own epochs,
t = epoch − warmup:

    rate(epoch) = base · (epoch + 1) / (warmup + 1)   while epoch < warmup,   base · factor(t)   from then on
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi

from engine.arrays import check_choice, check_number
from engine.options import Option, Parameter, check_parameters, table


@dataclass(frozen=True)
class Schedule(Option):
    """One schedule; `factor(t, **parameters)` is 1 at t = 0 and gets all parameters but `warmup`."""

    factor: Callable[..., float]
    parameters: tuple[Parameter, ...]
    code: str  # the factor in NumPy's words, for scripts, with the parameters and t in braces


def _cosine(t: float, epochs: float, final: float) -> float:
    """Loshchilov & Hutter (2017), 'SGDR', equation 5, without restarts; final after t = epochs."""
    return final + (1.0 - final) * (1.0 + cos(pi * min(t / epochs, 1.0))) / 2.0


_WARMUP = Parameter("warmup", "Warm-up epochs", 0, maximum=1000)
_EVERY, _HALVE = Parameter("every", "Every … epochs", 100, 1, 10000), Parameter("decay", "Decay", 0.5)
_EPOCHS, _FINAL = Parameter("epochs", "Epochs", 500, 1, 10000), Parameter("final", "Final share", 0.0)
_GENTLE, _SLIGHT = Parameter("decay", "Decay", 0.01), Parameter("decay", "Decay", 0.99)

# "step" is PyTorch's StepLR, "exponential" its ExponentialLR; under "1/t" steps still add up to any distance.
SCHEDULES = table(
    Schedule("constant", "Constant", lambda t: 1.0, (_WARMUP,), "1"),
    Schedule(
        "step", "Step", lambda t, every, decay: decay ** (t // every), (_EVERY, _HALVE, _WARMUP),
        "{decay} ** ({t} // {every})",
    ),
    Schedule(
        "inverse_time", "1/t", lambda t, decay: 1.0 / (1.0 + decay * t), (_GENTLE, _WARMUP),
        "1 / (1 + {decay} * {t})",
    ),
    Schedule(
        "exponential", "Exponential", lambda t, decay: decay**t, (_SLIGHT, _WARMUP), "{decay} ** {t}"
    ),
    Schedule(
        "cosine", "Cosine", _cosine, (_EPOCHS, _FINAL, _WARMUP),
        "({final} + (1 - {final}) * (1 + np.cos(np.pi * min({t} / {epochs}, 1))) / 2)",
    ),
)  # fmt: skip


def learning_rate_at(name: str, base: float, epoch: float, **parameters: float) -> float:
    """Compute the learning rate of an epoch, from 0 to base.

    Args:
        name:       a key of SCHEDULES.
        base:       the base rate, > 0.
        epoch:      the number of finished epochs, 0 during the first.
        parameters: the row's own; those left out take their defaults.
    Raises: ValueError for an unknown name or parameter, or a value out of its range.
    """
    schedule = SCHEDULES[check_choice("schedule", name, SCHEDULES)]
    check_number("base", base, above=0)
    check_number("epoch", epoch, least=0)
    settings = check_parameters(schedule.parameters, parameters)
    warmup = settings.pop("warmup")
    if epoch < warmup:
        return base * (epoch + 1.0) / (warmup + 1.0)
    return base * schedule.factor(epoch - warmup, **settings)
