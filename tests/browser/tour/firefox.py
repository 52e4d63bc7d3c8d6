"""Firefox, driven by WebDriver BiDi, which it speaks itself over a WebSocket."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.tour.actions import key_actions, pointer_actions
from tests.browser.tour.driver import HEIGHT, START_SECONDS, WIDTH, Step, process, soon

PREFERENCES: dict[str, Any] = {
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "browser.aboutwelcome.enabled": False,
    "browser.download.alwaysOpenPanel": False,  # it would take the focus from the page
    "browser.download.folderList": 2,  # the one that browser.download.dir names
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "",
    "toolkit.telemetry.unified": False,
    "ui.allPointerCapabilities": 6,  # a mouse, exact and able to hover: without a screen there is none
    "ui.primaryPointerCapabilities": 6,
}

CALL = "async (text) => JSON.stringify([await (FUNCTION)(...JSON.parse(text))])"


class Firefox:
    """A Firefox with one page, as a Driver."""

    name = "Firefox"

    def __init__(self, connection: Any, downloads: Path) -> None:
        self._downloads = downloads
        self._connection = connection
        self._numbers = itertools.count(1)
        self._problems: list[str] = []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        # A tab of its own has the focus; the one that Firefox begins with is told of none.
        self._page = self._ask("browsingContext.create", type="tab")["context"]
        self._of_page("browsingContext.setViewport", viewport={"width": WIDTH, "height": HEIGHT})

    def _ask(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self._connection.recv(60))).get("id") != number:
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                self._problems.append(answer["params"]["text"])
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def _of_page(self, method: str, **params: Any) -> Any:
        return self._ask(method, context=self._page, **params)

    def open(self, url: str) -> None:
        self._of_page("browsingContext.navigate", url=url, wait="complete")

    def run(self, function: str, *values: Any) -> Any:
        answer = self._ask(
            "script.callFunction",
            functionDeclaration=CALL.replace("FUNCTION", function),
            arguments=[{"type": "string", "value": json.dumps(values)}],
            awaitPromise=True,
            userActivation=False,
            target={"context": self._page},
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])[0]

    def point(self, *steps: Step) -> None:
        self._of_page("input.performActions", actions=pointer_actions(steps))

    def press(self, *keys: str) -> None:
        self._of_page("input.performActions", actions=key_actions(keys))

    def problems(self) -> list[str]:
        self._ask("session.status")
        met, self._problems = self._problems, []
        return met

    def files(self) -> list[Path]:
        unfinished = {file.with_suffix("") for file in self._downloads.glob("*.part")}
        return [
            file for file in self._downloads.glob("*.*") if file not in unfinished and file.stat().st_size
        ]

    def screenshot(self) -> bytes:
        return base64.b64decode(self._of_page("browsingContext.captureScreenshot")["data"])


def find() -> str | None:
    """The path of a Firefox: the one that the variable FIREFOX names, or the first on the path."""
    names = (os.environ.get("FIREFOX"), "firefox-esr", "firefox")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@contextmanager
def start(binary: str, folder: Path, preferences: dict[str, Any] | None = None) -> Iterator[Firefox]:
    """A headless Firefox with a profile of its own below a folder, until the block ends."""
    from websockets.sync.client import connect

    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir()
    downloads.mkdir()
    own = PREFERENCES | {"browser.download.dir": str(downloads)} | (preferences or {})
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in own.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [binary, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    announced = profile / "WebDriverBiDiServer.json"
    with process(command, env={**os.environ, "HOME": str(folder)}, **quiet):
        said = soon(
            lambda: announced.exists() and announced.read_text(encoding="utf-8"),
            lambda: f"{binary} does not say where it listens",
            START_SECONDS,
        )
        where = json.loads(said)
        address = f"ws://{where['ws_host']}:{where['ws_port']}/session"
        with connect(address, max_size=None) as connection:
            yield Firefox(connection, downloads)
