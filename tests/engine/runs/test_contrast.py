"""What two runs don't share is said by the labels of the controls, and what they share in one line."""

from hypothesis import given

from engine import Experiment, ParameterSet, Run, SettingChanged
from engine.runs.contrast import (
    BY_HAND,
    UNCHANGED,
    Difference,
    differences,
    label_of,
    settings_said,
    shared,
)
from engine.runs.rows import rows
from tests.engine.runs.test_experiment import VALID, changes, experiments

FIRST = Run(Experiment())


def test_each_setting_has_a_label_of_its_own():
    labels = [label_of(name) for name in rows(Experiment)]
    assert len({*labels, BY_HAND}) == len(labels) + 1
    assert all(labels)


@given(experiments(), changes)
def test_a_setting_differs_in_words_where_its_value_differs(experiment, changed):
    other = experiment.changed(**changed)
    labels = {one.label for one in differences(Run(experiment), Run(other))}
    for name in VALID:
        same = getattr(experiment, name) == getattr(other, name)
        same_to_six_digits = name in ("noise", "train_share") and not same
        if not same_to_six_digits:
            assert (label_of(name) in labels) != same, name


@given(experiments())
def test_a_run_differs_from_itself_in_nothing(experiment):
    assert differences(Run(experiment), Run(experiment)) == ()


def test_an_activation_is_said_by_itself_and_all_else_is_shared():
    relu = Run(Experiment(activations=("relu", "relu")))
    assert differences(FIRST, relu) == (Difference("Activation", "tanh", "ReLU"),)
    said = shared(FIRST, relu)
    assert said.startswith("Circle · 500 points")
    assert "tanh" not in said
    assert "SGD 0.03" in said


def test_what_is_off_is_called_so():
    clipped = Run(Experiment(clip_norm=1.5, stop_epoch=100))
    assert differences(FIRST, clipped) == (
        Difference("Clip the gradient at norm", "off", "1.5"),
        Difference("Stop at epoch", "off", "100"),
    )


def test_what_was_changed_on_the_way_counts_up_to_the_frame():
    journal = (SettingChanged(5, "learning_rate", 0.1), ParameterSet(7, 0, 2.0))
    assert differences(FIRST, Run(Experiment(), journal, 4)) == ()
    said = "SGD 0.1 from frame 5; by hand θ[0] = 2 at frame 7"
    assert differences(FIRST, Run(Experiment(), journal, 9)) == (Difference(BY_HAND, UNCHANGED, said),)


def test_every_setting_has_words():
    assert all(settings_said(FIRST).values())
