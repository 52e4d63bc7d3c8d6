"""Stop conditions stop where they say, and say why."""

import pytest

from engine import Experiment
from engine.runs.stopping import StopConditions, diverged


def run(**fields):
    timeline = Experiment(**fields).timeline()
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
    timeline.configure(timeline.settings, 1)
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
        "Training stopped in epoch 7: the numbers grew beyond all bounds (the loss is inf). "
        "This is the last finite moment. Try a smaller learning rate, then reset."
    )


@pytest.mark.parametrize("fields", [{"epoch": -1}, {"loss": -0.1}, {"accuracy": 1.5}, {"plateau": 0.5}])
def test_conditions_out_of_range_are_refused(fields):
    with pytest.raises(ValueError, match="must be"):
        StopConditions(**fields)
