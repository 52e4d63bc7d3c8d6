"""Weights written by hand and weights held still, within a run that can be rewound."""

import numpy as np
import pytest

from engine import Experiment, Run, Settings, replay
from engine.runs.experiment import LIVE


def advanced(timeline, frames):
    for _ in range(frames):
        assert timeline.advance()
    return timeline


def test_an_edit_changes_one_parameter_and_the_losses_of_its_frame_only():
    timeline = advanced(replay(Run(Experiment())), 30)
    timeline.seek(12)
    before, theta = timeline[12], timeline.trainer.net.theta.copy()
    timeline.edit(3, 2.5)
    assert timeline.last == 12
    assert timeline[12].train_loss != before.train_loss
    assert timeline[11].train_loss == advanced(replay(Run(Experiment())), 11)[11].train_loss
    theta[3] = 2.5
    np.testing.assert_array_equal(timeline.trainer.net.theta, theta)


def test_writing_the_old_value_back_goes_on_as_if_nothing_had_been_edited():
    timeline = advanced(replay(Run(Experiment(optimizer="adam"))), 10)
    old = float(timeline.trainer.net.theta[0])
    timeline.edit(0, 9.0)
    timeline.edit(0, old)
    advanced(timeline, 10)
    untouched = advanced(replay(Run(Experiment(optimizer="adam"))), 20)
    assert timeline[20] == untouched[20]


def test_an_edited_run_is_rebuilt_from_the_edit_even_where_frames_are_thinned():
    timeline = advanced(replay(Run(Experiment(hidden=(2,), activations=("tanh",)))), 7)
    timeline._whole, timeline._sparse = 5, 4
    timeline.edit(1, -1.0)
    thetas = {}
    for frame in range(8, 80):
        advanced(timeline, 1)
        thetas[frame] = timeline.trainer.net.theta.copy()
    for frame in (70, 8, 33, 9):
        timeline.seek(frame)
        np.testing.assert_array_equal(timeline.trainer.net.theta, thetas[frame])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e9])
def test_a_value_that_is_no_sensible_weight_is_refused(value):
    timeline = replay(Run(Experiment()))
    theta = timeline.trainer.net.theta.copy()
    with pytest.raises(ValueError, match="A weight must be"):
        timeline.edit(0, value)
    assert timeline.trainer.net.theta[0] in (theta[0], value)


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_a_frozen_weight_stays_to_the_bit_and_the_others_move(optimizer):
    experiment = Experiment(
        optimizer=optimizer, regularization="weight_decay", regularization_rate=0.01, frozen=(0, 5)
    )
    timeline = replay(Run(experiment))
    start = timeline.trainer.net.theta.copy()
    advanced(timeline, 5)
    still = timeline.trainer.net.theta == start
    assert np.flatnonzero(still).tolist() == [0, 5]


def test_only_a_parameter_that_is_there_can_be_frozen():
    # 2-4-2-1 has 12 + 10 + 3 = 25 parameters
    Experiment(frozen=(24,)).trainer()
    with pytest.raises(ValueError, match=r"frozen must be below 25\. Got 25\."):
        Experiment(frozen=(25,))
    with pytest.raises(ValueError, match=r"frozen must be below 25\. Got 25\."):
        Settings(frozen=(25,)).apply(Experiment().trainer())


def test_freezing_is_live_and_forgotten_with_the_network():
    experiment = Experiment(frozen=(1,))
    assert "frozen" in LIVE
    assert experiment.changed(learning_rate=0.1).frozen == (1,)
    assert experiment.changed(hidden=(3, 2)).frozen == ()


def test_steps_by_mini_batch_reach_the_same_weights_as_epochs():
    by_step = advanced(replay(Run(Experiment(unit="mini-batch"))), 50)
    by_epoch = advanced(replay(Run(Experiment())), 2)
    assert by_step[50].epoch == by_epoch[2].epoch == 2
    assert by_step[50].train_loss == by_epoch[2].train_loss
    assert by_step[26].progress == pytest.approx(1.04)


def test_the_last_mini_batch_names_the_samples_of_the_step():
    trainer = Experiment(batch_size=7).trainer()
    assert trainer.last_batch().size == 0
    trainer.steps(1)
    assert trainer.last_batch().tolist() == trainer.order[:7].tolist()
    trainer.epochs(1)
    assert trainer.last_batch().tolist() == trainer.order[245:].tolist()


@pytest.mark.parametrize("frame", [0, 6])
def test_taking_back_what_was_written_trains_nothing_and_leaves_no_trace(frame, monkeypatch):
    timeline = advanced(replay(Run(Experiment(optimizer="adam", learning_rate=0.01))), 9)
    timeline.seek(frame)
    for index, value in ((2, 1.5), (4, -2.0)):
        timeline.edit(index, value)
    with monkeypatch.context() as patch:
        patch.setattr(timeline.trainer, "train", lambda _: pytest.fail("it was trained"))
        timeline.undo()
        assert timeline.trainer.net.theta[2] == 1.5
        timeline.undo()
    advanced(timeline, 9 - frame)
    untouched = advanced(replay(Run(Experiment(optimizer="adam", learning_rate=0.01))), 9)
    assert timeline.trainer.net.theta.tobytes() == untouched.trainer.net.theta.tobytes()
    assert [timeline[k] for k in range(10)] == [untouched[k] for k in range(10)]
