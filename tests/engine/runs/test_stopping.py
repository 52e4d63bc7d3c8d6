"""Stop conditions stop where they say, and say why."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, Run, replay
from engine.runs.stopping import IMPROVEMENT, Lows, StopConditions, diverged


def run(**fields):
    timeline = replay(Run(Experiment(**fields)))
    while timeline.frame < 400 and timeline.advance():
        pass
    return timeline


def test_no_condition_is_on_by_default():
    assert run().stopped is None


def test_training_stops_exactly_at_the_epoch_even_when_a_frame_counts_several():
    timeline = run(stop_epoch=100, speed=7)
    assert timeline[timeline.last].epoch == 100
    stop = timeline.stopped
    assert (stop.kind, stop.frame, stop.epoch) == ("epoch", timeline.last, 100)
    assert stop.sentence == "Stopped at epoch 100: epoch 100 is reached. Change the stop conditions to go on."


def test_training_stops_at_the_first_frame_below_the_loss():
    timeline = run(stop_loss=0.1)
    assert timeline[timeline.last].train_loss < 0.1 <= timeline[timeline.last - 1].train_loss
    assert (timeline.stopped.kind, timeline.stopped.frame) == ("loss", timeline.last)
    assert "below 0.1" in timeline.stopped.sentence


def test_training_stops_at_the_first_frame_with_the_test_accuracy():
    timeline = run(stop_accuracy=0.95)
    assert timeline[timeline.last].test_metric >= 0.95 > timeline[timeline.last - 1].test_metric
    assert timeline.stopped.kind == "accuracy"


def test_training_stops_on_a_plateau_and_not_before():
    timeline = run(learning_rate=1e-6, stop_plateau=20)
    assert timeline[timeline.last].epoch == 20
    assert timeline.stopped.kind == "plateau"
    assert "not fallen" in timeline.stopped.sentence
    assert run(stop_plateau=50, stop_epoch=120)[120].epoch == 120


def test_switching_a_condition_off_lets_training_go_on():
    timeline = run(stop_epoch=10)
    timeline.configure(timeline.pace.settings, 1)
    assert timeline.advance()
    assert timeline[timeline.last].epoch == 11


def test_a_rewound_run_plays_to_its_stop_again_with_the_same_numbers():
    timeline = run(stop_epoch=30)
    last = timeline[30]
    timeline.seek(12)
    while timeline.advance():
        pass
    assert timeline[timeline.frame] == last


def test_a_diverged_run_names_the_epoch_and_the_loss_that_overflowed():
    stop = diverged(3, 7, float("inf"))
    assert (stop.kind, stop.frame, stop.epoch) == ("diverged", 3, 7)
    assert stop.sentence == (
        "Training stopped in epoch 7: the numbers grew beyond all bounds (the loss is infinite). "
        "This is the last finite moment. Try a smaller learning rate, then reset."
    )


def test_other_settings_go_on_from_before_a_stop():
    timeline = run(stop_epoch=30)
    timeline.seek(12)
    pace = timeline.pace
    timeline.configure(replace(pace.settings, learning_rate=0.1), 1, stop=pace.stop)
    assert timeline.advance()
    assert timeline.last == 13


# One moment by hand: the epochs, training losses and test metrics so far.


def kind(conditions, epochs, losses, metrics):
    stop = conditions.met(epochs, losses, metrics)
    return stop and stop.kind


def test_an_epoch_that_is_passed_already_is_reached():
    assert kind(StopConditions(epoch=10), [30], [1.0], [0.5]) == "epoch"
    assert kind(StopConditions(epoch=10), [9], [1.0], [0.5]) is None


def test_the_loss_must_fall_below_and_the_score_may_just_reach():
    assert kind(StopConditions(loss=0.25), [1], [0.25], [0.5]) is None
    assert kind(StopConditions(loss=0.25), [1], [0.249], [0.5]) == "loss"
    assert kind(StopConditions(accuracy=0.75), [1], [1.0], [0.75]) == "accuracy"
    assert kind(StopConditions(accuracy=0.75), [1], [1.0], [0.749]) is None


def on_a_plateau(plateau, epochs, losses):
    return kind(StopConditions(plateau=plateau), epochs, losses, [0.5] * len(losses)) == "plateau"


def test_a_fall_of_a_thousandth_is_enough_to_go_on():
    assert not on_a_plateau(1, [0, 1], [1000.0, 999.0])
    assert on_a_plateau(1, [0, 1], [1000.0, 999.5])


def test_a_plateau_compares_the_best_of_the_last_epochs_with_the_best_before():
    assert not on_a_plateau(2, [0, 1, 2, 3, 4], [8.0, 4.0, 4.0, 2.0, 5.0])  # 2 is below 4
    assert on_a_plateau(2, [0, 1, 2, 3, 4], [1.0, 9.0, 9.0, 8.0, 8.0])  # 8 is not below 1


def test_a_plateau_counts_epochs_however_many_a_frame_has():
    assert on_a_plateau(20, [0, 10, 20, 30], [8.0, 4.0, 4.0, 4.0])
    assert not on_a_plateau(20, [0, 10, 20, 30], [8.0, 4.0, 3.0, 3.0])


@pytest.mark.parametrize("fields", [{"epoch": -1}, {"loss": -0.1}, {"accuracy": 1.5}, {"plateau": 0.5}])
def test_conditions_out_of_range_are_refused(fields):
    with pytest.raises(ValueError, match="must be"):
        StopConditions(**fields)


losses = st.lists(st.floats(0, 5) | st.sampled_from([1.0, 0.9995, 0.999, 0.9985]), min_size=1, max_size=30)


@settings(deadline=None)
@given(losses=losses, data=st.data())
def test_the_lowest_losses_before_and_since_an_entry_are_those_of_the_slices(losses, data):
    lows = Lows(losses[: data.draw(st.integers(0, len(losses)))])
    lows.restart(losses[:1])
    for count in range(1, len(losses) + 1):
        if count > 1:
            lows.append(losses[count - 1])
        for i in range(1, count):
            assert (lows.before(i), lows.since(i)) == (min(losses[:i]), min(losses[i:count]))


@settings(max_examples=200, deadline=None)
@given(losses=losses, steps=st.lists(st.integers(0, 3), min_size=30, max_size=30), plateau=st.integers(1, 20))
def test_a_plateau_is_what_its_definition_says(losses, steps, plateau):
    epochs = [sum(steps[:k]) for k in range(len(losses))]
    recent = [epoch > epochs[-1] - plateau for epoch in epochs].index(True)
    flat = recent > 0 and min(losses[recent:]) > min(losses[:recent]) * (1 - IMPROVEMENT)
    for lows in (None, Lows(losses)):
        stop = StopConditions(plateau=plateau).met(epochs, losses, losses, lows)
        assert (stop is not None) == flat


def test_a_plateau_is_found_again_after_frames_were_given_up():
    timeline = run(learning_rate=1e-6, stop_plateau=20)
    timeline.seek(10)
    timeline.configure(timeline.pace.settings, 1, stop=StopConditions(plateau=15))
    while timeline.advance():
        pass
    assert (timeline.stopped.kind, timeline.stopped.epoch) == ("plateau", 15)
    assert [timeline._lows.before(i) for i in range(1, 16)] == list(timeline.train_losses[:15])
    assert timeline._lows.since(1) == min(timeline.train_losses[1:])
