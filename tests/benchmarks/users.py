"""More users at once: each asks over the WebSocket for 30 frames a second, as the player does."""

from __future__ import annotations

import asyncio
import json
import struct
import threading
import time
from collections.abc import Sequence
from typing import Any

CHUNK = 30
ENTER_SECONDS = 60


class Users:
    """Users who play, all in one thread beside this one, until the block ends."""

    def __init__(self, origin: str, count: int, hidden: Sequence[int]) -> None:
        self._address = origin.replace("http", "ws") + "/_stcore/stream"
        self._hidden = list(hidden)
        self._frames = [0] * count
        self._count_from = list(self._frames)
        self._entered = threading.Semaphore(0)
        self._leave = threading.Event()
        self._start = 0.0
        self._thread = threading.Thread(target=lambda: asyncio.run(self._all()), daemon=True)

    def __enter__(self) -> Users:
        if self._frames:
            self._thread.start()
            for _ in self._frames:
                if not self._entered.acquire(timeout=ENTER_SECONDS):
                    raise RuntimeError("A user could not enter.")
        return self

    def __exit__(self, *_: object) -> None:
        self._leave.set()
        if self._frames:
            self._thread.join(ENTER_SECONDS)

    def start_counting(self) -> None:
        self._count_from, self._start = list(self._frames), time.monotonic()

    def frames_per_second(self) -> list[float]:
        """Frames a second of each user since start_counting."""
        elapsed = time.monotonic() - self._start
        return [(now - then) / elapsed for now, then in zip(self._frames, self._count_from, strict=True)]

    async def _all(self) -> None:
        await asyncio.gather(*(self._one(k) for k in range(len(self._frames))))

    async def _one(self, k: int) -> None:
        import websockets

        async with websockets.connect(self._address, max_size=None, subprotocols=["streamlit"]) as socket:
            user = _User(socket, f"user{k}")
            await user.send(b"")
            header = await user.payload()
            await user.finished()
            await user.ask(header, kind="edit", change={"widths": self._hidden})
            header = await user.answer()
            self._entered.release()
            due = time.monotonic()
            while not self._leave.is_set():
                await user.ask(
                    header, kind="frames", after=header["first"] + header["count"] - 1, count=CHUNK
                )
                header = await user.answer()
                self._frames[k] += header["count"]
                due = max(due + header["count"] / 30, time.monotonic())
                await asyncio.sleep(due - time.monotonic())


class _User:
    """One connection: the parts of Streamlit's protocol that a browser needs, and the player's requests."""

    def __init__(self, socket: Any, client: str) -> None:
        self._socket, self._client = socket, client
        self._component = self._fragment = ""
        self._id = 0

    async def send(self, trigger: bytes) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        message = BackMsg()
        message.rerun_script.fragment_id = self._fragment
        if trigger:
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id = f"$$STREAMLIT_INTERNAL_KEY_{self._component}__events"
            widget.json_trigger_value = trigger.decode()
            message.rerun_script.widget_states.widgets.add(id=self._component, json_value="{}")
        else:
            message.rerun_script.query_string = ""
        await self._socket.send(message.SerializeToString())

    async def payload(self) -> dict[str, Any]:
        """The header of the next payload for the player."""
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        async for data in self._socket:
            message = ForwardMsg()
            message.ParseFromString(data)
            component = message.delta.new_element.bidi_component
            if message.WhichOneof("type") == "delta" and component.bytes:
                self._component, self._fragment = component.id, message.delta.fragment_id
                (length,) = struct.unpack_from("<I", component.bytes)
                return json.loads(component.bytes[4 : 4 + length])
        raise ConnectionError("The server closed the connection.")

    async def finished(self) -> None:
        """Wait for the end of a script run: before the first one, the server doesn't know the player."""
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        async for data in self._socket:
            message = ForwardMsg()
            message.ParseFromString(data)
            if message.WhichOneof("type") == "script_finished":
                return

    async def ask(self, header: dict[str, Any], **request: Any) -> None:
        self._id += 1
        shown = header["first"] + max(0, header["count"] - 1)
        stamp = {"client": self._client, "id": self._id, "shown": shown}
        stamp |= {name: header[name] for name in ("run", "generation")}
        await self.send(json.dumps([{"event": "request", "value": stamp | request}]).encode())

    async def answer(self) -> dict[str, Any]:
        """The payload that answers the last request."""
        while True:
            header = await self.payload()
            if header["client"] == self._client and header["answers"] >= self._id:
                return header
