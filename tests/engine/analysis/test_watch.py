"""A diagnosis begins once and ends; it depends on the run, not on how one went through it."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from engine import Experiment, Run, replay
from engine.analysis.kinds import BETWEEN, CLEAR, GIVEN, KINDS, level, levels
from engine.analysis.remedies import REMEDIES, remedy
from engine.analysis.watch import Diagnosis, Hysteresis, Watch, look_at
from tests.engine.analysis.healthy_runs import drawn, healthy_runs
from tests.engine.analysis.ill_runs import ILL, drawn_ill, ends_with_remedy, lasting, watched

TANH = Experiment(hidden=(4, 4), activations=("tanh", "tanh"))
HILLS = Experiment(
    dataset="hills", hidden=(12, 12), output_activation="linear", optimizer="adam", learning_rate=0.01
)
XOR = Experiment(dataset="xor", hidden=(2,), activations=("tanh",), optimizer="adam", seed=3)
ARMS = Experiment(
    dataset="spiral3", hidden=(8, 6), output_activation="softmax", loss="cce", optimizer="adam",
    learning_rate=0.01,
)  # fmt: skip
NOISY = Experiment(dataset="gauss", noise=0.4, hidden=(), activations=(), learning_rate=0.1)
"""Learned as well as its noise allows, and flat from then on."""
SINES = Experiment(
    dataset="spiral", features=("x1", "x2", "sin_x1", "sin_x2"), hidden=(8, 8), optimizer="adam",
    learning_rate=0.01,
)  # fmt: skip
WELL = {
    "divergence": [TANH, HILLS, Experiment(learning_rate=3.0)],
    "symmetric": [TANH, Experiment(hidden=(1,), activations=("tanh",)), Experiment(initializer="orthogonal")],
    "dead": [TANH, ILL["saturated"], ILL["dead"].changed(activations=("leaky_relu", "leaky_relu")), drawn(7)],
    "saturated": [TANH, Experiment(batch_size=5, seed=4), drawn(9)],
    "too_high": [TANH, HILLS, drawn(75)],
    "vanishing": [TANH, ILL["vanishing"].changed(hidden=(6, 6)), drawn(71)],
    "exploding": [TANH, ILL["exploding"].changed(initializer="glorot_uniform"), drawn(17)],
    "too_low": [TANH, Experiment(dataset="xor", learning_rate=0.003), drawn(57)],
    "overfitting": [TANH, ARMS, SINES],
    "plateau": [TANH, XOR, Experiment(dataset="spiral"), NOISY],
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_diagnosis_has_a_run_that_gives_it(kind):
    assert lasting(kind, *watched(ILL[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_diagnosis_has_three_runs_or_more_that_must_not_give_it(kind):
    for experiment in WELL[kind]:
        timeline, watch = watched(experiment)
        assert [one for one in watch.diagnoses(timeline) if one.kind == kind] == []


def test_twelve_healthy_runs_give_one_diagnosis_of_units_that_are_dead_indeed():
    """All fifty are gone through by python -m tests.thorough diagnoses."""
    told = []
    for seed, _ in islice(healthy_runs(), 12):
        timeline, watch = watched(drawn(seed))
        told += [(seed, one.kind, one.unit) for one in watch.diagnoses(timeline)]
        outputs = np.hstack(timeline.trainer.activations()[1:-1])
        assert all(one.kind == "dead" and not outputs[:, one.unit].any() for one in watch.found)
    assert len({seed for seed, *_ in told}) <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_suggested_ends_its_diagnosis(kind):
    """Ten runs of each are tried by python -m tests.thorough diagnoses."""
    assert ends_with_remedy(kind, *watched(ILL[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_suggestion_changes_an_experiment_that_is_as_it_suggests(kind):
    for experiment in islice(drawn_ill(kind), 5):
        assert experiment.changed(**remedy(kind, experiment, 0).changes) != experiment
    assert REMEDIES.keys() == KINDS.keys()


def test_a_sign_counts_after_enough_looks_in_a_row_and_from_the_first_of_them_on():
    state = Hysteresis([3])
    for frame, given in enumerate([GIVEN, GIVEN, BETWEEN, GIVEN, GIVEN, GIVEN, BETWEEN, CLEAR, GIVEN]):
        state.take(frame, np.array([given], dtype=np.int8))
    assert (state.on.tolist(), state.since.tolist(), state.ended) == ([True], [3], [])
    for frame in range(9, 12):
        state.take(frame, np.array([CLEAR], dtype=np.int8))
    assert (state.on.tolist(), state.ended) == ([False], [(0, 3, 9)])


@pytest.mark.parametrize(
    ("value", "given", "clear", "found"),
    [
        (10, 10, 3, GIVEN), (9, 10, 3, BETWEEN), (3, 10, 3, CLEAR), (np.nan, 10, 3, BETWEEN),
        (1, 1, 5, GIVEN), (2, 1, 5, BETWEEN), (5, 1, 5, CLEAR), (np.nan, 1, 5, BETWEEN),
        (np.inf, 1, 5, CLEAR),
    ],
)  # fmt: skip
def test_between_two_thresholds_nothing_is_said(value, given, clear, found):
    assert level(value, given, clear) == found
    if given < clear:
        assert levels(np.array([value]), given, clear).tolist() == [found]


def test_only_those_units_are_dead_that_are_zero_at_every_point():
    timeline, watch = watched(ILL["dead"])
    layer = timeline.trainer.activations()[2]
    dead = [6 + j for j in np.flatnonzero((layer == 0).all(axis=0))]
    assert [one.unit for one in watch.found if one.kind == "dead"] == dead


def test_a_unit_that_is_active_at_one_point_only_is_not_dead():
    experiment = Experiment(hidden=(3,), activations=("relu",), learning_rate=1e-9)
    watches = []
    timeline = replay(Run(experiment), follower=lambda net: watches.append(Watch(net)) or watches[0])
    net, X = timeline.trainer.net, timeline.trainer.X
    sums = np.sort(X @ net.W[0][:, 0])
    timeline.edit(net.parameters.index(0, 2, 0), float(-(sums[-1] + sums[-2]) / 2))
    timeline.edit(net.parameters.index(0, 2, 1), -1000.0)
    for _ in range(40):
        timeline.advance()
    assert look_at(timeline, 40).active[:2].tolist() == [1, 0]
    assert [one.unit for one in watches[0].found if one.kind == "dead"] == [1]


def test_rewinding_replaying_and_going_on_change_nothing():
    timeline, watch = watched(ILL["dead"], 120)
    found = watch.found
    for frame in (3, 77, 0, 119, 120):
        timeline.seek(frame)
        assert watch.found == found
    timeline.seek(40)
    timeline.edit(0, 5.0)
    timeline.undo()
    while timeline.frame < 120:
        timeline.advance()
    assert watch.found == found
    assert watched(ILL["dead"], 120)[1].found == found


def test_frames_given_up_take_their_diagnoses_with_them():
    timeline, watch = watched(ILL["overfitting"], 200)
    assert lasting("overfitting", timeline, watch)
    timeline.seek(30)
    timeline.forget_later()
    assert watch.found == ()


def test_a_run_gone_on_with_from_a_checkpoint_finds_what_lasts():
    timeline, _ = watched(ILL["dead"], 100)
    losses = np.column_stack((timeline.train_losses, timeline.test_losses))[:100]
    watches = []
    again = replay(Run(ILL["dead"]), follower=lambda net: watches.append(Watch(net)) or watches[0])
    again.resume(100, timeline.checkpoint(), losses)
    for _ in range(60):
        again.advance()
    assert {one.unit for one in watches[0].found if one.kind == "dead"} == {6, 7, 8, 9}
    again.seek(99)  # all before are trained again
    timeline, watch = watched(ILL["dead"], 160)
    assert watches[0].found == watch.found


def test_a_run_that_overflows_is_told_at_its_last_finite_frame():
    timeline, watch = watched(ILL["divergence"])
    assert Diagnosis("divergence", None, timeline.last) in watch.diagnoses(timeline)
    assert timeline.stopped.kind == "diverged"


def test_a_diagnosis_holds_from_its_first_frame_up_to_the_one_at_which_it_ends():
    one = Diagnosis("plateau", None, 10, 20)
    assert [one.holds_at(frame) for frame in (9, 10, 19, 20)] == [False, True, True, False]
    assert replace(one, until=None).holds_at(1000)


@pytest.mark.parametrize("kind", KINDS)
def test_every_diagnosis_tells_numbers_and_a_reason(kind):
    timeline, watch = watched(ILL[kind])
    row, seen = KINDS[kind], look_at(timeline, timeline.frame)
    units = [one.unit for one in lasting(kind, timeline, watch)] if row.units else []
    facts = row.evidence(seen, watch.units, units)
    assert len(facts) == (len(units) if row.units else 3)
    assert all(name and number and "nan" not in number for name, number in facts)
    assert row.reason.endswith(".")
    assert ("{n}" in row.title) == row.units == bool(row.one)
