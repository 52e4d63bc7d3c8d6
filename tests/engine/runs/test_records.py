"""The frames of a timeline as columns."""

import pandas as pd
import pytest

from engine import Experiment, Run, replay


@pytest.fixture(scope="module")
def timeline():
    made = replay(Run(Experiment(clip_norm=0.05)))
    for _ in range(6):
        made.advance()
    return made


def test_pandas_takes_the_records_as_they_are_a_row_a_frame(timeline):
    table = pd.DataFrame(timeline.records())
    assert table.shape[0] == 7
    assert table["train_loss"].tolist() == list(timeline.train_losses)


@pytest.mark.parametrize("frame", [0, 1, 6])
def test_each_row_is_the_frame(timeline, frame):
    row = {name: column[frame] for name, column in timeline.records().items()}
    assert row == vars(timeline[frame])


def test_the_records_are_a_copy_and_stay_as_they_are(timeline):
    timeline.records()["train_loss"][0] = -1.0
    assert timeline.train_losses[0] > 0
