"""What was trained survives a reload, a killed server and a cut connection; what was pressed is done."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks import recovery
from tests.browser.driving import Playground, Server, free_port, serve
from tests.browser.test_own_data import send, use
from tests.browser.test_playground import expect

SOON = 15_000
"""Milliseconds in which a page is back; it takes about one second, and some more to connect again."""
CHANGED = "/?journal=8~lr~0.3~~12~set~4~-0.75~~12~freeze~4~~20~lr~0.1"
"""A run with two changes of the learning rate, a weight set by hand and a frozen one."""


class Restartable:
    """A server that can be killed, and started again at the same address."""

    def __init__(self, log: Path, *options: str) -> None:
        self.log, self.options, self.port = log, options, free_port()
        self.running = ExitStack()
        self.start()

    def start(self) -> None:
        """Serve, with nothing known of earlier sessions."""
        serving = serve(self.log, port=self.port, options=self.options)
        self.server: Server = self.running.enter_context(serving)

    def kill(self) -> None:
        """End it at once, as a crash does."""
        self.server.process.kill()
        self.server.process.wait()


class Wire:
    """A port that hands on to another one, until it is cut."""

    def __init__(self, to: int) -> None:
        self.to, self.port, self.whole = to, free_port(), True
        self.open: list[socket.socket] = []

    def __enter__(self) -> Wire:
        self.listening = socket.create_server(("localhost", self.port))
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listening.close()
        self.cut()

    def cut(self) -> None:
        """Close what is open, and refuse what comes."""
        self.whole = False
        while self.open:
            with suppress(OSError):
                self.open.pop().shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Hand on again."""
        self.whole = True

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near = self.listening.accept()[0]
                if not self.whole:
                    near.close()
                    continue
                far = socket.create_connection(("localhost", self.to))
                self.open += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._hand_on, args=ends, daemon=True).start()

    @staticmethod
    def _hand_on(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def restartable(tmp_path: Path) -> Iterator[Restartable]:
    made = Restartable(tmp_path / "log.txt")
    with made.running:
        yield made


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    yield page
    page.context.close()


KEPT = """frame => JSON.parse(sessionStorage.getItem("backprop-run") || "{}").frame === frame"""


def paused_at_rest(playground: Playground) -> tuple[Any, Any]:
    """Pause, let the page come to rest and the tab keep the run; what is shown, and the curve's numbers."""
    shown = playground.pause()
    playground.page.wait_for_timeout(1500)
    playground.page.wait_for_function(KEPT, arg=shown.frame, timeout=SOON)
    return shown, settings_of(playground)


def settings_of(playground: Playground) -> tuple[str, int]:
    """The learning rate's control, and the number of changes in the journal."""
    rate = playground.control("learning_rate").locator("input").input_value().strip()
    return rate, int(playground.root.get_attribute("data-journal"))


def has_settings(playground: Playground, settings: tuple[str, int]) -> None:
    """Expect them; the page's controls follow the player."""
    field = playground.control("learning_rate").locator("input")
    expect(field).to_have_value(re.compile(rf"^\s*{re.escape(settings[0])}\s*$"))
    assert settings_of(playground) == settings, playground.page.url


def wait_until_back(playground: Playground) -> None:
    expect(playground.notice).to_contain_text("this tab had kept the run", timeout=SOON)


def test_a_reload_comes_back_to_the_frame_with_all_that_was_changed(browser, server, tab):
    playground = Playground(tab).open(server.origin + CHANGED)
    playground.play_until("shown.frame >= 40")
    shown, settings = paused_at_rest(playground)
    tab.reload()
    wait_until_back(playground)
    assert playground.shown() == shown
    assert settings == ("0.1", 4)
    has_settings(playground, settings)
    later = playground.play_until("shown.frame >= given.wanted", wanted=shown.frame + 10)
    assert later.playing


def impossible_delta() -> bytes:
    """A message at which Streamlit's page gives up: it has no such place."""
    message = ForwardMsg()
    message.delta.add_block.allow_empty = True
    message.metadata.delta_path.extend([0, 1000, 0])
    return message.SerializeToString()


def test_a_page_that_streamlit_has_emptied_by_an_error_comes_back_by_itself(server, tab):
    wires: list[Any] = []
    tab.route_web_socket(
        re.compile("/_stcore/stream"), lambda wire: wires.append((wire, wire.connect_to_server()))
    )
    playground = Playground(tab).open(server.origin + CHANGED)
    playground.play_until("shown.frame >= 40")
    shown, settings = paused_at_rest(playground)
    with tab.expect_event("pageerror"):
        wires[-1][0].send(impossible_delta())
    wait_until_back(playground)
    assert playground.shown() == shown
    has_settings(playground, settings)


def test_a_server_killed_while_the_page_is_paused_is_not_even_noticed(restartable, tab):
    playground = Playground(tab).open(restartable.server.origin + CHANGED)
    playground.play_until("shown.frame >= 40")
    shown, settings = paused_at_rest(playground)
    restartable.kill()
    tab.wait_for_timeout(1000)
    restartable.start()
    wait_until_back(playground)
    assert playground.shown() == shown
    has_settings(playground, settings)
    playground.press("step-back")
    earlier = playground.until("shown.frame === given.wanted", wanted=shown.frame - 1)
    playground.press("step")
    assert playground.until("shown.frame === given.wanted", wanted=shown.frame) == shown
    assert earlier.losses != shown.losses


def test_a_server_killed_while_it_plays_is_said_and_the_run_plays_on_to_the_bit(restartable, tab):
    playground = Playground(tab).open(restartable.server.origin + CHANGED)
    playground.watch()
    playground.play_until("shown.frame >= 30")
    restartable.kill()
    expect(playground.notice).to_contain_text("The server doesn't answer", timeout=SOON)
    expect(playground.root).to_have_attribute("data-playing", "false")
    at = playground.shown().frame
    restartable.start()
    playground.until("shown.playing && shown.frame > given.at + 30", at=at)
    playground.pause()
    seen = {frame: rest for frame, *rest in playground.watched()}
    undisturbed = Playground(tab.context.new_page()).open(restartable.server.origin + CHANGED)
    undisturbed.watch()
    undisturbed.play_until("shown.frame >= given.at + 20", at=at)
    for frame, *rest in undisturbed.watched():
        assert seen.get(frame, rest) == rest
    assert at + 10 in seen


def test_a_connection_cut_for_longer_than_a_session_lives_costs_nothing(tmp_path, tab):
    short = Restartable(tmp_path / "log.txt", "--server.disconnectedSessionTTL", "1")
    with short.running, Wire(short.port) as wire:
        playground = Playground(tab).open(f"http://localhost:{wire.port}{CHANGED}")
        playground.play_until("shown.frame >= 30")
        shown, settings = paused_at_rest(playground)
        wire.cut()
        tab.wait_for_timeout(4000)
        wire.mend()
        wait_until_back(playground)
        assert playground.shown() == shown
        assert settings_of(playground) == settings, playground.page.url


def test_another_address_is_opened_and_the_last_run_is_offered(server, tab):
    playground = Playground(tab).open(server.origin + CHANGED)
    playground.play_until("shown.frame >= 30")
    shown, _ = paused_at_rest(playground)
    playground.open(server.origin + "/?data=xor")
    expect(playground.notice).to_contain_text(f"last run, at epoch {shown.epoch}, is kept")
    assert playground.shown().frame == 0
    playground.press("last-run")
    wait_until_back(playground)
    assert playground.shown() == shown


def test_on_another_page_the_run_comes_back_too(server, tab):
    playground = Playground(tab).open(server.origin + "/?lr=0.1")
    playground.play_until("shown.frame >= 20")
    shown, _ = paused_at_rest(playground)
    sidebar = tab.get_by_test_id("stSidebar")
    sidebar.get_by_role("link", name="Backprop").click()
    tab.locator('[data-role="board"]').wait_for()
    tab.reload()
    tab.locator('[data-role="board"]').wait_for()
    tab.wait_for_timeout(1500)
    sidebar.get_by_role("link", name="Playground").click()
    playground.until("shown.frame === given.frame", frame=shown.frame)
    assert playground.shown() == shown


def test_where_storage_is_forbidden_the_app_works_without_recovery(server, tab):
    tab.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('forbidden'); } })"
    )
    playground = Playground(tab).open(server.origin)
    playground.play_until("shown.frame >= 10")
    assert playground.pause().frame >= 10


def test_who_leaves_a_playing_page_finds_it_playing_at_the_frame_that_was_left(server, tab):
    playground = Playground(tab).open(server.origin)
    sidebar = tab.get_by_test_id("stSidebar")
    playground.play_until("shown.frame >= 25")
    left = playground.shown().frame
    sidebar.get_by_role("link", name="Gradient descent").click()
    tab.locator('[data-role="stage"]').wait_for()
    tab.wait_for_timeout(3000)
    sidebar.get_by_role("link", name="Playground").click()
    playground.until("shown.playing && shown.frame > given.left", left=left)
    tab.wait_for_timeout(300)
    sidebar.get_by_role("link", name="Backprop").click()
    tab.get_by_text(re.compile("Network", re.I)).first.wait_for()


def test_a_tensorflow_playground_address_opens_the_same_set_up(server, tab):
    link = "/#activation=relu&batchSize=5&dataset=spiral&learningRate=0.1&networkShape=8,8&seed=0.4"
    playground = Playground(tab)
    tab.goto(server.origin + link)
    playground.root.wait_for()
    assert playground.widths() == [8, 8]
    expect(playground.notice).to_contain_text("no counterpart")
    expect(playground.control("dataset").locator("input")).to_have_value("Spiral")
    tab.wait_for_url("**/?data=spiral*")
    assert "#" not in tab.url


def test_a_copied_link_opens_the_run_at_its_frame(server, tab):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    playground = Playground(tab).open(server.origin + CHANGED)
    playground.play_until("shown.frame >= 25")
    shown, settings = paused_at_rest(playground)
    playground.press("copy-link")
    expect(playground.notice).to_contain_text("Link copied")
    link = tab.evaluate("navigator.clipboard.readText()")
    assert f"frame={shown.frame}" in link
    other = Playground(tab.context.browser.new_page()).open(link)
    assert other.until("shown.frame === given.frame", frame=shown.frame) == shown
    expect(other.control("learning_rate").locator("input")).to_have_value(re.compile(settings[0]))
    other.page.close()


SLOW = """
import time
from pages.playground.session import Session
start = Session._start
def slow(*args, **kwargs):
    time.sleep(0.4)
    start(*args, **kwargs)
Session._start = slow
"""
"""A server that needs 0.4 s longer for every new run."""


@pytest.fixture(scope="module")
def slow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("slow") / "log.txt", before=SLOW) as server:
        yield server


WAITS = (0, 50, 100, 200, 360)
"""Milliseconds from a change to Play."""


def thumbnail(name: str) -> str:
    return f'[data-action="dataset"][data-name="{name}"]'


CHANGES = {
    "data set": lambda p, k: p.page.locator(thumbnail(("xor", "circle")[k % 2])).click(),
    "hidden layers": lambda p, k: p.type("hidden_layers", str(3 + k)),
    "reset": lambda p, k: p.press("reset"),
    "new weights": lambda p, k: p.press("new-weights"),
    "preset": lambda p, k: p.choose("preset", ("Three arms", "Six hills")[k % 2]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_play_pressed_while_a_change_is_under_way_starts_the_new_run(slow_server, tab, change):
    playground = Playground(tab).open(slow_server.origin)
    for k, wait in enumerate(WAITS):
        playground.play_until("shown.frame >= 5")
        playground.pause()
        tab.wait_for_timeout(300)
        before = playground.shown().run
        CHANGES[change](playground, k)
        tab.wait_for_timeout(wait)
        playground.press("play")
        playground.until("shown.run !== given.before && shown.playing && shown.frame >= 3", before=before)
        playground.pause()
        tab.wait_for_timeout(300)


def test_a_run_asked_for_after_play_was_pressed_stands_at_its_first_frame(server, tab):
    playground = Playground(tab).open(server.origin)
    playground.play_until("shown.frame >= 8")
    with playground.taking():
        tab.locator(thumbnail("xor")).click()
    tab.wait_for_timeout(500)
    assert (playground.shown().frame, playground.shown().playing) == (0, False)


def test_a_whole_class_comes_back_after_one_restart():
    # How soon is measured by the benchmark "recovery". A thread: Playwright's event loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        assert len(thread.submit(recovery.run, 8).result()) == 8


def test_a_table_of_a_megabyte_survives_a_reload_and_a_restart_and_goes_with_its_run(
    browser: Any, tmp_path: Path
) -> None:
    server = Restartable(tmp_path / "log.txt")
    with server.running:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(SOON)
        playground = Playground(page).open(f"{server.server.origin}/")
        rng = np.random.default_rng(0)
        X = rng.normal(size=(6000, 8))
        lines = [",".join(f"{x:.17g}" for x in row) + f",{'ab'[int(row.sum() > 0)]}" for row in X]
        text = "\n".join([",".join("abcdefgh") + ",species", *lines])
        assert len(text) > 900_000
        send(playground, "large.csv", text.encode())
        use(playground)
        playground.play_until("shown.epoch >= 3")
        before = playground.pause()
        page.wait_for_function(IS_STORED)
        page.reload()
        playground.root.wait_for()
        assert playground.until("shown.frame === given.frame", frame=before.frame).losses == before.losses
        server.kill()
        server.start()
        playground.play_until("shown.frame >= given.frame", frame=before.frame + 90)  # beyond what had come
        assert playground.pause().train_loss < 0.1
        expect(playground.control("dataset").get_by_role("combobox")).to_have_value("large.csv")
        page.locator('[data-action="dataset"][data-name="xor"]').click()
        page.wait_for_function(f"async () => !(await ({IS_STORED})())")
        page.close()


IS_STORED = """async () => {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === "backprop")) return false;
  const database = await new Promise((done) => {
    const opening = indexedDB.open("backprop");
    opening.onsuccess = () => done(opening.result);
  });
  const count = await new Promise((done) => {
    const counting = database.transaction("texts").objectStore("texts").count();
    counting.onsuccess = () => done(counting.result);
  });
  database.close();
  return count === 1;
}"""
