"""Widgets that are made anew when the page gives them another value."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from pages.shell.controls import text_input
    from pages.shell.renewed import renewed

    state = st.session_state
    state.setdefault("value", "a")
    state.setdefault("heard", [])

    def write(text):
        state["heard"].append(text)
        state["value"] = text if len(text) == 1 else state["value"]

    text_input("Text", **renewed("text", state["value"], write))
    if st.button("b"):
        state["value"] = "b"
        st.rerun()


def test_what_the_user_chooses_is_heard_and_the_widget_stays():
    app = AppTest.from_function(page).run()
    before = app.text_input[0].key
    app.text_input[0].set_value("c").run()
    assert app.session_state["heard"] == ["c"]
    assert (app.text_input[0].key, app.text_input[0].value) == (before, "c")


def test_a_value_from_the_page_makes_another_widget_that_takes_the_old_value_again():
    app = AppTest.from_function(page).run()
    before = app.text_input[0].key
    app.button[0].click().run()
    assert app.text_input[0].value == "b"
    assert app.text_input[0].key != before
    app.text_input[0].set_value("a").run()
    assert app.session_state["heard"] == ["a"]
    assert app.text_input[0].value == "a"


def test_a_value_that_the_page_does_not_take_gives_way_to_the_one_in_force():
    app = AppTest.from_function(page).run()
    for _ in range(2):
        app.text_input[0].set_value("too long").run()
        assert app.text_input[0].value == "a"
    assert app.session_state["heard"] == ["too long"] * 2
