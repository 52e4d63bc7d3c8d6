"""A run is saved, opened and taken along in numbers; what can't be opened costs a sentence, no more."""

import csv
import io
import json
import tomllib
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pandas as pd
import pytest

from engine import Experiment
from engine.data.own import Table
from engine.runs.file import LONGEST_FILE
from pages.figures.theme import LIGHT
from pages.playground.own_data.decoding import MOST_BYTES
from pages.playground.session import Session
from pages.playground.take.bundle import bundle
from pages.playground.take.figures import Choice
from pages.playground.take.run_drop import LARGEST_DROPPED, read_dropped
from pages.playground.take.tables import OWN, history, weights
from pages.shell.downloads import csv_of
from tests.engine.runs.test_checkpoint import bits
from tests.pages.opening import open_page
from tests.pages.payloads import read_payload
from tests.pages.playground.test_recovery import SMALL, ask, played

ROOT = Path(__file__).parents[4]


def rows_of(table):
    """The rows of a table that has gone through a CSV, as texts by column."""
    return list(csv.DictReader(io.StringIO(csv_of(table))))


@pytest.fixture
def user():
    """A run of 9 frames with Adam and another rate from frame 5 on, shown at frame 7."""
    user = played(Session(replace(SMALL, optimizer="adam", learning_rate=0.01)), 5)
    user.set(learning_rate=0.1)
    played(user, 9)
    ask(user, "frame", at=7, shown=7)
    ask(user, "settle", shown=7)
    return user


def test_a_file_opens_in_another_session_at_its_frame_with_curve_journal_and_probe(user):
    ask(user, "probe", change={"values": [1.25, -0.5]})
    text = user.run_file()
    other = Session(Experiment())
    other.open_file(text)
    assert (other.shown, other.timeline.last, other.timeline.journal) == (7, 7, user.timeline.journal)
    assert other.experiment == user.experiment
    assert other.probe == user.probe
    header = read_payload(other.payload).header
    assert (header["notice"], header["changes"]) == ("Run file opened, at epoch 7.", [])
    assert bits(other.timeline) == bits(user.timeline)
    assert other.run_file() == text
    played(other, 12)
    user.timeline.seek(7)
    while user.timeline.frame < 12:
        user.timeline.advance()
    other.timeline.seek(12)
    assert bits(other.timeline) == bits(user.timeline)


def test_what_has_been_found_of_the_network_is_in_the_file(user):
    view = json.loads(user.run_file())["view"]
    assert view["inside"] == {"view": "", "layer": 0, "batch": False}
    assert view["found"] == [list(one) for one in view["found"]]
    broken = json.loads(user.run_file())
    broken["view"]["found"] = [["no such kind", 0, 1, None]]
    with pytest.raises(ValueError, match="A kept diagnosis must be"):
        user.open_file(json.dumps(broken))


def test_a_refused_file_changes_nothing(user):
    before, run = bits(user.timeline), (user.run, user.generation, user.shown)
    damaged = json.loads(user.run_file())
    damaged["checkpoint"]["theta"] = "AAAA"
    for content in (b"", b"\xff\xfe", "{}", json.dumps(damaged)):
        with pytest.raises(ValueError, match=r"\.$"):
            user.open_file(content)
        assert (user.run, user.generation, user.shown) == run
        assert bits(user.timeline) == before


def test_the_history_has_a_row_for_each_frame_up_to_the_shown_one(user):
    rows = rows_of(history(user))
    assert [row["frame"] for row in rows] == [*"01234567"]
    assert [row["learning_rate"] for row in rows] == ["0.01"] * 6 + ["0.1"] * 2
    assert [float(row["train_loss"]) for row in rows] == list(user.timeline.train_losses[:8])


def test_the_weights_are_those_of_the_shown_frame_each_with_its_names(user):
    rows = rows_of(weights(user))
    net = user.timeline.trainer.net
    assert user.timeline.frame == 7
    assert len(rows) == net.theta.size
    assert rows[0] == {"layer": "1", "from": "x₁", "to": "hidden 1.1", "weight": repr(float(net.W[0][0, 0]))}
    assert rows[-1] == {"layer": "2", "from": "bias", "to": "output", "weight": repr(float(net.b[1][0]))}
    several = weights(Session(Experiment.fitted(dataset="spiral3", hidden=())))
    assert sorted(set(several["to"])) == ["class 0", "class 1", "class 2"]


def test_weights_of_a_standardised_table_are_listed_in_its_own_units_too():
    X = np.random.default_rng(1).normal((5.0, 200.0), (1.0, 40.0), (30, 2))
    table = Table("t", ("length", "mass"), X, "kind", np.arange(30) % 2, ("a", "b"))
    user = Session(Experiment.fitted(table=table, hidden=(3,)))
    listed = weights(user)
    net, (mean, deviation) = user.timeline.trainer.net, user.scales
    first = listed[listed["layer"] == 1]
    assert first["from"].tolist() == ["length"] * 3 + ["mass"] * 3 + ["bias"] * 3
    W, b = net.W[0] / deviation[:, None], net.b[0] - (net.W[0] / deviation[:, None]).T @ mean
    np.testing.assert_allclose(first[OWN].astype(float), [*W.ravel(), *b], rtol=1e-12, atol=1e-12)
    assert set(listed[listed["layer"] == 2][OWN]) == {""}
    raw = Session(Experiment.fitted(table=replace(table, standardised=False), hidden=(3,)))
    assert OWN not in weights(raw)


def test_text_that_begins_like_a_formula_stays_text_in_a_csv():
    names = ["=1+1", "+1", "-a", "@x", "\tx", "a=b"]
    table = pd.DataFrame({"=name": names, "value": np.arange(6) - 2.5})
    read = pd.read_csv(io.StringIO(csv_of(table)))
    assert read.columns.tolist() == ["'=name", "value"]
    assert read["'=name"].tolist() == ["'=1+1", "'+1", "'-a", "'@x", "'\tx", "a=b"]
    assert read["value"].tolist() == table["value"].tolist()


@pytest.mark.parametrize("dataset", ["circle", "plane", "spiral3", "seed_004"])
def test_the_bundle_unpacks_to_the_run_its_numbers_and_figures(dataset):
    user = played(Session(Experiment.fitted(dataset=dataset)), 3)
    made = bundle(user, "http://localhost/", LIGHT, Choice())
    with ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {entry.compress_type for entry in archive.infolist()} == {ZIP_STORED}
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert texts["run.json"] == user.run_file()
    assert len(texts["history.csv"].splitlines()) == 5
    assert texts["link.txt"] == f"http://localhost/?{user.link}\n"
    assert "epoch 3" in texts["README.txt"]
    assert {"figures/weights.html", "figures/losses.html"} < texts.keys()
    pages = [text for name, text in texts.items() if name.endswith(".html")]
    assert len(pages) == (4 if dataset in ("circle", "spiral3") else 3)
    assert all(
        'src="plotly.min.js"' in page and "http" not in page.split("Plotly.newPlot")[0] for page in pages
    )
    assert bundle(user, "http://localhost/", LIGHT, Choice()) == made


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (None, "must be a file"),
        ({"name": 1, "size": 2, "bytes": "x"}, "must be a file"),
        ({"name": "a.zip", "size": 2, "bytes": None}, "or a table .* can be dropped here. Got 'a.zip'"),
        (
            {"name": "a.json", "size": 10**8, "bytes": None},
            "may have 10 MB. This one has 100.0 MB: a larger run",
        ),
        ({"name": "a.csv", "size": 10**8, "bytes": None}, r"may have 10 MB. This one has 100.0 MB\.$"),
        ({"name": "a.json", "size": 2, "bytes": "no base64"}, "did not come whole"),
    ],
)
def test_what_is_dropped_and_can_not_be_opened_is_refused_in_a_sentence(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_dropped(given)


def test_a_run_file_of_the_largest_size_can_be_uploaded_and_a_dropped_one_fits_a_message():
    server = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["server"]
    assert server["maxUploadSize"] * 2**20 >= LONGEST_FILE
    in_base64 = 4 * -(-LARGEST_DROPPED // 3)
    assert in_base64 + 2_000_000 < server["maxMessageSize"] * 1_000_000
    assert server["maxUploadSize"] * 1_000_000 >= MOST_BYTES


def test_the_panel_opens_with_all_that_can_be_taken_along():
    app = open_page("playground")
    app.button(key="take_with_you").click().run()
    assert not app.exception
    keys = {button.key for button in app.button}
    assert {"save_run", "save_history", "save_weights", "save_bundle"} <= keys
