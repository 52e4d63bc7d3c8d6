"""A teacher's link: how it is read, and what it does to the controls of a page."""

import ast
from pathlib import Path

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

from pages.shell import controls
from pages.shell.lesson import LOCKED, LONGEST_NAME, MOST_NAMES, SEPARATOR, Lesson, read_lesson
from pages.shell.lesson_actions import ACTIONS
from tests.pages.opening import come_to, healthy, in_field, number_fields

PAGES = Path(__file__).parents[3] / "pages"
NAMES_OF_PAGES = ["playground", "gradient-descent", "backprop", "loss-landscape", "experiments"]
NAMES = st.frozensets(
    st.text(min_size=1, max_size=LONGEST_NAME).filter(lambda name: SEPARATOR not in name), max_size=MOST_NAMES
)


@given(hide=NAMES, lock=NAMES, alone=st.booleans())
def test_what_is_written_into_a_link_is_read_back(hide, lock, alone):
    query = {"hide": SEPARATOR.join(hide), "lock": SEPARATOR.join(lock)} | (
        {"only": "player"} if alone else {}
    )
    assert read_lesson(query) == Lesson(hide, lock, alone)


def test_an_address_without_these_parameters_asks_nothing():
    assert read_lesson({"lr": "0.1"}) == Lesson()
    assert read_lesson({"hide": "", "lock": "~~", "only": "everything"}) == Lesson()


def test_a_link_is_read_up_to_its_limits():
    assert read_lesson({"hide": "a" * LONGEST_NAME + "~" + "b" * (LONGEST_NAME + 1)}).hide == {
        "a" * LONGEST_NAME
    }
    many = [f"name_{k}" for k in range(MOST_NAMES + 50)]
    assert read_lesson({"lock": SEPARATOR.join(many)}).lock == set(many[:MOST_NAMES])
    assert len(read_lesson({"lock": "x~" * 1_000_000}).lock) == 1


def test_every_control_of_a_page_can_be_locked_and_hidden():
    made = {name for name in dir(controls) if callable(getattr(controls, name)) and hasattr(streamlit, name)}
    used = {
        f"{path.name}:{node.lineno} st.{node.func.attr}"
        for path in PAGES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"st.{name}" for name in made}
    }
    assert {"button", "selectbox", "slider", "toggle"} <= made
    assert used == set()


def test_a_locked_control_shows_its_value_and_says_why_it_cannot_be_used():
    app = healthy(come_to("playground", lr="0.1", lock="learning_rate~hidden_layers~noise~new_data"))
    rate = app.selectbox(key="learning_rate")
    assert (rate.value, rate.disabled, rate.help) == ("0.1", True, LOCKED)
    assert app.slider(key="noise").disabled
    assert app.button(key="new_data").disabled
    field = number_fields(app)["hidden_layers"]
    assert (field["text"], field["disabled"], field["hint"]) == ("2", True, LOCKED)
    assert not app.selectbox(key="loss").disabled
    app = in_field(app, "hidden_layers", "3")
    assert number_fields(app)["hidden_layers"]["text"] == "2"


def kept_in(app, name):
    """A parameter of the address: some versions of Streamlit's tests give a text, others a list of one."""
    return "".join(app.query_params[name])


def test_a_hidden_control_is_not_there_and_keeps_its_value():
    app = healthy(come_to("playground", lr="0.1", hide="learning_rate~hidden_layers~more~dataset").run())
    keys = {node.key for node in [*app.selectbox, *app.pills, *app.slider]}
    assert not keys & {"learning_rate", "dataset", "features"}
    assert "loss" in keys
    assert not {"hidden_layers", "seed"} & set(number_fields(app))
    assert kept_in(app, "lr") == "0.1"
    assert kept_in(app, "hide") == "learning_rate~hidden_layers~more~dataset"


@pytest.mark.parametrize("page", NAMES_OF_PAGES)
def test_names_that_no_page_knows_do_nothing_and_stay_in_the_address(page):
    app = healthy(come_to(page, hide="no_such_control", lock="<b>~no-such-action").run())
    assert [*app.selectbox]
    assert kept_in(app, "hide") == "no_such_control"
    assert kept_in(app, "lock") == "<b>~no-such-action"


@pytest.mark.parametrize("page", NAMES_OF_PAGES)
def test_everything_that_can_be_hidden_or_locked_may_be_at_once(page):
    names = SEPARATOR.join(healthy(come_to(page).run()).session_state[controls.KNOWN])
    hidden = healthy(come_to(page, hide=names).run())
    assert not [*hidden.selectbox, *hidden.slider, *hidden.button, *hidden.toggle, *number_fields(hidden)]
    locked = healthy(come_to(page, lock=names).run())
    assert all(node.disabled for node in [*locked.selectbox, *locked.slider, *locked.button, *locked.toggle])


@pytest.mark.parametrize("page", NAMES_OF_PAGES)
def test_the_view_alone_has_no_controls_around_it(page):
    app = healthy(come_to(page, only="player").run())
    around = [button for button in app.button if button.key not in OF_THE_VIEW]
    assert not [*app.selectbox, *around, *app.toggle, *app.sidebar.selectbox, *app.sidebar.radio]
    assert kept_in(app, "only") == "player"


VIEWS = {
    "playground": ("player", "thumbnails"),
    "gradient-descent": ("stage",),
    "backprop": ("board",),
    "experiments": ("starts", "sweep"),
}
OF_THE_VIEW = {"run_sweep", "cancel_sweep"}
"""Buttons that are the view's own Play, and stay where it stands alone."""


@pytest.mark.parametrize(
    ("page", "name"), [(page, name) for page, names in ACTIONS.items() for name in names]
)
def test_what_a_link_can_lock_in_a_view_is_an_action_there(page, name):
    folders = [PAGES / page.replace("-", "_") / view for view in VIEWS[page]]
    files = [path for folder in folders for path in [*folder.glob("*.js"), *folder.glob("*.html")]]
    told = "".join(path.read_text("utf-8") for path in files)
    assert f'"{name}"' in told or f"{name}:" in told or f" {name}," in told
