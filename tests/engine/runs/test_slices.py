"""Training and replay in slices: equal to the bit to all at once, whatever happens during the pauses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, ParameterSet, Run, SettingChanged, Settings, replay
from engine.runs.slices import finish
from engine.runs.work import LAYER, step_work
from tests.engine.runs.test_timeline import ADAM, SGD, bits, recorded, timeline


def sliced(run, steps=1):
    """The run, which pauses after so many mini-batches."""
    run._slice = steps
    return run


def pauses(slices):
    """The shares that are yielded, and the result."""
    shares = []
    while True:
        try:
            shares.append(next(slices))
        except StopIteration as end:
            return shares, end.value


@pytest.mark.parametrize(("steps", "expected"), [(1, 5), (2, 2), (4, 1), (6, 0), (100, 0)])
def test_a_frame_pauses_after_so_many_mini_batches_also_within_an_epoch(steps, expected):
    run = sliced(timeline(speed=2), steps)  # 3 mini-batches an epoch
    shares, went_on = pauses(run.advancing())
    assert went_on
    assert shares == [steps * k / 6 for k in range(1, expected + 1)]


@settings(max_examples=60, deadline=None)
@given(
    start=st.sampled_from([SGD, ADAM]),
    speed=st.integers(1, 3),
    unit=st.sampled_from(["epoch", "mini-batch"]),
    steps=st.integers(1, 5),
    deeds=st.lists(st.tuples(st.sampled_from(["go on", "drop", "visit"]), st.integers(0, 12)), max_size=30),
)
def test_slices_that_go_on_or_are_dropped_give_the_same_frames_to_the_bit(start, speed, unit, steps, deeds):
    options = {"speed": speed, "unit": unit, "whole": 3, "sparse": 2}
    stood = recorded(timeline(start, **options), 12)
    run, deeds = sliced(timeline(start, **options), steps), iter(deeds)
    while run.last < 12:
        run.seek(run.last)
        slices = run.advancing()
        for _ in slices:
            assert bits(run) == stood[run.frame]
            deed, frame = next(deeds, ("go on", 0))
            if deed == "drop":
                break
            if deed == "visit":
                run.seek(min(frame, run.last))
                assert bits(run) == stood[run.frame]
        assert bits(run) == stood[run.frame]
    assert run.last == 12


@settings(max_examples=40, deadline=None)
@given(steps=st.integers(1, 7), visits=st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=8))
def test_seeking_in_slices_ends_where_seek_does_and_stands_still_until_then(steps, visits):
    run = sliced(timeline(ADAM, whole=2, sparse=2), steps)
    stood = recorded(run, 20)
    for frame, dropped in visits:
        before = run.frame
        for _ in run.seeking(frame):
            assert (run.frame, bits(run)) == (before, stood[before])
            if dropped:
                break
        else:
            assert run.frame == frame
        assert bits(run) == stood[run.frame]


def journal_run():
    return Run(
        Experiment(samples=40, batch_size=7, speed=2),
        (
            SettingChanged(2, "learning_rate", 0.1),
            ParameterSet(3, 4, 0.5),
            SettingChanged(4, "optimizer", "adam"),
        ),
    )


def test_a_journal_is_followed_in_slices():
    whole, cut = replay(journal_run()), sliced(replay(journal_run()))
    for _ in range(6):
        whole.advance()
        assert finish(cut.advancing())
        assert bits(cut) == bits(whole)
        assert cut[cut.frame] == whole[whole.frame]
    cut.seek(0)
    finish(cut.seeking(5))
    whole.seek(5)
    assert bits(cut) == bits(whole)


@pytest.mark.parametrize(
    "change",
    [
        lambda run: run.edit(0, 1.0),
        lambda run: run.configure(ADAM, 1),
        lambda run: run.forget_later(),
        lambda run: run.advance(),
    ],
)
def test_slices_of_a_timeline_that_has_changed_do_not_go_on(change):
    run = sliced(timeline())
    slices = run.advancing()
    next(slices)
    change(run)
    stands = bits(run)
    with pytest.raises(RuntimeError, match="changed since"):
        next(slices)
    assert bits(run) == stands


def test_a_frame_rebuilt_once_is_there_at_once_until_it_is_given_up():
    run = sliced(timeline(ADAM, whole=1, sparse=1))
    recorded(run, 30)
    assert pauses(run.seeking(21))[0]
    finish(run.seeking(30))
    assert not pauses(run.seeking(21))[0]
    run.seek(5)
    run.forget_later()
    run.seek(0)
    assert [frame for frame in (*run._states, *run._visited) if frame > 5] == []


def test_going_back_often_keeps_few_states():
    run = timeline(whole=1, sparse=1)
    recorded(run, 40)
    for frame in range(40):
        run.seek(frame)
    assert len(run._visited) == 4


def test_a_run_that_diverges_in_slices_stands_at_its_last_finite_frame():
    run = sliced(timeline())
    stood = recorded(run, 2)
    run.configure(Settings(optimizer="sgd", learning_rate=1e200), 4)
    assert finish(run.advancing()) is False
    assert run.stopped.kind == "diverged"
    assert (run.frame, bits(run)[:3]) == (2, stood[2][:3])


def test_the_work_of_a_step_is_three_passes_and_a_share_for_each_layer():
    assert step_work(10, 25, 3) == 3 * 10 * 25 + 3 * LAYER
