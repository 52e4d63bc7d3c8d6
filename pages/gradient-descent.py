"""Gradient descent on a surface: the step size, its regimes, both convergence tests, and a race of rules."""

from pathlib import Path

import streamlit as st

from pages.gradient_descent.below import below_stage
from pages.gradient_descent.controls import (
    descent_controls,
    descent_presets,
    descent_session,
    keep_descent_link,
)
from pages.gradient_descent.stage import descent_stage, stage_code
from pages.playground.user import keep_run
from pages.shell.controls import selectbox
from pages.shell.lesson import is_framed, lesson
from pages.shell.shell import in_shell
from pages.shell.widgets import arriving, come_again, page_done

in_shell()
st.html(Path(__file__).parent / "gradient_descent" / "page.css")
alone = lesson().alone
if not (alone or is_framed()):
    with st.sidebar:
        descent_presets()
with st.container(gap="xsmall", key="descent"):
    stage_code()
    if not alone:
        descent_controls()
    with st.container(key="stage"):
        descent_stage(descent_session())
    if is_framed() and not alone:
        descent_presets(selectbox)  # in the frame there is no sidebar, and little room
    keep_descent_link()  # after the stage, so that the address never says more than the screen shows
    if not alone:
        with st.container(key="figures"):
            if arriving():
                come_again()  # the stage first: loading the code for charts takes a second
            else:
                below_stage(descent_session())
keep_run(by_address=False)
page_done()
