"""The derivative of a function of one variable from its values alone, at the ε that suits it best.

    D(ε) = (f(ε) − f(−ε)) / 2ε = f′(0) + c₂ε² + c₄ε⁴ + …

From D at ε and 2ε comes a value without ε², E(ε) = (4·D(ε) − D(2ε)) / 3, and from E at ε and 2ε one without
ε⁴, (16·E(ε) − E(2ε)) / 15. So ε can be large, where rounding is small. How large, the values themselves tell:
ε is doubled as long as they agree within their rounding. Source for the series: Press et al. (2007),
Numerical Recipes, section 5.7.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

STEPS = tuple(2.0**k for k in range(-16, -2))
"""The ε that are tried, each twice the one before: from 1.5e-5 to 0.125."""


@dataclass(frozen=True)
class Difference:
    """A numeric derivative, the smallest ε it was taken at, and whether a kink lies within the smallest."""

    slope: float
    eps: float
    kink: bool = False


def best_difference(central: Callable[[float], Difference], noise: float) -> Difference:
    """The derivative at half the largest ε at which it agrees with those of all smaller ε.

    Half, because at the largest the truncation may be as large as the rounding that hides it; at half of it
    the truncation is 64 times smaller.

    Args:
        central: D(ε) as above, and whether a kink lies within ε: across one there is no such series, so the
                 ε stay below the first that meets one.
        noise:   the rounding error of f; that of D(ε) is noise/ε.
    Returns: Difference; of the smallest ε, with its kink, where even that one meets a kink.
    """
    plain: list[Difference] = []
    agreeing: list[Difference] = []
    for eps in STEPS:
        plain.append(central(eps))
        if plain[-1].kink:
            break
        if len(plain) >= 3:
            new = _extrapolated(plain[-3:])
            if not all(abs(new.slope - old.slope) <= noise / new.eps + noise / old.eps for old in agreeing):
                break
            agreeing.append(new)
    if agreeing:
        return agreeing[-2:][0]
    clear = [one for one in plain if not one.kink]
    return _extrapolated(clear) if clear else plain[0]


def _extrapolated(differences: list[Difference]) -> Difference:
    """D without ε², ε⁴ …, from its values at ε, 2ε, 4ε …"""
    slopes = [one.slope for one in differences]
    for power in range(1, len(slopes)):
        slopes = [near + (near - far) / (4**power - 1) for near, far in pairwise(slopes)]
    return Difference(slopes[0], differences[0].eps)
