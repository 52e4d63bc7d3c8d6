"""More users at once: each asks over the WebSocket for 30 frames a second, as the player does."""

from __future__ import annotations

import asyncio
import json
import random
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

CHUNK = 30
FIRST = 5  # frames asked for after Play
ENTER_SECONDS = 120
CONTROL = "train_share"
PRESS_EVERY = 6.0  # seconds, on average, from one press to the next
REST = 0.5  # seconds between Pause and Play
PLACES = (30, 40, 60, 70)  # of the control, in per cent


class Users:
    """Users who play, all in one thread beside this one, until the block ends.

    Args:
        hidden:  widths of the hidden layers of everybody's network.
        edits:   more edits of their networks, made before they play.
        greedy:  the query of a link that the first user opens instead.
        presses: whether each now and then presses Pause, and Play after a rest, or moves a control.
    """

    def __init__(
        self,
        origin: str,
        count: int,
        hidden: Sequence[int],
        *,
        edits: Sequence[Mapping[str, Any]] = (),
        greedy: str = "",
        presses: bool = False,
    ) -> None:
        self._address = origin.replace("http", "ws") + "/_stcore/stream"
        self._edits = [{"widths": list(hidden)}, *edits]
        self._greedy = greedy
        self._presses = presses
        self._frames = [0] * count
        self._count_from, self._bytes_from = list(self._frames), 0
        self._bytes = 0
        self._entered = threading.Semaphore(0)
        self._leave = threading.Event()
        self._start = 0.0
        self._thread = threading.Thread(target=lambda: asyncio.run(self._all()), daemon=True)
        self.play_ms: list[float] = []
        self.control_ms: list[float] = []
        self.opening_s: list[float] = []

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
        self._count_from, self._bytes_from, self._start = list(self._frames), self._bytes, time.monotonic()
        self.play_ms.clear()
        self.control_ms.clear()

    def frames_per_second(self) -> list[float]:
        """Frames a second of each user since start_counting."""
        elapsed = time.monotonic() - self._start
        return [(now - then) / elapsed for now, then in zip(self._frames, self._count_from, strict=True)]

    def frames(self) -> int:
        """All frames since start_counting."""
        return sum(self._frames) - sum(self._count_from)

    def bytes_per_frame(self) -> float:
        """What came over the WebSocket since start_counting, all messages together, per frame."""
        return (self._bytes - self._bytes_from) / max(self.frames(), 1)

    async def _all(self) -> None:
        tasks = [asyncio.create_task(self._one(k)) for k in range(len(self._frames))]
        while not self._leave.is_set():
            await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, k: int) -> None:
        import websockets

        dice = random.Random(k)
        start = time.monotonic()
        async with websockets.connect(self._address, max_size=None, subprotocols=["streamlit"]) as socket:
            user = _User(socket, f"user{k}", self._came)
            query = self._greedy if k == 0 else ""
            await user.send(b"", query=query)
            header = await user.payload()
            self.opening_s.append(time.monotonic() - start)
            await user.finished()
            for edit in () if query else self._edits:
                await user.ask(header, kind="edit", change=edit)
                header = await user.answer()
            self._entered.release()
            due = time.monotonic()
            next_press = due + dice.uniform(1, PRESS_EVERY)
            while True:
                if self._presses and time.monotonic() > next_press:
                    next_press = time.monotonic() + dice.uniform(0.5, 1.5) * PRESS_EVERY
                    if dice.random() < 0.5:
                        header = await self._move_control(user, dice)
                    else:
                        header = await self._press_play(user, header)
                    self._frames[k] += header["count"]
                    due = time.monotonic()
                header = await user.more_frames(header)
                self._frames[k] += header["count"]
                due = max(due + header["count"] / 30, time.monotonic())
                await asyncio.sleep(due - time.monotonic())

    def _came(self, size: int) -> None:
        self._bytes += size

    async def _press_play(self, user: _User, header: dict[str, Any]) -> dict[str, Any]:
        """Rest, then play: the time until the first new frame has come."""
        await asyncio.sleep(REST)
        start = time.monotonic()
        while not (header := await user.more_frames(header, FIRST))["count"]:
            continue
        self.play_ms.append(1000 * (time.monotonic() - start))
        return header

    async def _move_control(self, user: _User, dice: random.Random) -> dict[str, Any]:
        """Move a control: the time until the picture of the new run has come."""
        start = time.monotonic()
        header = await user.move(dice.choice(PLACES))
        self.control_ms.append(1000 * (time.monotonic() - start))
        return header


class _User:
    """One connection: the parts of Streamlit's protocol that a browser needs, and the player's requests."""

    def __init__(self, socket: Any, client: str, came: Callable[[int], None] = lambda size: None) -> None:
        self._socket, self._client, self._came = socket, client, came
        self._component = self._fragment = self._control = ""
        self._share = 50
        self._id = self._run = 0

    async def send(self, trigger: bytes, control: int | None = None, query: str = "") -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        message = BackMsg()
        widgets = message.rerun_script.widget_states.widgets
        if control is not None:
            widgets.add(id=self._control).double_array_value.data.append(control)
            widgets.add(id=self._component, json_value="{}")
        elif trigger:
            message.rerun_script.fragment_id = self._fragment
            widget = widgets.add()
            widget.id = f"$$STREAMLIT_INTERNAL_KEY_{self._component}__events"
            widget.json_trigger_value = trigger.decode()
            widgets.add(id=self._component, json_value="{}")
        else:
            message.rerun_script.query_string = query
        await self._socket.send(message.SerializeToString())

    async def _messages(self) -> Any:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        async for data in self._socket:
            self._came(len(data))
            message = ForwardMsg()
            message.ParseFromString(data)
            slider = message.delta.new_element.slider
            if slider.id.endswith(f"-{CONTROL}"):
                self._control = slider.id
            yield message
        raise ConnectionError("The server closed the connection.")

    async def payload(self) -> dict[str, Any]:
        """The header of the next payload for the player."""
        async for message in self._messages():
            component = message.delta.new_element.bidi_component
            if message.WhichOneof("type") == "delta" and component.bytes:
                self._component, self._fragment = component.id, message.delta.fragment_id
                (length,) = struct.unpack_from("<I", component.bytes)
                header: dict[str, Any] = json.loads(component.bytes[4 : 4 + length])
                self._run = header["run"]
                return header
        raise AssertionError

    async def finished(self) -> None:
        """Wait for the end of a script run: before the first one, the server doesn't know the player."""
        async for message in self._messages():
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

    async def more_frames(self, header: dict[str, Any], count: int = CHUNK) -> dict[str, Any]:
        after = header["first"] + header["count"] - 1
        await self.ask(header, kind="frames", after=after, count=count)
        return await self.answer()

    async def move(self, share: int) -> dict[str, Any]:
        """Move the control to another place; the picture of the run that it makes."""
        share = share if share != self._share else share + 10
        self._share, run = share, self._run
        await self.send(b"", control=share)
        while (header := await self.payload())["run"] == run:
            continue
        return header
