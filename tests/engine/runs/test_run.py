"""A run is its experiment and its journal: replayed from these, or from a link, it is the same to the bit."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, ParameterSet, ParametersFrozen, Run, SettingChanged, replay
from engine.runs.journal import MOST_ENTRIES
from engine.runs.provenance import run_summary, summary
from engine.runs.rows import rows
from engine.runs.run import CHANGEABLE

SMALL = Experiment(samples=40, hidden=(3,), activations=("tanh",), batch_size=7)
COUNT = SMALL.parameter_count  # 2-3-1: 9 + 4 = 13


def advanced(timeline, frame):
    while timeline.frame < frame:
        assert timeline.advance()
    return timeline


def bits(timeline):
    state = timeline.trainer.state()
    memory = {name: np.asarray(value).tobytes() for name, value in state["optimizer"].items()}
    return state["theta"].tobytes(), repr(state["generator"]), state["epoch"], state["step"], memory


def losses(timeline):
    return list(timeline.train_losses), list(timeline.test_losses), list(timeline.progress)


def by_hand():
    """A run of 30 frames with two rates, a hand-set weight, frozen weights and another optimiser."""
    timeline = advanced(replay(Run(SMALL)), 5)
    timeline.change(replace(SMALL, learning_rate=0.3))
    advanced(timeline, 9)
    timeline.edit(4, -0.75)
    timeline.edit(5, 0.5)
    advanced(timeline, 12)
    timeline.change(timeline.experiment.changed(frozen=(4, 12)))
    advanced(timeline, 20)
    timeline.change(timeline.experiment.changed(optimizer="adam", learning_rate=0.01))
    return advanced(timeline, 30)


def test_a_journal_tells_what_was_changed_at_which_frame():
    assert by_hand().journal == (
        SettingChanged(5, "learning_rate", 0.3),
        ParameterSet(9, 4, -0.75),
        ParameterSet(9, 5, 0.5),
        ParametersFrozen(12, (4, 12)),
        SettingChanged(20, "optimizer", "adam"),
        SettingChanged(20, "learning_rate", 0.01),
    )


def test_a_run_made_anew_from_its_journal_is_the_same_to_the_bit():
    first = by_hand()
    again = advanced(replay(first.run), 30)
    assert bits(again) == bits(first)
    assert losses(again) == losses(first)
    assert again.run == first.run


@pytest.mark.parametrize("frame", [0, 4, 5, 8, 9, 10, 12, 21, 29])
def test_a_rewound_run_stands_as_the_replayed_one_stands(frame):
    first, again = by_hand(), advanced(replay(by_hand().run), frame)
    first.seek(frame)
    assert bits(again) == bits(first)
    assert again.experiment == first.experiment


def test_a_run_with_a_journal_is_rebuilt_even_where_frames_are_thinned():
    first = by_hand()
    again = replay(first.run)
    again._whole, again._sparse = 3, 2
    advanced(again, 30)
    for frame in (9, 20, 5, 12, 0, 30):
        again.seek(frame)
        first.seek(frame)
        assert bits(again) == bits(first)


def test_a_link_opens_the_same_run_in_another_process():
    first = by_hand()
    script = (
        "import sys, engine; run = engine.Run.from_link(sys.argv[1]); line = engine.replay(run)\n"
        "while line.frame < run.frame: assert line.advance()\n"
        "print(line.trainer.net.theta.tobytes().hex(), line.train_losses[-1].hex())"
    )
    link = f"http://localhost:8501/?{first.run.to_link()}"
    done = subprocess.run([sys.executable, "-c", script, link], capture_output=True, check=True, text=True)
    assert done.stdout.split() == [first.trainer.net.theta.tobytes().hex(), first.train_losses[-1].hex()]


def test_a_change_at_frame_0_is_the_experiment_s_own():
    timeline = replay(Run(SMALL))
    timeline.change(replace(SMALL, learning_rate=0.5, frozen=(3,)))
    assert timeline.run == Run(replace(SMALL, learning_rate=0.5, frozen=(3,)))
    advanced(timeline, 3)
    assert timeline.run == Run(replace(SMALL, learning_rate=0.5, frozen=(3,)), (), 3)
    twin = advanced(replay(Run(replace(SMALL, learning_rate=0.5, frozen=(3,)))), 3)
    assert bits(timeline) == bits(twin)


def test_a_weight_set_at_frame_0_is_in_the_journal_and_undone_from_there():
    timeline = replay(Run(SMALL))
    untouched, first = bits(timeline), timeline[0]
    timeline.edit(2, 4.0)
    assert timeline.journal == (ParameterSet(0, 2, 4.0),)
    assert bits(replay(timeline.run)) == bits(timeline)
    timeline.undo()
    assert bits(timeline) == untouched
    assert timeline[0] == first
    assert timeline.journal == ()


def test_entries_of_one_field_at_one_frame_fold_into_the_last():
    timeline = advanced(replay(Run(SMALL)), 4)
    for rate in (0.1, 0.2):
        timeline.change(replace(SMALL, learning_rate=rate))
        advanced(timeline, 6)
        timeline.seek(4)
    assert timeline.journal == (SettingChanged(4, "learning_rate", 0.2),)
    folded = Run(SMALL, (SettingChanged(4, "learning_rate", 0.1), SettingChanged(4, "learning_rate", 0.2)))
    assert folded.journal == timeline.journal


def test_a_change_that_is_taken_back_before_training_leaves_the_run_as_it_was():
    timeline = advanced(replay(Run(SMALL)), 8)
    before = bits(timeline)
    timeline.seek(3)
    timeline.change(replace(SMALL, learning_rate=9.0))
    assert timeline.journal == (SettingChanged(3, "learning_rate", 9.0),)
    timeline.change(SMALL)
    assert timeline.journal == ()
    advanced(timeline, 8)
    assert bits(timeline) == before


def test_training_on_after_a_rewind_drops_later_entries():
    timeline = by_hand()
    timeline.seek(10)
    timeline.change(timeline.experiment.changed(learning_rate=0.7))
    advanced(timeline, 12)
    assert [entry.frame for entry in timeline.journal] == [5, 9, 9, 10]
    assert timeline.last == 12
    timeline.seek(6)
    timeline.forget_later()
    assert timeline.journal == (SettingChanged(5, "learning_rate", 0.3),)
    twin = replay(Run(SMALL, timeline.journal))
    assert bits(advanced(timeline, 15)) == bits(advanced(twin, 15))


def test_undo_takes_back_entry_by_entry_to_the_bit():
    timeline, plain = by_hand(), replay(Run(SMALL))
    frames = []
    while timeline.journal:
        timeline.undo()
        frames.append(timeline.frame)
    assert frames == [20, 20, 12, 9, 9, 5]
    assert bits(advanced(timeline, 30)) == bits(advanced(plain, 30))
    assert losses(timeline) == losses(plain)
    with pytest.raises(ValueError, match="nothing to undo"):
        timeline.undo()


def test_undo_takes_back_a_choice_that_was_not_trained_with_yet():
    timeline = advanced(replay(Run(SMALL)), 5)
    timeline.change(replace(SMALL, learning_rate=2.0))
    timeline.undo()
    assert timeline.experiment == SMALL
    assert timeline.journal == ()


def test_a_full_journal_ends_the_link_and_undo_and_the_run_goes_on():
    entries = tuple(ParameterSet(0, k % COUNT, 0.1) for k in range(COUNT))
    entries += tuple(
        SettingChanged(k, "learning_rate", 0.01 + 1e-6 * k) for k in range(1, MOST_ENTRIES - COUNT + 1)
    )
    timeline = advanced(replay(Run(SMALL, entries)), MOST_ENTRIES)
    assert timeline.unrecorded is None
    timeline.edit(0, 0.5)
    assert timeline.unrecorded == MOST_ENTRIES
    assert timeline.journal == entries
    advanced(timeline, MOST_ENTRIES + 2)
    assert timeline.trainer.net.theta[0] != 0.1
    assert timeline.run.frame == MOST_ENTRIES
    with pytest.raises(ValueError, match="nothing to undo"):
        timeline.undo()
    timeline.seek(MOST_ENTRIES - 1)
    timeline.forget_later()
    assert timeline.unrecorded is None


def test_the_experiment_is_the_one_of_the_present_frame():
    timeline = by_hand()
    timeline.seek(7)
    assert timeline.experiment == replace(SMALL, learning_rate=0.3)
    assert timeline.run.present == timeline.experiment
    timeline.seek(4)
    assert timeline.experiment == SMALL
    assert timeline.run.at(20).optimizer == "adam"
    assert timeline.run.at(19).optimizer == "sgd"


def test_a_change_holds_from_the_next_step_on():
    # by hand: 5 epochs with one rate, 4 with another, then the weight
    timeline, trainer = by_hand(), SMALL.trainer()
    assert [timeline[frame].learning_rate for frame in (4, 5, 6, 7)] == [0.03, 0.03, 0.3, 0.3]
    trainer.epochs(5)
    replace(SMALL, learning_rate=0.3).settings.apply(trainer)
    trainer.epochs(4)
    trainer.net.theta[4], trainer.net.theta[5] = -0.75, 0.5
    timeline.seek(9)
    assert timeline.trainer.net.theta.tobytes() == trainer.net.theta.tobytes()
    trainer.epochs(2)
    timeline.seek(11)
    assert timeline.trainer.net.theta.tobytes() == trainer.net.theta.tobytes()


@pytest.mark.parametrize(
    ("journal", "message"),
    [
        ((SettingChanged(3, "frozen", (1,)),), "must be one of optimizer"),
        ((SettingChanged(3, "hidden", (1,)),), "must be one of optimizer"),
        ((SettingChanged(3, "learning_rate", -1.0),), "At frame 3: learning_rate must be above 0"),
        ((ParameterSet(3, COUNT, 1.0),), f"must be below {COUNT}. Got {COUNT}."),
        ((ParametersFrozen(3, (COUNT,)),), f"At frame 3: frozen must be below {COUNT}. Got {COUNT}."),
        ((ParameterSet(4, 0, 1.0), ParameterSet(3, 0, 1.0)), "in the order of their frames"),
        ([ParameterSet(4, 0, 1.0)], "must be a tuple of entries"),
        (("30~lr~0.1",), "must be a tuple of entries"),
        (tuple(ParameterSet(k, 0, 1.0) for k in range(MOST_ENTRIES + 1)), "at most 1000 entries. Got 1001."),
    ],
)
def test_a_journal_that_the_experiment_cannot_have_is_refused(journal, message):
    with pytest.raises(ValueError, match=message):
        Run(SMALL, journal)


@pytest.mark.parametrize(
    "entry",
    [
        lambda: ParameterSet(-1, 0, 1.0),
        lambda: ParameterSet(0, -1, 1.0),
        lambda: ParameterSet(0, 0, float("nan")),
        lambda: ParameterSet(0, 0, 1e9),
        lambda: ParametersFrozen(0, (-1,)),
        lambda: SettingChanged(2.5, "learning_rate", 1.0),
    ],
)
def test_an_entry_out_of_its_range_is_refused(entry):
    with pytest.raises(ValueError, match="must be"):
        entry()


def test_only_live_settings_may_change_within_a_run():
    timeline = replay(Run(SMALL))
    with pytest.raises(ValueError, match="Only live settings"):
        timeline.change(replace(SMALL, seed=1))


RATES = st.floats(1e-4, 1000, exclude_min=True)
VALUES = {
    "learning_rate": RATES,
    "regularization": st.sampled_from(["none", "l1", "l2", "weight_decay"]),
    "regularization_rate": st.floats(0, 100),
    "optimizer_parameters": st.just(()) | st.floats(0, 0.99).map(lambda m: (("momentum", m),)),
    "clip_norm": st.floats(0, 1e6),
    "speed": st.integers(1, 100),
    "unit": st.sampled_from(["epoch", "mini-batch"]),
    "stop_epoch": st.integers(0, 10**9),
    "stop_loss": st.floats(0, 1),
    "stop_accuracy": st.floats(0, 1),
    "stop_plateau": st.integers(0, 10**9),
}
FRAMES = st.integers(0, 10**9)
INDICES = st.integers(0, COUNT - 1)
SETTINGS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.builds(SettingChanged, FRAMES, st.just(name), VALUES[name])
)
PARAMETERS = st.builds(ParameterSet, FRAMES, INDICES, st.floats(-1e6, 1e6))
FREEZES = st.builds(ParametersFrozen, FRAMES, st.lists(INDICES, unique=True).map(tuple))
JOURNALS = st.lists(SETTINGS | PARAMETERS | FREEZES, max_size=40).map(
    lambda entries: tuple(sorted(entries, key=lambda entry: entry.frame))
)


@settings(max_examples=300, deadline=None)
@given(journal=JOURNALS, frame=FRAMES, rate=RATES, data=st.sampled_from(["circle", "xor", "spiral"]))
def test_run_to_link_to_run_is_the_identity(journal, frame, rate, data):
    run = Run(replace(SMALL, learning_rate=rate, dataset=data), journal, frame)
    assert Run.from_link(run.to_link()) == run


def test_every_live_setting_can_stand_in_a_journal():
    assert {*VALUES, "optimizer", "schedule", "schedule_parameters"} == set(CHANGEABLE)
    run = Run(
        SMALL,
        (
            SettingChanged(2, "optimizer", "adam"),
            SettingChanged(2, "optimizer_parameters", (("amsgrad", True),)),
            SettingChanged(3, "schedule", "step"),
            SettingChanged(3, "schedule_parameters", (("every", 7),)),
        ),
    )
    assert Run.from_link(run.to_link()) == run


def said(timeline):
    return run_summary(timeline.run, timeline.progress.__getitem__)


def test_the_line_under_a_picture_says_what_was_changed_and_when():
    line = said(by_hand())
    assert "SGD 0.03, SGD 0.3 from epoch 5, Adam 0.01 from epoch 20" in line
    assert "frozen 4 12 from epoch 12" in line
    assert line.endswith(" · by hand θ[4] = -0.75 at epoch 9, θ[5] = 0.5 at epoch 9")
    assert said(advanced(replay(Run(SMALL)), 3)) == summary(SMALL)


def test_the_line_says_nothing_of_what_was_changed_after_the_frame():
    timeline = by_hand()
    timeline.seek(8)
    assert said(timeline).endswith("batch 7, SGD 0.03, SGD 0.3 from epoch 5 · Glorot uniform, seed 0")


def test_the_line_says_what_was_switched_off():
    timeline = advanced(replay(Run(replace(SMALL, clip_norm=2.0))), 4)
    timeline.change(replace(SMALL, clip_norm=0.0))
    assert "clipped at 2, unclipped from epoch 4" in said(timeline)


def test_every_live_setting_has_words_for_being_switched_off():
    said = {name: row.words(Experiment()) for name, row in rows(Experiment).items() if row.live and row.words}
    assert [name for name, words in said.items() if not (words or rows(Experiment)[name].off)] == []


def checks_made(act):
    """How many of the engine's functions that check something are called."""
    names = []
    sys.setprofile(lambda frame, event, _: names.append(frame.f_code.co_name) if event == "call" else None)
    try:
        act()
    finally:
        sys.setprofile(None)
    return sum(name.startswith("check_") for name in names)


def test_what_is_frozen_is_not_looked_at_one_by_one_with_each_change():
    changes = tuple(SettingChanged(frame, "learning_rate", 0.01 * (1 + frame)) for frame in range(20))
    few, many = Experiment(frozen=(0,)), Experiment(frozen=tuple(range(17)) * 100)
    Run(few, changes)  # what is made once only
    calls = checks_made(lambda: Run(few, changes)), checks_made(lambda: Run(many, changes))
    assert calls[0] == calls[1]


def test_a_timeline_takes_the_experiments_that_its_run_has_checked():
    run = Run(Experiment(), (SettingChanged(3, "learning_rate", 0.1),))
    assert replay(run).experiment_at(3) is run.at(3)


def test_a_run_at_another_frame_is_the_same_run_otherwise():
    run = Run(Experiment(), (SettingChanged(3, "learning_rate", 0.1),), 2)
    assert run.standing_at(5) == replace(run, frame=5)
    assert run.standing_at(5).present.learning_rate == 0.1
    assert run.frame == 2
    with pytest.raises(ValueError, match="frame must be"):
        run.standing_at(-1)
