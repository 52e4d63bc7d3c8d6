"""How a notebook shows experiments and runs."""

import xml.etree.ElementTree as ET

import numpy as np

from engine import Experiment, ParameterSet, Run, SettingChanged
from engine.data.own import Table
from engine.runs.provenance import GROUPS, summary
from engine.runs.rows import rows

CHANGED = Run(Experiment(), (SettingChanged(3, "learning_rate", 0.1), ParameterSet(5, 0, 2.0)), frame=9)


def cells(shown):
    return [[cell.text for cell in row] for row in ET.fromstring(shown._repr_html_())]


def test_an_experiment_is_a_table_with_all_the_words_of_its_summary():
    experiment = Experiment(clip_norm=0.5, stop_epoch=70)
    assert " · ".join(words for _, words in cells(experiment)) == summary(experiment)


def test_a_run_says_at_which_frames_it_was_changed_and_where_it_stands():
    said = dict(cells(CHANGED))
    assert said["Training"].endswith("SGD 0.1 from frame 3")
    assert "at frame 5" in said["By hand"]
    assert [words for _, words in cells(CHANGED)][-1] == "at frame 9"


def test_what_comes_after_the_runs_frame_is_left_out():
    assert "By hand" not in dict(cells(CHANGED.standing_at(4)))


def test_the_name_of_a_table_stays_text():
    name = "<script>alert('x')</script>&"
    table = Table(name, ("a", "b"), np.eye(4, 2), "y", np.arange(4.0))
    run = Run(Experiment().changed(table=table))
    assert "<script" not in run._repr_html_()
    assert cells(run)[0][1].startswith(name)


def test_every_group_of_settings_has_its_name():
    assert {row.group for row in rows(Experiment).values()} <= GROUPS.keys()
