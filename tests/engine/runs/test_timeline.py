"""The recorded run: rewind, replay and go on to the bit, in bounded memory, and stop before infinity."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Network, Settings, Timeline, Trainer
from engine.runs.timeline import MOST_NUMBERS, SPARSE, WHOLE, bounded

SGD = Settings(optimizer="sgd", learning_rate=0.1, parameters=(("momentum", 0.9),))
ADAM = Settings(optimizer="adam", learning_rate=0.05, l2=0.01)


def timeline(start=SGD, *, rows=13, **options):
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((rows, 2)), rng.standard_normal((rows, 1))
    net = Network((2, 3, 1), ("tanh", "linear"), rng=1)
    trainer = Trainer(
        net, X, Y,
        loss="half_mse", optimizer=start.make_optimizer(), batch_size=5, l1=start.l1, l2=start.l2, rng=2,
        X_test=X[:4] + 1, Y_test=Y[:4],
    )  # fmt: skip
    return Timeline(trainer, start, **options)


def bits(run):
    """Everything at the present frame, as bytes."""
    state = run.trainer.state()
    memory = {name: np.asarray(value).tobytes() for name, value in state["optimizer"].items()}
    numbers = state["theta"].tobytes(), state["order"].tobytes(), repr(state["generator"]), state["epoch"]
    return *numbers, state["step"], state["position"], memory, run.trainer.l1, run.trainer.l2


def recorded(run, frames):
    """Train frames more and give what stood at each frame from 0 on."""
    stood = [bits(run)]
    for _ in range(frames):
        assert run.advance()
        stood.append(bits(run))
    return stood


def test_frame_0_is_the_initial_weights_and_a_frame_is_speed_epochs():
    run = timeline(speed=3)
    assert (run.frame, run.last, run[0].epoch) == (0, 0, 0)
    theta = Network((2, 3, 1), ("tanh", "linear"), rng=1).theta
    np.testing.assert_array_equal(run.trainer.net.theta, theta)
    recorded(run, 4)
    assert [run[frame].epoch for frame in range(5)] == [0, 3, 6, 9, 12]
    assert list(run.epochs) == [0, 3, 6, 9, 12]


def test_a_frame_holds_the_losses_of_its_moment():
    run = timeline(metric=lambda outputs, Y: float(np.abs(outputs - Y).max()))
    bare = timeline().trainer
    for frame in range(6):
        record = bare.measure()
        assert (run[frame].train_loss, run[frame].test_loss) == (record.train_loss, record.test_loss)
        errors = [
            np.abs(outputs - Y).max()
            for outputs, Y in zip(bare.outputs(), (bare.Y, bare.Y_test), strict=True)
        ]
        assert [run[frame].train_metric, run[frame].test_metric] == errors
        run.advance()
        bare.epoch()
    assert run[0].train_loss != run[0].test_loss


def test_seeking_does_not_change_the_record_and_going_on_without_a_change_repeats_it():
    run = timeline()
    stood = recorded(run, 8)
    losses = list(run.train_losses)
    run.seek(2)
    assert (run.frame, run.last) == (2, 8)
    for frame in range(3, 9):
        assert run.advance()
        assert (run.frame, run.last) == (frame, 8)
        assert bits(run) == stood[frame]
    assert list(run.train_losses) == losses


@settings(max_examples=40, deadline=None)
@given(
    whole=st.integers(1, 6),
    sparse=st.integers(1, 5),
    speed=st.integers(1, 2),
    visits=st.lists(st.integers(0, 40), min_size=1, max_size=6),
    more=st.integers(0, 3),
)
def test_every_frame_is_rebuilt_to_the_bit_thinned_or_not(whole, sparse, speed, visits, more):
    run = timeline(ADAM, whole=whole, sparse=sparse, speed=speed)
    stood = recorded(run, 40)
    for frame in visits:
        run.seek(frame)
        assert run.frame == frame
        assert bits(run) == stood[frame]
        for after in range(frame + 1, min(frame + more, 40) + 1):
            run.advance()
            assert bits(run) == stood[after]
    run.seek(40)
    run.advance()
    fresh = timeline(ADAM, whole=1000, speed=speed)
    assert bits(run) == recorded(fresh, 41)[41]


def test_memory_is_bounded_and_the_last_frames_are_kept_whole():
    run = timeline(whole=10, sparse=4)
    for frame in range(1, 400):
        run.advance()
        kept = run._states
        assert len(kept) <= 10 + 1 + 4 + 1
        assert set(range(max(0, frame - 9), frame + 1)) <= kept.keys()
        assert 0 in kept
        gaps = np.diff(sorted(kept))
        assert gaps.max() <= 2 * max(1, -(-frame // 4))  # a frame between is never far from a state
    assert run.last == 399
    run.seek(137)
    assert run.trainer.epochs_done == 137


@pytest.mark.parametrize(
    ("parameters", "whole", "sparse"), [(9, 600, 128), (4500, 600, 128), (38_834, 69, 32)]
)
def test_of_a_large_network_fewer_states_are_kept_so_that_all_take_no_more_memory(parameters, whole, sparse):
    assert (bounded(WHOLE, parameters), bounded(SPARSE, parameters)) == (whole, sparse)
    assert (whole + sparse) * parameters <= 1.2 * (WHOLE + SPARSE) * MOST_NUMBERS


def test_a_timeline_keeps_600_frames_whole_unless_it_is_told_otherwise():
    assert (timeline()._whole, timeline()._sparse) == (600, 128)
    assert (timeline(whole=3)._whole, timeline(sparse=2)._sparse) == (3, 2)
    with pytest.raises(ValueError, match="whole must be"):
        timeline(whole=0)


def test_memory_stays_bounded_however_often_one_goes_back():
    run = timeline(whole=5, sparse=3)
    rng = np.random.default_rng(0)
    for turn in range(60):
        recorded(run, 12)
        run.seek(int(rng.integers(max(0, run.last - 10), run.last + 1)))
        run.configure(replace(SGD, learning_rate=0.05 + 0.001 * turn), 1)
        run.advance()
        assert len(run._states) <= 5 + 1 + 3 + 2


CHANGES = [
    (0, SGD, 1),
    (4, replace(SGD, learning_rate=0.02), 1),
    (7, replace(SGD, learning_rate=0.02, l1=0.01), 2),
    (11, ADAM, 1),
    (15, replace(ADAM, parameters=(("beta1", 0.5),), l2=0.0), 3),
    (19, SGD, 1),
]


def changing(**options):
    run, stood = timeline(**options), []
    stood.append(bits(run))
    for frame in range(1, 24):
        for at, chosen, speed in CHANGES:
            if at == frame:
                run.configure(chosen, speed)
        assert run.advance()
        stood.append(bits(run))
    return run, stood


@pytest.mark.parametrize("whole", [1, 4, 100])
def test_settings_changed_midway_are_replayed_in_their_places(whole):
    run, stood = changing(whole=whole, sparse=2)
    rng = np.random.default_rng(whole)
    for frame in [*rng.permutation(24), *range(23, -1, -1), *range(24)]:
        run.seek(int(frame))
        assert bits(run) == stood[frame], f"frame {frame}"


def test_the_run_with_changes_is_the_bare_trainer_configured_in_the_same_places():
    _, stood = changing()
    bare = timeline().trainer
    epoch = 0
    for frame in range(1, 24):
        chosen, speed = [(chosen, speed) for at, chosen, speed in CHANGES if at <= frame][-1]
        if any(at == frame for at, _, _ in CHANGES):
            chosen.apply(bare)
        bare.epochs(speed)
        epoch += speed
        assert bare.epochs_done == epoch
        assert bare.net.theta.tobytes() == stood[frame][0], f"frame {frame}"


@pytest.mark.parametrize("trained", [0, 1, 3])
@pytest.mark.parametrize("back", [0, 1])
def test_another_optimiser_from_any_frame_on_leaves_that_frame_to_be_gone_back_to(trained, back):
    run = timeline()
    recorded(run, trained)
    at = max(trained - back, 0)
    run.seek(at)
    before = bits(run)
    run.configure(ADAM, 1)
    stood = recorded(run, 3)
    for frame in (at, at + 3, at, at + 1, at):
        run.seek(frame)
        assert bits(run) == (stood[frame - at] if frame > at else before), f"frame {frame}"


def test_a_schedule_chosen_between_two_mini_batches_begins_with_the_rate_of_its_epoch():
    run = timeline(unit="mini-batch")
    recorded(run, 4)  # an epoch has 3 mini-batches, so one is done
    halving = ("every", 1), ("decay", 0.5)
    run.configure(
        replace(SGD, learning_rate=0.4, schedule="step", schedule_parameters=halving), 1, run.pace.unit
    )
    assert run.advance()
    assert run[5].learning_rate == 0.2


def test_an_optimisers_own_parameters_reach_it():
    assert SGD.make_optimizer().momentum == 0.9
    run = timeline()
    run.configure(replace(SGD, parameters=(("momentum", 0.5),)), 1)
    assert run.advance()
    assert run.trainer.optimizer.momentum == 0.5


def test_a_frame_counts_the_clipped_steps_of_its_own_only():
    run = timeline(replace(SGD, clip_norm=1e-9))
    run.trainer.clip_norm = 1e-9
    recorded(run, 3)
    assert [run[frame].clipped for frame in range(4)] == [0, 3, 3, 3]


def test_a_change_after_rewinding_cuts_off_the_frames_ahead():
    run = timeline()
    stood = recorded(run, 10)
    run.seek(4)
    run.configure(replace(SGD, learning_rate=0.01), 1)
    assert run.last == 10  # nothing is lost before training goes on
    assert run.advance()
    assert (run.frame, run.last) == (5, 5)
    assert bits(run) != stood[5]
    assert len(run.train_losses) == len(run.epochs) == len(run.test_losses) == 6
    run.seek(3)
    assert bits(run) == stood[3]
    run.seek(5)
    assert run.trainer.optimizer.learning_rate == 0.01


def test_choosing_the_old_settings_again_keeps_the_frames_ahead():
    run = timeline()
    stood = recorded(run, 6)
    run.seek(2)
    run.configure(ADAM, 1)
    run.configure(SGD, 1)
    run.advance()
    assert run.last == 6
    assert bits(run) == stood[3]


@pytest.mark.parametrize("frame", [-1, 4, 100])
def test_frames_that_are_not_recorded_are_refused(frame):
    run = timeline()
    recorded(run, 3)
    with pytest.raises(ValueError, match=rf"frame must be between 0 and 3\. Got {frame}\."):
        run.seek(frame)
    assert run.frame == 3


def diverging():
    """Three good frames, then a learning rate that no network survives."""
    run = timeline()
    stood = recorded(run, 3)
    run.configure(Settings(optimizer="sgd", learning_rate=1e5), 1)
    frames = 3
    while run.advance():
        frames += 1
        assert frames < 500
    return run, stood


def test_divergence_stops_with_a_sentence_and_keeps_the_last_finite_moment():
    run, stood = diverging()
    assert (run.stopped.kind, run.stopped.frame) == ("diverged", run.last)
    assert run.stopped.epoch == run.epochs[-1] + 1
    assert run.stopped.sentence.startswith(f"Training stopped in epoch {run.stopped.epoch}: the numbers ")
    assert np.isfinite(run.trainer.net.theta).all()
    assert run.frame == run.last == len(run.train_losses) - 1
    assert all(math.isfinite(loss) for loss in run.train_losses)
    before = bits(run)
    assert not run.advance()
    assert bits(run) == before
    run.seek(2)
    assert bits(run) == stood[2]


def test_infinite_weights_stop_the_run_though_saturated_outputs_keep_the_loss_finite():
    # tanh(±∞) = ±1: with one input and no biases the loss stays finite after the step to infinity
    net = Network((1, 1, 1), ("tanh", "tanh"), bias="none")
    net.theta[...] = 0.5
    beyond = Settings(learning_rate=1.7e308)
    trainer = Trainer(
        net, [[1.0]], [[100.0]], loss="half_mse", optimizer=beyond.make_optimizer(), batch_size=1
    )
    run = Timeline(trainer, beyond)
    assert not run.advance()
    assert (run.stopped.kind, run.stopped.epoch) == ("diverged", 1)
    assert net.theta.tolist() == [0.5, 0.5]


def test_after_divergence_other_settings_go_on():
    run, _ = diverging()
    run.seek(3)
    run.configure(SGD, 1)
    assert run.stopped is None
    twin = timeline()
    expected = recorded(twin, 6)
    for frame in (4, 5, 6):
        assert run.advance()
        assert bits(run) == expected[frame]


def test_after_divergence_one_may_rewind_past_the_change_and_train_on():
    # recorded with SGD to frame 3, then with a rate of 1e5
    run, stood = diverging()
    run.seek(1)
    assert run.pace.settings == SGD
    run.forget_later()
    for frame in (2, 3, 4):
        assert run.advance()
        assert (run.frame, run.last) == (frame, frame)
    assert run.stopped is None
    run.seek(3)
    assert bits(run) == stood[3]


def test_theta_keeps_its_memory_through_every_seek():
    run = timeline(whole=2, sparse=2)
    net = run.trainer.net
    theta, W = net.theta, net.W
    recorded(run, 12)
    for frame in (3, 0, 12, 7):
        run.seek(frame)
        assert net.theta is theta
        assert net.W is W
        np.testing.assert_array_equal(net.W[0].ravel(), net.theta[:6])
