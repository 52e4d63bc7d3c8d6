"""The loss of the playground's network on a plane through its weights, with the path that training took."""

from pathlib import Path

import streamlit as st

from pages.loss_landscape.below import show_curves, show_pictures
from pages.loss_landscape.controls import keep_landscape_link, landscape_controls, landscape_session
from pages.playground.user import keep_run
from pages.shell.lesson import lesson
from pages.shell.shell import in_shell
from pages.shell.widgets import page_done

in_shell()
st.html(Path(__file__).parent / "loss_landscape" / "page.css")
user = landscape_session()
with st.container(gap="xsmall", key="landscape"):
    if user is None:
        st.info("A loss landscape needs at least two weights; this network has one. Add a neuron.")
    else:
        show_pictures(user, keep_landscape_link)
        if not lesson().alone:
            landscape_controls(user)
        show_curves(user)
keep_run(by_address=True)
page_done()
