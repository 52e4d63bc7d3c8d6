"""The last step of a frame: what the last mini-batch has added to theta, also at frames gone back to."""

import numpy as np
import pytest

from engine import Experiment, Run, replay
from engine.runs.journal import ParameterSet

SGD = Experiment(hidden=(4, 2), activations=("tanh", "relu"), batch_size=7, learning_rate=0.05)
ADAM = SGD.changed(optimizer="adam", speed=3)
BATCHES = SGD.changed(unit="mini-batch", speed=2)


def watched(experiment, frames, journal=()):
    timeline = replay(Run(experiment, journal))
    timeline.watch(True)
    for _ in range(frames):
        timeline.advance()
    return timeline


def by_hand(experiment, frame):
    """θ before the last mini-batch of a frame and what that adds, from a trainer of its own."""
    trainer, steps = experiment.trainer(experiment.data()), replay(Run(experiment))
    for _ in range(frame):
        steps.advance()
    trainer.train(steps[frame].step - 1)
    before = trainer.net.theta.copy()
    trainer.train(1)
    return before, trainer.net.theta - before


@pytest.mark.parametrize("experiment", [SGD, ADAM, BATCHES], ids=["sgd", "adam", "mini-batches"])
def test_it_is_what_the_last_mini_batch_adds_to_theta(experiment):
    timeline = watched(experiment, 6)
    for frame in (6, 2, 5, 1, 6):
        timeline.seek(frame)
        before, step = by_hand(experiment, frame)
        np.testing.assert_array_equal(timeline.last_step().theta, before)
        np.testing.assert_array_equal(timeline.last_step().step, step)


def test_a_frame_whose_step_was_not_watched_is_trained_again_to_the_same_numbers():
    timeline = replay(Run(SGD))
    for _ in range(8):
        timeline.advance()
    theta = timeline.trainer.net.theta.copy()
    assert timeline.last_step() is None
    timeline.watch(True)
    for frame in (8, 3, 8):
        timeline.seek(frame)
        np.testing.assert_array_equal(timeline.last_step().step, by_hand(SGD, frame)[1])
    np.testing.assert_array_equal(timeline.trainer.net.theta, theta)


def test_watching_changes_no_number_of_the_run():
    plain, timeline = replay(Run(ADAM)), watched(ADAM, 10)
    for _ in range(10):
        plain.advance()
    np.testing.assert_array_equal(timeline.trainer.net.theta, plain.trainer.net.theta)
    assert list(timeline.train_losses) == list(plain.train_losses)


def test_frame_0_has_none_and_a_resumed_frame_either():
    timeline = watched(SGD, 4)
    timeline.seek(0)
    assert timeline.last_step() is None
    timeline.seek(4)
    text, losses = timeline.checkpoint(), np.column_stack((timeline.train_losses, timeline.test_losses))[:4]
    resumed = replay(Run(SGD, frame=4))
    resumed.watch(True)
    resumed.resume(4, text, losses)
    resumed.seek(4)
    assert resumed.last_step() is None
    assert resumed.has_state(4)
    assert not resumed.has_state(0)
    resumed.advance()
    np.testing.assert_array_equal(resumed.last_step().step, by_hand(SGD, 5)[1])


def test_what_is_set_by_hand_is_no_part_of_a_step():
    timeline = watched(SGD, 5, journal=(ParameterSet(3, 0, 2.5),))
    timeline.seek(3)
    last = timeline.last_step()
    reached = last.theta + last.step
    assert timeline.trainer.net.theta[0] == 2.5 != reached[0]
    np.testing.assert_allclose(timeline.trainer.net.theta[1:], reached[1:], rtol=1e-14)


def test_of_a_long_run_the_steps_of_few_frames_are_kept():
    timeline = watched(SGD.changed(batch_size=100), 200)
    assert len(timeline._last_steps) == 60
    timeline.watch(False)
    assert timeline.last_step() is None
    assert not timeline._last_steps


def test_in_slices_it_is_the_same_to_the_bit():
    whole, timeline = watched(ADAM, 5), watched(ADAM, 5)
    timeline._slice = 3
    for frame in (2, 5):
        whole.seek(frame)
        for _ in timeline.seeking(frame):
            pass
        np.testing.assert_array_equal(timeline.last_step().step, whole.last_step().step)
    for _ in timeline.advancing():
        pass
    whole.advance()
    np.testing.assert_array_equal(timeline.last_step().step, whole.last_step().step)
