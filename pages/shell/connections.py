"""The server's connections: what it answers leaves at once."""

from __future__ import annotations

import gc
import socket


def answer_at_once() -> None:
    """Let short answers leave at once on the sockets this process listens on, hence on later connections too.

    A connection otherwise holds a second short write back until the first is acknowledged (Nagle's
    algorithm), which the other side does only after 40 ms. asyncio turns that off for sockets that name TCP
    as their protocol; Streamlit's names none. So each file of the page came 40 ms late, and many a message.
    Connections inherit the option from the socket that listens.
    """
    for one in gc.get_objects():
        if type(one) is socket.socket and _is_tcp(one):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _is_tcp(one: socket.socket) -> bool:
    is_open = one.fileno() >= 0
    return is_open and one.type == socket.SOCK_STREAM and one.family in (socket.AF_INET, socket.AF_INET6)
