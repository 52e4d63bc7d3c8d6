"""The update of a step as lines of NumPy, from the same lines that formulas are written from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from engine.export.text import number
from engine.optimizers import Optimizer
from engine.runs.schedules import SCHEDULES
from engine.runs.settings import Settings

NAMES = {
    "η": "learning_rate",
    "λ": "weight_decay",
    "μ": "momentum",
    "dampening": "dampening",
    "ρ": "rho",
    "β₁": "beta1",
    "β₂": "beta2",
    "ε": "eps",
}
"""What the numbers in an optimiser's lines are called in a script."""
SUM, PRODUCT, POWER, ATOM = range(4)


@dataclass(frozen=True)
class Code:
    """An expression, and how strongly it holds together."""

    text: str
    level: int = ATOM

    def _in(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"

    def __add__(self, other: Self) -> "Code":
        return Code(f"{self._in(SUM)} + {other._in(PRODUCT)}", SUM)

    def __sub__(self, other: Self) -> "Code":
        return Code(f"{self._in(SUM)} - {other._in(PRODUCT)}", SUM)

    def __mul__(self, other: Self) -> "Code":
        return Code(f"{self._in(PRODUCT)} * {other._in(POWER)}", PRODUCT)

    def __truediv__(self, other: Self) -> "Code":
        return Code(f"{self._in(PRODUCT)} / {other._in(POWER)}", PRODUCT)


@dataclass
class Names:
    """The symbols of an optimiser's lines as a script calls them; see engine.lines.Symbols."""

    rate: str  # what holds the learning rate
    values: dict[str, str] = field(default_factory=dict)  # of the named numbers that were asked for
    memory: list[str] = field(default_factory=list)  # letters that were asked for as they were before
    counts: bool = False  # whether the number of the step was asked for
    theta: Code = Code("theta")
    g: Code = Code("g")

    def own(self, letter: str) -> Code:
        """An earlier line's result."""
        return Code("theta" if letter == "decayed" else letter)

    def old(self, letter: str) -> Code:
        """The memory before the step."""
        if letter not in self.memory:
            self.memory.append(letter)
        return Code(letter)

    def number(self, value: float, label: str = "") -> Code:
        """A number by its name, if it has one."""
        if not label:
            return Code(number(value))
        if label == "η":
            return Code(self.rate)
        self.values[NAMES[label]] = number(value)
        return Code(NAMES[label])

    def rest(self, x: Code) -> Code:
        """1 − x."""
        return Code("1") - x

    def power(self, x: Code, exponent: int) -> Code:
        """A power of the step's number, whatever it is now."""
        self.counts = True
        return Code(f"{x._in(ATOM)}**t", POWER)

    def sqrt(self, x: Code) -> Code:
        """√x."""
        return Code(f"np.sqrt({x.text})")

    def square(self, x: Code) -> Code:
        """x²."""
        return Code(f"{x._in(ATOM)}**2", POWER)

    def sign(self, x: Code) -> Code:
        """The sign."""
        return Code(f"np.sign({x.text})")

    def maximum(self, a: Code, b: Code) -> Code:
        """The larger of two."""
        return Code(f"np.maximum({a.text}, {b.text})")


@dataclass(frozen=True)
class Update:
    """The update of some settings.

    Attributes:
        lines:  that make theta's step from its gradient g; other numbers in the settings give other values.
        values: the numbers that the lines call by name, written out.
        memory: the letters in which the optimiser remembers something, all 0 at first.
        counts: whether they need t, the number of the step.
    """

    lines: tuple[str, ...]
    values: dict[str, str]
    memory: tuple[str, ...]
    counts: bool


def rate_line(settings: Settings) -> str:
    """The learning rate of an epoch by the schedule; empty where it is always the same."""
    schedule = SCHEDULES[settings.schedule]
    given = {row.name: row.default for row in schedule.parameters} | dict(settings.schedule_parameters)
    warmup = given.pop("warmup")
    t = f"(epoch - {number(warmup)})" if warmup else "epoch"
    factor = schedule.code.format(t=t, **{name: number(value) for name, value in given.items()})
    rate = "learning_rate" if factor == "1" else f"learning_rate * {factor}"
    if warmup:
        rise = f"learning_rate * (epoch + 1) / {number(warmup + 1)}"
        rate = f"{rise} if epoch < {number(warmup)} else {rate}"
    return "" if rate == "learning_rate" else f"rate = {rate}"


def update(settings: Settings) -> Update:
    """Penalties, clipping, frozen parameters and the optimiser's step."""
    scheduled = rate_line(settings)
    values = {"learning_rate": number(settings.learning_rate)}
    lines = [scheduled] if scheduled else []
    if settings.l2:
        lines.append("g += l2 * is_weight * theta")
        values["l2"] = number(settings.l2)
    if settings.l1:
        lines.append("g += l1 * is_weight * np.sign(theta)")
        values["l1"] = number(settings.l1)
    if settings.clip_norm:
        free = "np.delete(g, frozen)" if settings.frozen else "g"
        lines += [f"norm = np.linalg.norm({free})", "if norm > clip_norm:", "    g *= clip_norm / norm"]
        values["clip_norm"] = number(settings.clip_norm)
    if settings.frozen:
        lines.append("kept = theta[frozen]")
        values["frozen"] = str(list(settings.frozen))
    names = Names("rate" if scheduled else "learning_rate")
    lines += _steps(settings.make_optimizer(), names)
    if settings.frozen:
        lines.append("theta[frozen] = kept")
    return Update(tuple(lines), values | names.values, tuple(names.memory), names.counts)


def _steps(optimizer: Optimizer, names: Names) -> list[str]:
    """The optimiser's own lines; one that is another at the first step says so."""
    first, later = (_lines(optimizer, names, count) for count in (0, 1))
    lines = []
    for (letter, begun, words), (_, going, _) in zip(first, later, strict=True):
        value = going
        if begun != going:
            value, names.counts = f"{going} if t > 1 else {begun}", True
        target = "theta[:]" if letter in ("new", "decayed") else letter
        lines.append(f"{target} = {value}" + ("" if letter == "new" else f"  # {words.strip(',')}"))
    return lines


def _lines(optimizer: Optimizer, names: Names, count: int) -> Iterable[tuple[str, str, str]]:
    optimizer.step_count = count
    return [(letter, value.text, words) for letter, value, words in optimizer.lines(names)]
