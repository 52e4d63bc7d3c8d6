"""Buttons that save a file: a press counts although the page runs again, until the browser has the file."""

from base64 import b64decode

from streamlit.testing.v1 import AppTest

FILES = "backprop_files"


def page():
    import streamlit as st

    from pages.shell.downloads import download, hand_over_files

    download("Numbers", lambda: "1,2\n", "numbers.csv", "text/csv", key="numbers")
    download("Formulas", "η".encode, "formulas.md", "text/markdown", key="formulas")
    if st.session_state.pop("run_again", False):
        st.rerun()
    hand_over_files()


def names(app):
    return [file["name"] for file in app.session_state[FILES]]


def handed_over(app):
    return len(app.get("bidi_component"))


def test_a_file_is_made_when_its_button_is_pressed_and_not_before():
    app = AppTest.from_function(page).run()
    assert handed_over(app) == 0
    app.button(key="formulas").click().run()
    assert handed_over(app) == 1
    (file,) = app.session_state[FILES]
    assert (file["name"], file["type"]) == ("formulas.md", "text/markdown")
    assert b64decode(file["base64"]).decode() == "η"


def test_a_press_counts_although_the_page_runs_again_before_it_is_through():
    app = AppTest.from_function(page).run()
    app.session_state["run_again"] = True
    app.button(key="numbers").click().run()
    assert handed_over(app) == 1
    app.run()
    assert names(app) == ["numbers.csv"]
    assert handed_over(app) == 1


def test_two_files_wait_in_the_order_of_the_presses():
    app = AppTest.from_function(page).run()
    app.button(key="numbers").click().run()
    app.button(key="formulas").click().run()
    assert names(app) == ["numbers.csv", "formulas.md"]
    assert len({file["id"] for file in app.session_state[FILES]}) == 2
