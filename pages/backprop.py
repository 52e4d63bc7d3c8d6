"""Backpropagation with the actual numbers: every step of one update as symbols, numbers and result."""

from pathlib import Path

import streamlit as st

from pages.backprop.answer import check_answer
from pages.backprop.board import board, board_code
from pages.backprop.controls import backprop_controls, backprop_session, keep_backprop_link
from pages.backprop.gradcheck import gradient_check_panel
from pages.backprop.own_numbers import own_numbers
from pages.playground.user import keep_run
from pages.shell.lesson import lesson
from pages.shell.shell import in_shell
from pages.shell.widgets import arriving, come_again, page_done

in_shell()
user = backprop_session()
alone = lesson().alone
st.html(Path(__file__).parent / "backprop" / "page.css")
with st.container(gap="xsmall", key="backprop"):
    board_code()
    if not alone:
        backprop_controls(user)
    panel = st.container(key="board_panel")
    if not alone:
        own_numbers(
            user
        )  # run first, as the board shows what they make; below it, so that it stays where it is
    with panel:
        board(user)
    keep_backprop_link(user)  # after the board, so that the address never says more than the screen shows
    if not alone:
        with st.container(gap="xsmall", key="below"):
            check_answer(user)
            if arriving():
                come_again()  # the board first: loading the code for charts takes the browser a second
            else:
                gradient_check_panel(user)
keep_run(by_address=False)
page_done()
