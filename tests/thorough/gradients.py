"""The gradient check of every hidden activation with every output and loss, against complex steps."""

from __future__ import annotations

from tests.engine.analysis.playground_networks import PAIRS, playground_network
from tests.engine.analysis.test_differences import assert_found, assert_right, check_of

NETWORKS = 2 * len(PAIRS)


def check_network(number: int) -> None:
    """Raises: AssertionError where a right gradient doesn't agree to six digits, or a wrong one passes."""
    case = playground_network(number)
    check = check_of(case)
    assert_right(case, check)
    assert_found(case, check)
