"""Sweeps: is that so, or was it the seed? One or two settings varied, several seeds each."""

from pathlib import Path

import streamlit as st

from pages.experiments.controls import sweep_controls
from pages.experiments.user import keep_sweep_link, sweep_session
from pages.experiments.view import picture, picture_code, presets, tables
from pages.playground.user import keep_run
from pages.shell.lesson import lesson
from pages.shell.shell import in_shell
from pages.shell.widgets import page_done

in_shell()
st.html(Path(__file__).parent / "experiments" / "page.css")
user = sweep_session()
alone = lesson().alone
with st.container(gap="xsmall", key="experiments"):
    if not alone:
        sweep_controls(user)
    with st.container(horizontal=True, key="sweep_stage"):
        if not alone:
            with st.container(width=164, key="sweep_presets"):
                presets(user)
        with st.container(key="sweep_main"):
            picture_code()
            picture(user)
    keep_sweep_link()
    if not alone:
        tables(user)
keep_run(by_address=False)
page_done()
