"""The server's answers aren't held back."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from pages.shell import shell
from pages.shell.connections import answer_at_once
from tests.pages.opening import come_to


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A socket that listens as Streamlit's does: with no protocol named."""
    with closing(socket.socket(family=socket.AF_INET)) as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one


def waits(listening: socket.socket) -> bool:
    """Whether a new connection holds short writes back."""
    with closing(socket.create_connection(listening.getsockname())):
        accepted, _ = listening.accept()
        with closing(accepted):
            return not accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_connections_made_later_send_at_once(listening: socket.socket) -> None:
    assert waits(listening)
    answer_at_once()
    assert not waits(listening)


def test_sockets_that_are_closed_or_not_tcp_are_left_alone() -> None:
    closed = socket.socket()
    closed.close()
    with closing(socket.socket(type=socket.SOCK_DGRAM)):
        answer_at_once()
    assert closed.fileno() < 0


def test_the_first_run_of_a_page_sees_to_it(listening: socket.socket) -> None:
    shell._prepare_process.cache_clear()
    come_to("playground")
    assert not waits(listening)
