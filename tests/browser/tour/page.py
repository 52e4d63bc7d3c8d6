"""A page of the app in any of the engines: what it shows, and what a person does there."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

from tests.browser.tour.driver import Driver, Step, soon

FOUND = """
  const found = (selector, root = document) => {
    const here = root.querySelector(selector);
    if (here) return here;
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      const inside = shadowRoot && found(selector, shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
"""
"""The first element for a selector, also within the views, which Streamlit keeps in shadow trees."""

BOX = """async (part) => {
  if (!part) return null;
  let [box, before] = [[], []];
  for (let still = 0, drawings = 0; still < 10 && drawings < 300; drawings++) {
    part.scrollIntoView({ block: "nearest" });
    await new Promise(requestAnimationFrame);
    const { left, top, width, height } = part.getBoundingClientRect();
    [box, before] = [[left, top, width, height], box];
    still = String(box) === String(before) ? still + 1 : 0;
  }
  return box[2] && box[3] ? box : null;
}"""
"""Where an element is, once the page around it is at rest: what comes later moves it."""

COLOURS = """async (png) => {
  const { data } = await (async () => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 480;
    canvas.height = Math.round(480 * image.naturalHeight / image.naturalWidth);
    const ctx = canvas.getContext("2d");
    ctx.drawImage(image, 0, 0, canvas.width, canvas.height);
    return ctx.getImageData(0, 0, canvas.width, canvas.height);
  })();
  return new Set(new Uint32Array(data.buffer)).size;
}"""

CANVAS_COLOURS = """(canvas) => {
  if (!canvas || !canvas.width) return 0;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""

FORGET = "() => { if (location.protocol === 'http:') sessionStorage.clear(); }"

LET_PICTURES_PASS = """async (count) => {
  for (let k = 0; k < count; k++) await new Promise(requestAnimationFrame);
}"""


class Page:
    """The page that a driver has open; every question is asked until its answer is true."""

    def __init__(self, driver: Driver, origin: str) -> None:
        self.driver = driver
        self._origin = origin

    def open(self, path: str) -> None:
        """Load a page for somebody whose tab has kept nothing of an earlier run."""
        self.driver.run(FORGET)
        self.driver.open(self._origin + path)

    def reload(self) -> None:
        self.driver.open(self.ask("html", "() => location.href"))

    # What it shows

    def ask(self, selector: str, function: str, *values: Any) -> Any:
        """What a function of the selector's element, or of null, and of values returns."""
        asked = (
            f"async (selector, ...values) => {{ {FOUND} return ({function})(found(selector), ...values); }}"
        )
        return self.driver.run(asked, selector, *values)

    def until(self, selector: str, function: str, *values: Any) -> Any:
        """Wait until a function of an element returns something true, and say what."""
        return soon(
            lambda: self.ask(
                selector, f"(part, ...values) => part && ({function})(part, ...values)", *values
            ),
            lambda: f"{selector}: {function} did not come true with {values}; {self._state(selector)}",
        )

    def _state(self, selector: str) -> str:
        said = (
            "(part) => part ? `${JSON.stringify(part.dataset)} ${part.textContent.slice(0, 300)}` : 'missing'"
        )
        return str(self.ask(selector, said))

    def data(self, selector: str, name: str) -> str:
        """A data attribute of an element."""
        return str(self.ask(selector, "(part, name) => part.dataset[name]", name))

    def says(self, selector: str, words: str) -> None:
        """Wait until an element has these words."""
        self.until(selector, "(part, words) => part.textContent.includes(words)", words)

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Left, top, width and height of an element, which is brought into view."""
        found = soon(lambda: self.ask(selector, BOX), lambda: f"{selector} is not shown")
        left, top, width, height = found
        return left, top, width, height

    def place(self, selector: str, across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
        """A point of an element, counted in shares of its size."""
        left, top, width, height = self.box(selector)
        return left + across * width, top + down * height

    def painted(self, selector: str) -> int:
        """How many colours a canvas has, once it has many."""
        return int(
            self.until(
                selector, f"(canvas) => {{ const n = ({CANVAS_COLOURS})(canvas); return n > 50 && n; }}"
            )
        )

    def let_pictures_pass(self, count: int) -> None:
        """Let the browser draw some times."""
        self.driver.run(LET_PICTURES_PASS, count)

    # What one does

    def hover(self, selector: str, across: float = 0.5, down: float = 0.5) -> None:
        x, y = self.place(selector, across, down)
        self.driver.point((x - 3, y - 3), (x, y))

    def click(self, selector: str, across: float = 0.5, down: float = 0.5) -> None:
        self.drag(selector, (across, down))

    def drag(self, selector: str, *shares: tuple[float, float]) -> None:
        """Press the mouse at the first point of an element, and let it go at the last."""
        first, *rest = [self.place(selector, *share) for share in shares]
        steps: list[Step] = [first, "down", *rest, "up"]
        self.driver.point(*steps)

    def action(self, name: str) -> None:
        """Press a view's button."""
        self.click(f'[data-action="{name}"]')

    def type(self, key: str, text: str) -> None:
        """Write a text into a native field in place of what is there, and confirm."""
        field = f".st-key-{key} input"
        self.click(field)
        self.until(field, "(input) => input.getRootNode().activeElement === input")
        self.ask(field, "(input) => input.select()")
        self.driver.press(*text, "Enter")

    def saved(self, pattern: str) -> Path:
        """The file that was saved under a name that the pattern fits, once it is whole."""
        names = re.compile(pattern)
        return soon(
            lambda: next((file for file in self.driver.files() if names.fullmatch(file.name)), None),
            lambda: f"{pattern} was not saved: {[file.name for file in self.driver.files()]}",
        )

    def colours(self, picture: Path) -> int:
        """How many colours a saved PNG has when it is shown small."""
        return int(self.driver.run(COLOURS, base64.b64encode(picture.read_bytes()).decode()))
