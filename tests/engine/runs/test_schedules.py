import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.runs.schedules import SCHEDULES, learning_rate_at

WORKED = [
    ("constant", 7, {}, 1.0),
    ("step", 9, {"every": 10, "decay": 0.5}, 1.0),  # ⌊9/10⌋ = 0
    ("step", 25, {"every": 10, "decay": 0.5}, 0.25),  # ⌊25/10⌋ = 2, ½² = ¼
    ("inverse_time", 4, {"decay": 0.25}, 0.5),  # 1 / (1 + ¼·4) = ½
    ("exponential", 3, {"decay": 0.5}, 0.125),  # ½³
    ("cosine", 50, {"epochs": 100}, 0.5),  # (1 + cos(π/2)) / 2
    ("cosine", 25, {"epochs": 100, "final": 0.2}, 0.2 + 0.8 * (1 + math.sqrt(0.5)) / 2),
    ("cosine", 100, {"epochs": 100}, 0.0),
    ("cosine", 250, {"epochs": 100, "final": 0.1}, 0.1),  # no restart
]


@pytest.mark.parametrize(("name", "epoch", "parameters", "factor"), WORKED)
def test_rate_is_the_hand_worked_factor_of_the_base(name, epoch, parameters, factor):
    assert learning_rate_at(name, 0.3, epoch, **parameters) == pytest.approx(0.3 * factor, abs=1e-15)


@pytest.mark.parametrize("name", SCHEDULES)
def test_rate_starts_at_the_base_and_never_rises_without_warm_up(name):
    rates = [learning_rate_at(name, 0.1, epoch) for epoch in range(0, 2000, 50)]
    assert rates[0] == 0.1
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] >= 0.0


@pytest.mark.parametrize("name", SCHEDULES)
def test_warm_up_rises_linearly_and_then_the_schedule_counts_from_zero(name):
    # warmup 4: 1/5, 2/5, 3/5, 4/5 of the base, and the base itself at epoch 4
    rates = [learning_rate_at(name, 1.0, epoch, warmup=4) for epoch in range(5)]
    assert rates == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert learning_rate_at(name, 1.0, 304, warmup=4) == learning_rate_at(name, 1.0, 300)


@pytest.mark.parametrize("name", SCHEDULES)
@given(base=st.floats(1e-6, 10), epoch=st.integers(0, 10**6), warmup=st.integers(0, 1000))
def test_rate_lies_between_zero_and_the_base(name, base, epoch, warmup):
    assert 0.0 <= learning_rate_at(name, base, epoch, warmup=warmup) <= base


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_parameter_row_accepts_its_default_and_bounds(name):
    for row in SCHEDULES[name].parameters:
        for value in (row.default, row.minimum, row.maximum):
            learning_rate_at(name, 0.1, 3, **{row.name: value})


def test_wrong_settings_are_refused_in_one_sentence():
    with pytest.raises(ValueError, match=r"schedule must be one of constant, .*\. Got '1/t'\."):
        learning_rate_at("1/t", 0.1, 0)
    with pytest.raises(ValueError, match=r"base must be > 0\. Got 0\."):
        learning_rate_at("step", 0.0, 0)
    with pytest.raises(ValueError, match=r"epoch must be >= 0\. Got -1\."):
        learning_rate_at("step", 0.1, -1)
    with pytest.raises(ValueError, match=r"parameter must be one of warmup\. Got 'decay'\."):
        learning_rate_at("constant", 0.1, 0, decay=0.5)
    with pytest.raises(ValueError, match=r"every must be between 1 and 10,000\. Got 0\."):
        learning_rate_at("step", 0.1, 0, every=0)
