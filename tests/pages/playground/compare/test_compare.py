"""Keeping a run and comparing two: what the session tells, what is read back, what the report says."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment
from engine.runs.contrast import BY_HAND, Difference, differences
from pages.figures.theme import DARK, LIGHT
from pages.playground.compare.pair import THIS, read_side, this_side
from pages.playground.compare.panel import differences_html
from pages.playground.compare.pictures import curves, map_address
from pages.playground.compare.report import html_report, markdown_report
from pages.playground.compare.words import reached, results
from pages.playground.presets import PRESETS
from pages.playground.session import Session
from tests.pages.payloads import read_payload
from tests.pages.playground.test_session import Asker


def trained(frames, **changes):
    """A session at a frame, and who asks it."""
    session = Session(Experiment(**changes))
    asker = Asker(session)
    for after in range(0, frames, 20):
        asker.frames(after=after, count=min(20, frames - after))
    session.shown = frames
    return session, asker


def kept_side(session, header, name="kept"):
    """A side as the browser would give it, read by another session."""
    curve = {"every": 1 << 20, "train": "AAAAAAAA8D8=", "test": "AAAAAAAA8D8="}
    record = json.loads(json.dumps(header["kept"] | {"curve": curve}))
    return {"name": name, "record": record}


def test_a_press_tells_the_run_at_the_shown_frame_and_what_to_call_it():
    session, asker = trained(12)
    header = asker.ask("keep-run", shown=9).header
    card = header["card"]
    assert (header["kept"]["frame"], card["epoch"]) == (9, 9)
    assert card["name"] == "2-4-2-1 tanh, SGD 0.03"
    assert card["test_loss"] == session.timeline.test_losses[9]
    assert card["score"] == 100 * session.timeline.test_metrics[9]
    assert card["settings"]["Activation"] == "tanh"
    json.dumps(card, allow_nan=False)


def test_a_card_of_a_run_without_test_data_is_still_json():
    session = Session(PRESETS["divergence"].experiment)
    header = Asker(session).frames(after=0, count=5).header
    session.shown = header["last"]
    json.dumps(session.card, allow_nan=False)


@pytest.mark.parametrize(("frames", "told"), [(50, False), (51, True)])
def test_a_change_that_ends_a_run_of_more_than_fifty_epochs_tells_what_to_keep_of_it(frames, told):
    session, _ = trained(frames)
    theta = session.timeline.trainer.net.theta.copy()
    session.set(hidden=(3,))
    header = read_payload(session.payload).header
    assert ("left" in header) == told
    if told:
        assert (header["left"]["run"], header["left"]["kept"]["frame"]) == (1, frames)
        side = read_side(kept_side(session, header["left"]), Session())
        assert np.array_equal(side.timeline.trainer.net.theta, theta)


def test_what_was_left_is_told_until_the_player_has_heard_of_it():
    session, asker = trained(60)
    session.set(hidden=(3,))
    assert "left" in read_payload(session.payload).header
    session.show_again()
    assert "left" in read_payload(session.payload).header
    assert "left" not in asker.ask("settle").header


def test_a_kept_run_is_read_back_to_the_bit():
    session, asker = trained(30, optimizer="adam", learning_rate=0.01)
    side = read_side(kept_side(session, asker.ask("keep-run").header, " mine "), Session())
    assert np.array_equal(side.timeline.trainer.net.theta, session.timeline.trainer.net.theta)
    assert (side.name, side.epoch) == ("mine", 30)
    assert side.run.experiment == session.experiment


@pytest.mark.parametrize(
    "given", [7, {}, {"name": 3}, {"name": "a", "record": {}}, {"name": "a", "record": None}]
)
def test_a_side_that_cannot_be_read_is_refused_in_one_sentence(given):
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        read_side(given, Session())


def pair(frames=25):
    """A run with tanh beside one with ReLU."""
    tanh, relu = (
        replace(this_side(trained(frames, activations=(name,) * 2)[0]), name=name)
        for name in ("tanh", "relu")
    )
    return tanh, relu


def test_the_player_s_own_run_is_a_side_too():
    session, _ = trained(5)
    side = read_side(None, session)
    assert (side.name, side.epoch) == (THIS, 5)


def test_results_are_those_of_the_timelines():
    a, b = pair()
    rows = {name: (first, second) for name, first, second in results(a, b)}
    assert rows["Epoch"] == ("25", "25")
    for k, side in enumerate((a, b)):
        assert float(rows["Test loss"][k]) == pytest.approx(side.timeline.test_losses[25], rel=1e-3)
        assert float(rows["Lowest loss of its curve"][k]) == pytest.approx(
            min(side.timeline.test_losses), rel=1e-3
        )
        assert rows["Largest |w|"][k].startswith(f"{np.abs(side.timeline.trainer.net.theta).max():.3g}"[:3])
    assert reached(a) == f"epoch 25 · test loss {rows['Test loss'][0]}"


def test_both_reports_say_what_differs_and_how_each_is_opened_again():
    a, b = pair()
    text = markdown_report((a, b))
    assert "| Activation | tanh | ReLU |" in text
    assert f"A: ?{a.run.to_link()}" in text
    page = html_report((a, b), LIGHT)
    assert "<td>ReLU</td>" in page
    assert page.partition("<body>")[2].count("data:image/png;base64,") == 2
    assert "http" not in page.partition("<body>")[2].replace("https://plotly.com", "")


def test_a_name_is_text_wherever_it_is_written():
    a, b = pair()
    named = replace(a, name="<b>x</b> | [y](z)"), b
    assert "<b>x</b>" not in html_report(named, LIGHT)
    assert r"\<b\>x\</b\> \| \[y\]\(z\)" in markdown_report(named)


def test_more_than_three_differences_are_not_all_said_large():
    one = Difference("A setting", "<1>", "2")
    told = differences_html((one,) * 5, "the rest")
    assert told.partition("class='small'")[0].count("A setting") == 3
    assert told.count("&lt;1&gt;") == 5
    assert "No setting differs" in differences_html((), "all")


def test_curves_end_where_the_runs_stand_and_maps_follow_the_theme():
    a, b = pair()
    figure, alternative = curves((a, b), LIGHT)
    assert [len(trace.x) for trace in figure.data] == [26, 26]
    assert figure.data[1].line.dash != "solid"
    assert alternative.said.startswith("Test loss: A (tanh) from ")
    assert map_address(a, LIGHT) != map_address(a, DARK)


def test_a_weight_written_by_hand_is_a_difference():
    session, asker = trained(10)
    asker.ask("set", l=0, i=0, j=0, value="2", shown=10)
    found = differences(session.timeline.run.standing_at(session.timeline.frame), Session().timeline.run)
    assert [one.label for one in found] == [BY_HAND]
    assert math.isfinite(session.timeline.trainer.net.theta[0])
