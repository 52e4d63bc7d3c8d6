"""Says in one sentence what the theory of a quadratic makes of a step size."""

from engine.descent.convergence import Theory
from engine.descent.momentum import MomentumTheory
from engine.numbers import with_power

MOST_DIGITS = 16
CRITICAL = {
    "gradient": "2/λmax",
    "momentum": "2(1 + μ)/λmax",
    "nesterov": "2(1 + μ)/((1 + 2μ)·λmax)",
}
"""The formula of the critical step of each rule that has a theory."""


def explain_fixed_step(known: Theory, eta: float) -> str:
    """What the theory says about a fixed step on a quadratic, in one sentence."""
    if known.critical_step is None or known.monotone_step is None:
        if not _falls(known):
            return _overshoots(known, "each")
        factor = float(known.factors[0])
        times = f"{number(factor, digits_apart(factor, 1.0))} times as far"
        return f"Along one direction f falls for ever: each step takes the path {times} from the origin."
    if not known.met.all():
        return _on_an_axis(known, eta)
    if known.at_limit:
        return f"{_step(eta)} is 2/λmax: {_as_far(known)}, and so on for ever."
    digits = digits_apart(eta, known.monotone_step, known.critical_step)
    first = f"1/λmax = {number(known.monotone_step, digits)}"
    second = f"2/λmax = {number(known.critical_step, digits)}"
    where, effect = {
        "monotone": (f"is at most {first}", "no step overshoots"),
        "zig-zag": (f"lies between {first} and {second}", f"each step overshoots{_steep(known)}, a zig-zag"),
        "divergent": (f"isn't below {second}", "the path jumps across the valley, ever further up"),
    }[known.regime]
    return f"{_step(eta, digits)} {where}: {effect}, and in the end {_multiplies(known.rate)}."


def _falls(known: Theory | MomentumTheory) -> bool:
    """Whether the walk has a part in a direction along which f falls for ever."""
    return bool((known.eigenvalues[known.met] < 0).any())


def _overshoots(known: Theory | MomentumTheory, each: str) -> str:
    """What is said of a walk that a too large η alone keeps from coming to rest on a saddle."""
    far = "just" if known.at_limit else f"{number(known.rate, digits_apart(known.rate, 1.0))} times"
    where = f"to the other side of the origin, {far} as far from it"
    return f"The steps overshoot: {each} takes the path {where}, so η is too large."


def _on_an_axis(known: Theory, eta: float) -> str:
    """What is said of a walk that has no part in one of the two eigenvectors."""
    (k,) = known.met.nonzero()[0]
    factor = number(float(known.factors[k]), digits_apart(abs(float(known.factors[k])), 1.0))
    effect = {
        "monotone": "no step overshoots",
        "zig-zag": "each step overshoots, a zig-zag",
        "divergent": "x grows for ever",
    }[known.regime]
    if known.at_limit:
        effect = "each step lands just as far on the other side"
    return f"{_step(eta)}, and {_axis(known)}, where a step multiplies x by {factor}: {effect}."


def _steep(known: Theory | MomentumTheory) -> str:
    """Where steps overshoot first; a function of one variable has one direction only."""
    return "" if len(known.eigenvalues) == 1 else " along the steepest direction"


def _as_far(known: Theory | MomentumTheory) -> str:
    """What the steps do at the critical step size, where the largest factor of a step is −1."""
    return f"each step{_steep(known)} lands just as far on the other side"


def _axis(known: Theory | MomentumTheory) -> str:
    return f"the start lies on the axis of {'λmin' if known.met[0] else 'λmax'}"


def explain_momentum(known: MomentumTheory, eta: float) -> str:
    """What the theory says about momentum or Nesterov's rule on a quadratic, beside the best fixed step."""
    if known.critical_step is None or known.best_fixed_rate is None:
        if not _falls(known):
            return _overshoots(known, "in the long run each")
        return "Along one direction f falls for ever, and momentum only takes the path there sooner."
    if not known.met.all():
        return _momentum_on_an_axis(known, eta)
    digits = digits_apart(eta, known.critical_step)
    limit = f"{CRITICAL[known.rule]} = {number(known.critical_step, digits)}"
    step = f"{_step(eta, digits)}, μ = {with_power(f'{known.momentum:g}')}"
    if known.at_limit:
        return f"{step}: η is {CRITICAL[known.rule]}, so in the long run {_as_far(known)}."
    if known.regime == "divergent":
        return f"{step}: η isn't below {limit}, so the path swings ever further up."
    effect = {
        "monotone": "nothing swings over",
        "oscillating": "the path swings to and fro",
        "zig-zag": f"late steps overshoot{_steep(known)}",
    }[known.regime]
    fixed = (
        f"does so by {number(known.best_fixed_rate, digits_apart(known.best_fixed_rate, 1.0, known.rate))}"
    )
    if known.best_fixed_rate < 1e-9:
        fixed = "is there at once"
    rate = number(known.rate, digits_apart(known.rate, 1.0, known.best_fixed_rate))
    return (
        f"{step}: η is below {limit}, {effect}, and in the long run a step multiplies the error by {rate}. "
        f"The best fixed step {fixed}."
    )


def _momentum_on_an_axis(known: MomentumTheory, eta: float) -> str:
    """What is said of a walk with momentum that has no part in one of the two eigenvectors."""
    effect = {
        "monotone": "it doesn't swing over",
        "oscillating": "it swings to and fro",
        "zig-zag": "each step overshoots, a zig-zag",
        "divergent": "it swings ever further up",
    }[known.regime]
    if known.at_limit:
        effect = "each step lands just as far on the other side"
    step = f"{_step(eta)}, μ = {with_power(f'{known.momentum:g}')}"
    return f"{step}, and {_axis(known)}, where in the long run {_multiplies(known.rate)}: {effect}."


def digits_apart(value: float, *others: float) -> int:
    """How many significant digits, 4 or more, tell a value from the others that are not equal to it."""
    digits = 4
    while digits < MOST_DIGITS and any(
        other != value and f"{other:.{digits}g}" == f"{value:.{digits}g}" for other in others
    ):
        digits += 1
    return digits


def number(value: float, digits: int = 4) -> str:
    """A number with that many significant digits, none of them a zero at its end."""
    return with_power(f"{value:.{digits}g}")


def _step(eta: float, digits: int = 6) -> str:
    return f"η = {number(eta, max(12, digits))}"


def _multiplies(rate: float) -> str:
    return f"a step multiplies the error by {number(rate, digits_apart(rate, 1.0))}"
