"""The playground: a network and its data side by side, trained live."""

from pathlib import Path

import streamlit as st

from pages.playground.below import below_player
from pages.playground.compare.panel import compare_panel
from pages.playground.controls import data_controls, network_controls, presets
from pages.playground.own_data.bringing import bringing
from pages.playground.own_data.panel import own_data_panel, player_needs_all
from pages.playground.player import player, player_code
from pages.playground.take.take import take_entry, take_panel
from pages.playground.user import keep_link, session
from pages.shell.lesson import is_framed, kept, lesson
from pages.shell.shell import in_shell
from pages.shell.widgets import arriving, come_again, page_done

in_shell()
if session().works:
    st.switch_page("pages/backprop.py", query_params=kept())
if arriving() or player_needs_all():
    session().show_all()
else:
    session().show_again()
st.html(Path(__file__).parent / "playground" / "page.css")
alone = lesson().alone
if not (alone or is_framed()):
    with st.sidebar:
        presets()
take_entry(session())
with st.container(gap="xsmall", key="playground"):
    player_code()
    if not alone:
        network_controls()
    with st.container(horizontal=True, key="stage"):
        if not alone:
            with st.container(width=164, gap="xsmall", key="data"):
                data_controls()
        with st.container(key="stage_player"):
            if bringing().way and not alone:
                own_data_panel()
            elif session().compares:
                compare_panel(session())
            else:
                player(session())
    if is_framed() and not alone:
        presets()  # in the frame there is no sidebar
    keep_link()  # after the player, so that the address never says more than the screen shows
    if not alone:
        with st.container(key="figures"):
            if arriving():
                come_again()  # the player first: loading the code for charts takes the browser a second
            else:
                below_player(session())
take_panel(session())
page_done()
