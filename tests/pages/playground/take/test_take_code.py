"""The code of a run on the page, without a browser."""

import json
from base64 import b64decode

import pytest
from streamlit.testing.v1 import AppTest

from engine import Experiment, Run, SettingChanged, notebook, numpy_script, torch_script
from engine.export.agreement import torch_agreement
from pages.playground.session import Session
from pages.playground.take.code import FIRST_EPOCHS, FURTHER, KINDS, MOST_SHOWN, part_of

FILES = "backprop_files"


def page():
    import streamlit as st

    from pages.playground.take.code import code_section

    code_section(st.session_state["user"])


def opened(user):
    app = AppTest.from_function(page, default_timeout=30)
    app.session_state["user"] = user
    return app.run()


def trained(frames, **given):
    user = Session(Experiment(**given))
    for _ in range(frames):
        user.timeline.advance()
    user.shown = frames
    return user


def chosen(app, kind):
    app.session_state["code_kind"] = kind
    return app.run()


def caption(app):
    return " ".join(entry.value for entry in app.caption)


def test_the_script_in_numpy_comes_first_and_trains_as_far_as_the_run_stands():
    app = opened(trained(4))
    assert not app.exception
    assert app.code[0].value == numpy_script(Run(Experiment()), epochs=4).rstrip("\n")
    assert "trains 4 epochs, up to where this run stands" in caption(app)


def test_pytorch_says_what_was_measured_and_with_which_versions():
    app, seen = chosen(opened(trained(2)), "torch"), torch_agreement()
    assert app.code[0].value == torch_script(Run(Experiment()), epochs=2).rstrip("\n")
    assert f"at most {seen.largest_difference:.0e} of it (PyTorch {seen.torch}" in caption(app)


def test_the_notebook_shows_its_cells_and_goes_on_from_the_frame():
    app = chosen(opened(trained(3)), "notebook")
    assert "run = engine.Run.from_link(" in app.code[0].value
    assert "up to frame 3 to the same bits" in caption(app)


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_that_is_saved_is_the_whole_code(kind):
    app = chosen(opened(trained(2)), kind)
    app.button(key="save_code").click().run()
    (file,) = app.session_state[FILES]
    run = Run(Experiment(), frame=2)
    whole = {
        "numpy": ("run-circle-numpy.py", numpy_script(run, epochs=2)),
        "torch": ("run-circle-pytorch.py", torch_script(run, epochs=2)),
        "notebook": ("run-circle.ipynb", notebook(run, further=FURTHER)),
    }
    text = b64decode(file["base64"]).decode()
    assert (file["name"], text) == whole[kind]
    if kind == "notebook":
        assert json.loads(text)["nbformat"] == 4


def test_of_a_run_at_its_first_weights_a_script_trains_a_hundred_epochs():
    app = opened(trained(0))
    assert app.code[0].value == numpy_script(Run(Experiment()), epochs=FIRST_EPOCHS).rstrip("\n")
    assert "trains 100 epochs, as this run stands at its first weights" in caption(app)


def test_between_two_epochs_the_script_ends_at_the_last_whole_one():
    part = part_of(trained(40, unit="mini-batch"))
    assert (part.epochs, part.run.frame) == (1, 40)
    assert part.extent == "It trains 1 epoch, the last whole one before where this run stands."


def test_what_is_changed_later_than_the_shown_frame_waits():
    user = trained(6)
    user.timeline.change(Experiment(learning_rate=0.5))
    user.timeline.advance()
    user.shown = 3
    assert SettingChanged(6, "learning_rate", 0.5) in part_of(user).run.journal
    assert "0.5 from" not in opened(user).code[0].value


def test_a_run_that_cannot_be_written_gets_its_sentence_and_no_code():
    user = trained(2, optimizer="adam")
    user.timeline.change(Experiment(optimizer="adam", optimizer_parameters=(("amsgrad", True),)))
    user.timeline.advance()
    user.shown = 3
    app = chosen(opened(user), "torch")
    assert [entry.value for entry in app.info] == [
        "A script for PyTorch can't switch AMSGrad on while it trains."
    ]
    assert not app.code


def test_of_long_code_the_beginning_is_shown_and_the_file_has_all(monkeypatch):
    monkeypatch.setattr("pages.playground.take.code.MOST_SHOWN", 500)
    app = opened(trained(1))
    assert len(app.code[0].value) <= 500 < MOST_SHOWN
    assert "the saved file has all of it" in caption(app)
