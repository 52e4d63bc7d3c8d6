"""A run goes on from a checkpoint to the bit as it would have without; anything else is refused."""

import json
from base64 import b64decode, b64encode
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS, Experiment, Run, replay
from engine.runs.checkpoint import LONGEST_CHECKPOINT, read_checkpoint, write_checkpoint

SMALL = Experiment(samples=40, hidden=(3,), activations=("tanh",), batch_size=7)


def advanced(timeline, frame):
    while timeline.frame < frame:
        assert timeline.advance()
    return timeline


def told(timeline):
    """The losses of the frames before the present one, as a browser has them."""
    return np.column_stack((timeline.train_losses, timeline.test_losses))[: timeline.frame]


def resumed(timeline):
    """The same run in a timeline that was never trained up to the frame at which this one stands."""
    other = replay(timeline.run)
    clipped = timeline[timeline.frame].clipped
    other.resume(timeline.frame, timeline.checkpoint(), told(timeline), clipped=clipped)
    return other


def bits(timeline):
    state = timeline.trainer.state()
    memory = {name: np.asarray(value).tobytes() for name, value in state["optimizer"].items()}
    return state["theta"].tobytes(), repr(state["generator"]), state["order"].tobytes(), memory


def frames(timeline):
    return [repr(timeline[k]) for k in range(timeline.last + 1)]


def by_hand():
    """A run of 17 frames with two rates, frames of another unit, a weight set by hand and one frozen."""
    timeline = advanced(replay(Run(SMALL)), 5)
    timeline.change(replace(SMALL, learning_rate=0.3, clip_norm=0.1))
    advanced(timeline, 9)
    timeline.edit(4, -0.75)
    timeline.change(timeline.experiment.changed(frozen=(4, 12), unit="mini-batch", speed=4))
    advanced(timeline, 12)
    timeline.change(timeline.experiment.changed(optimizer="adam", learning_rate=0.01, unit="epoch", speed=2))
    return advanced(timeline, 17)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_state_written_and_read_is_equal_to_the_bit(optimizer):
    timeline = advanced(replay(Run(replace(SMALL, optimizer=optimizer, unit="mini-batch", speed=3))), 3)
    state, before = timeline.trainer.state(), bits(timeline)
    read = read_checkpoint(write_checkpoint(state), timeline.trainer)
    assert read.keys() == state.keys()
    timeline.trainer.load_state(read)
    assert bits(timeline) == before


@given(
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    speed=st.integers(1, 5),
    frame=st.integers(0, 12),
    unit=st.sampled_from(("epoch", "mini-batch")),
    schedule=st.sampled_from(("constant", "step")),
)
@settings(max_examples=30, deadline=None)
def test_a_resumed_run_goes_on_to_the_bit(optimizer, speed, frame, unit, schedule):
    e = replace(SMALL, optimizer=optimizer, speed=speed, unit=unit, schedule=schedule)
    first = advanced(replay(Run(e)), frame)
    second = resumed(first)
    assert (second.frame, bits(second)) == (first.frame, bits(first))
    assert repr(second[frame]) == repr(first[frame])
    advanced(first, frame + 3)
    assert bits(advanced(second, frame + 3)) == bits(first)


def test_a_run_with_a_journal_resumes_too_and_its_earlier_frames_come_by_replay():
    first = by_hand()
    second = resumed(first)
    assert bits(second) == bits(first)
    assert second.journal == first.journal
    for frame in (13, 3, 9, 16, 1, 17):
        first.seek(frame)
        second.seek(frame)
        assert bits(second) == bits(first)
        assert repr(second[frame]) == repr(first[frame])
    assert list(second.progress) == list(first.progress)
    assert list(second.steps) == list(first.steps)
    second.seek(1)
    second.seek(17)
    assert frames(second) == frames(first)


def test_after_a_rewind_a_resumed_run_can_be_changed_as_any_other():
    first = by_hand()
    second = resumed(first)
    for timeline in (first, second):
        timeline.seek(6)
        timeline.change(replace(timeline.experiment, learning_rate=1.0))
        advanced(timeline, 8)
        timeline.undo()
        advanced(timeline, 10)
    assert bits(second) == bits(first)
    second.seek(1)
    second.seek(10)
    assert frames(second) == frames(first)


def test_a_plateau_is_seen_in_the_losses_that_were_told():
    e = replace(SMALL, learning_rate=1e-9, stop_plateau=6)
    first = advanced(replay(Run(e)), 5)
    second = resumed(first)
    for timeline in (first, second):
        while timeline.advance():
            pass
    assert second.stopped == first.stopped
    assert second.stopped.kind == "plateau"


def damaged(text):
    """Checkpoints with one thing wrong."""
    good = json.loads(text)
    yield from ("", "null", "[]", "{}", '"x"', text[:-2], "[" * 5000, text + " " * LONGEST_CHECKPOINT)
    for name in good:
        yield json.dumps({key: value for key, value in good.items() if key != name})
        for wrong in (None, -1, 1.5, "x", [], {}, 2**70, float("nan"), "A" * 8):
            yield json.dumps(good | {name: wrong})
    order = np.frombuffer(b64decode(good["order"]), dtype="<u4")
    for wrong in (order[1], len(order)):  # a sample that comes twice, or that there is none of
        other = np.concatenate(([wrong], order[1:])).astype("<u4")
        yield json.dumps(good | {"order": b64encode(other.tobytes()).decode()})
    for name in good["optimizer"]:
        for wrong in (None, -1, "x", [], {}, 2**70, float("nan"), "A" * 8):
            yield json.dumps(good | {"optimizer": good["optimizer"] | {name: wrong}})
    for k in range(4):
        for wrong in ("-1", str(2**128), "9" * 5000, 2**40, None, ""):
            generator = [*good["generator"]]
            generator[k] = wrong
            yield json.dumps(good | {"generator": generator})


def test_a_damaged_checkpoint_is_refused_in_one_sentence_and_changes_nothing():
    timeline = advanced(replay(Run(replace(SMALL, optimizer="adam"))), 3)
    before, refused = bits(timeline), 0
    for text in damaged(timeline.checkpoint()):
        with pytest.raises(ValueError, match="checkpoint doesn't suit this run"):
            read_checkpoint(text, timeline.trainer)
        refused += 1
    assert refused > 150
    assert bits(timeline) == before


def test_a_checkpoint_of_another_frame_or_network_is_refused_and_the_run_stays_at_its_start():
    first = advanced(replay(Run(SMALL)), 6)
    other = replay(first.run)
    start = bits(other)
    for frame in (5, 7):
        with pytest.raises(ValueError, match="steps old"):
            other.resume(frame, first.checkpoint(), np.zeros((frame, 2)))
    with pytest.raises(ValueError, match="two for each"):
        other.resume(6, first.checkpoint(), np.zeros((5, 2)))
    larger = replay(Run(replace(SMALL, hidden=(4,))))
    with pytest.raises(ValueError, match="doesn't suit"):
        larger.resume(6, first.checkpoint(), told(first))
    stopping = replay(Run(replace(SMALL, stop_epoch=4)))
    with pytest.raises(ValueError, match="stops before frame 6"):
        stopping.resume(6, first.checkpoint(), told(first))
    assert (other.frame, other.last, bits(other)) == (0, 0, start)
    assert bits(advanced(other, 6)) == bits(first)


def test_a_checkpoint_is_short():
    timeline = advanced(replay(Run(Experiment())), 10)
    assert len(timeline.checkpoint()) < 6000
