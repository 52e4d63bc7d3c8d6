"""The playground: a network and its data side by side, trained live."""

import streamlit as st

from pages.playground.below import standing_still
from pages.playground.controls import data_controls, network_controls, presets
from pages.playground.player import player, player_code
from pages.playground.user import keep_link, session
from pages.shell.shell import in_shell
from pages.shell.widgets import arriving, come_again, page_done

in_shell()
session().show_all()
with st.sidebar:
    presets()
with st.container(gap="xsmall", key="playground"):
    player_code()
    network_controls()
    with st.container(horizontal=True, key="stage"):
        with st.container(width=164, gap="xsmall", key="data"):
            data_controls()
        with st.container(key="stage_player"):
            player(session())
    keep_link()  # after the player, so that the address never promises what the screen doesn't show yet
    with st.container(key="standing"):
        if arriving():
            come_again()  # the player first: the code that draws charts takes the browser a second
        else:
            standing_still(session())
page_done()
