import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import engine
from engine import Experiment, Outcome
from engine.analysis.spread import quartiles, spread

losses_of = st.integers(1, 12).flatmap(
    lambda n: arrays(float, (n, 4), elements=st.floats(0, 1e6, allow_subnormal=False))
)


def outcome(*losses: float, stopped: str = "", train: float = 9.0) -> Outcome:
    rows = np.array([(train, loss) for loss in losses])
    return Outcome(Experiment(), len(rows) - 1, train, losses[-1], 0.0, np.zeros(1), rows, stopped)


@given(losses_of)
def test_median_and_quartiles_are_numpys(values):
    assert quartiles(values) == pytest.approx(np.quantile(values, (0.25, 0.5, 0.75), axis=0), rel=1e-12)


@given(losses_of)
def test_a_spread_is_numpys_of_the_raw_records(values):
    found = spread([outcome(*row) for row in values], 0.5)
    assert found.curve == pytest.approx(np.quantile(values, (0.25, 0.5, 0.75), axis=0), rel=1e-12)
    assert found.losses.tolist() == values[:, -1].tolist()
    assert found.successes == np.count_nonzero(values[:, -1] <= 0.5)
    ordered = values[list(found.order), -1]
    assert ordered.tolist() == np.sort(values[:, -1]).tolist()
    assert found.losses[found.median] == ordered[len(ordered) // 2]


def test_the_median_run_of_an_even_number_is_the_worse_of_the_two_in_the_middle():
    assert spread([outcome(loss) for loss in (4.0, 1.0, 3.0, 2.0)], 0).median == 2
    assert spread([outcome(loss) for loss in (4.0, 1.0, 3.0)], 0).median == 2


def test_a_loss_of_exactly_the_mark_is_a_success():
    assert spread([outcome(0.05), outcome(0.050001)], 0.05).successes == 1


def test_a_run_that_overflowed_is_the_worst_and_counts_as_infinite_from_there_on():
    found = spread([outcome(1.0, 0.1, stopped="diverged"), outcome(1.0, 0.9, 0.8, 0.7)], 0.5)
    assert found.losses.tolist() == [np.inf, 0.7]
    assert found.order == (1, 0)
    assert found.successes == 0
    assert found.curve[1].tolist() == [1.0, 0.5, np.inf, np.inf]
    assert not np.isnan(found.curve).any()


def test_a_run_that_stopped_early_keeps_its_last_loss():
    found = spread([outcome(1.0, 0.1, stopped="loss"), outcome(1.0, 0.9, 0.8)], 0.5)
    assert found.curve[1].tolist() == [1.0, 0.5, pytest.approx(0.45)]


def test_without_test_points_the_training_loss_counts():
    found = spread([outcome(np.nan, np.nan, train=0.25)], 0.5)
    assert (found.losses.tolist(), found.successes) == ([0.25], 1)


def test_no_runs_have_no_spread():
    with pytest.raises(ValueError, match="at least one run"):
        spread([], 0.5)


def test_a_sweeps_outcomes_have_a_spread():
    outcomes = engine.sweep([Experiment(seed=k) for k in range(5)], epochs=4)
    found = spread(outcomes, 0.5)
    assert found.curve[1].tolist() == np.median([o.losses[:, 1] for o in outcomes], axis=0).tolist()
