"""The pages and their states that are looked at: a row each, with its address and what is done there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from engine.runs.experiment import MAX_LAYERS, MAX_WIDTH
from pages.playground.own_data.ready import READY
from tests.browser.driving import Playground

Act = Callable[[Any], None]
FRAMES = 30
STEPS = 40
"""Most steps of the backprop page that are gone through to see whether it moves."""
AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
POPOVER = '[data-testid="stPopoverBody"]'
LARGEST = f"net={'~'.join([str(MAX_WIDTH)] * MAX_LAYERS)}&act={'~'.join(['tanh'] * MAX_LAYERS)}"
TEN_CLASSES = "data=blobs&k=10&net=8~8&out=softmax&loss=cce"
DEAD_UNITS = "net=6~4&act=relu~relu&out=linear&lr=1&batch=30&seed=1"
SWEEP = "data=xor&vary=activations&vals=tanh,relu&vary2=learning_rate&vals2=0.01,0.1,1&epochs=10"
MANY_CELLS = "vary=hidden&vals=2,4,8,16,4~2,8~8&vary2=noise&vals2=0,0.1,0.2,0.3,0.4,0.5&seeds=2&epochs=3"
OWN = "net=own&own_dims=2~2&own=1~2~1~2~0.1~0.2~0.3~-0.4~0~0"

SHOWN = {
    "playground": ('[data-role="player"][data-frame]', ".st-key-losses .main-svg"),
    "gradient-descent": ('[data-role="stage"][data-drawn]', ".st-key-steps_table canvas"),
    "backprop": ('[data-role="board"][data-drawn][data-whole="true"]', ".st-key-gradient_check"),
    "loss-landscape": ('[data-role="landscape"][data-working="0"]', ".st-key-land_picture_plane .main-svg"),
    "experiments": ('[data-role="sweep"][data-state="done"]', ".st-key-sweep_numbers canvas"),
}
"""Page -> what is there once all of it is shown."""


def settle(page: Any) -> None:
    """Wait until the page has run and the browser has drawn what it was sent."""
    page.locator(AT_REST).wait_for()
    page.evaluate("""async () => {
      await document.fonts.ready;
      for (let k = 0; k < 10; k++) await new Promise(requestAnimationFrame);
    }""")


def stays(page: Any) -> None:
    """Leave the page as it opens."""


def ready(name: str) -> Act:
    """Take a ready table: from the list, as a low screen has no room for its picture."""

    def act(page: Any) -> None:
        player = Playground(page)
        with player.taking():
            player.choose("dataset", READY[name].label)

    return act


def irises(page: Any) -> None:
    """Take the irises, and train some frames."""
    ready("iris")(page)
    train(page)


def irises_by_components(page: Any) -> None:
    """Show the irises on the plane of their principal components."""
    irises(page)
    page.locator('[data-action="pca"][aria-pressed="false"]').click()
    page.locator('[data-action="pca"][aria-pressed="true"]').wait_for()


def made_table(inputs: int, *, values: bool) -> str:
    """A table of 60 rows as text: columns of numbers, and classes or values that follow from the first."""
    rng = np.random.default_rng(inputs)
    X = 100 + rng.normal(size=(60, inputs)) * np.linspace(1, 40, inputs)
    target = 1000 + 30 * X[:, 0] if values else np.where(X[:, 0] > 100, "long", "short")
    columns = {f"measure {k + 1} (mm)": column.round(2) for k, column in enumerate(X.T)}
    return str(pd.DataFrame(columns | {"mass" if values else "kind": target}).to_csv(index=False))


def pasted(text: str) -> Act:
    """Paste a table, and use it."""

    def act(page: Any) -> None:
        page.locator('[data-action="own-data"][data-name="paste"]').click()
        area = page.locator(".st-key-paste textarea")
        area.fill(text)
        area.press("Control+Enter")
        page.locator(".st-key-own_use button:enabled").click()
        page.locator('[data-role="player"][data-sliced]').wait_for()

    return act


def train(page: Any) -> None:
    """Play some frames of the playground, pause, and wait for the figures of that moment."""
    player = Playground(page)
    player.play_until("shown.frame >= given.frames", frames=FRAMES)
    shown = player.pause()
    player.figure("weights", shown.epoch).wait_for()


def opens(key: str) -> Act:
    """Open the popover with this key."""

    def act(page: Any) -> None:
        page.locator(f".st-key-{key}").get_by_role("button").first.click()
        page.locator(POPOVER).wait_for()

    return act


def drawing(page: Any) -> None:
    """Open the drawing, with ten classes and the points of the present data set."""
    page.locator('[data-action="own-data"][data-name="draw"]').click()
    page.locator('[data-role="draw"] [data-action="class"]').first.wait_for()
    page.locator('[data-action="start-from"]').click()
    while (add := page.locator('[data-action="add-class"]')).is_enabled():
        count = page.locator('[data-action="class"]').count()
        add.click()
        page.locator('[data-action="class"]').nth(count).wait_for()


def numbers(page: Any) -> None:
    """Open the drawing's table."""
    drawing(page)
    page.locator('[data-action="show-numbers"]').click()


def digits(page: Any) -> None:
    """Learn the digits for some frames, and point at a unit of the first layer."""
    ready("digits")(page)
    page.locator('[data-role="layer"][data-fold="weights"]').wait_for()
    train(page)
    page.locator('[data-role="neuron"][data-layer="1"][data-index="5"]').focus()


def drawn_digit(page: Any) -> None:
    """Learn the digits, and draw one with the keys."""
    digits(page)
    page.locator('[data-action="digit-yours"]').click()
    pad = page.locator(".digit-pad")
    for key in ("ArrowLeft", "ArrowLeft", " ", *("ArrowRight",) * 4, *("ArrowDown",) * 9):
        pad.press(key)


def comparing(page: Any) -> None:
    """Keep the run after some frames, take other weights, and compare both."""
    train(page)
    page.locator('[data-action="keep-run"]').click()
    page.locator('[data-action="compare"]').wait_for()
    page.locator('[data-action="new-weights"]').click()
    page.locator('[data-role="player"][data-frame="0"]').wait_for()
    page.locator('[data-action="compare"]').click()
    page.locator(".st-key-compare .results").wait_for()
    page.locator(".st-key-pair_losses .main-svg").first.wait_for()


GOOD = "length,width,kind\n" + "".join(f"{k % 7},{k % 5},{'ab'[k % 2]}\n" for k in range(40))
REFUSED = "a,b\n"


def brings(way: str, text: str = "") -> Act:
    """Open a way of bringing data, and paste a text."""

    def act(page: Any) -> None:
        page.locator(f'[data-action="own-data"][data-name="{way}"]').click()
        page.locator(".st-key-own_data").wait_for()
        if text:
            area = page.locator(".st-key-paste textarea")
            area.fill(text)
            area.press("Control+Enter")
            page.locator(
                f".st-key-own_data {'[role=alert]' if text == REFUSED else 'canvas'}"
            ).first.wait_for()

    return act


def taking(page: Any) -> None:
    """Open what the run can be taken along by, after some frames."""
    train(page)
    page.locator(".st-key-take_with_you button").click()
    page.get_by_role("dialog").locator(".st-key-save_code").wait_for()


def taking_animation(page: Any) -> None:
    """Make an animation there, and wait until it is shown."""
    taking(page)
    page.locator(".st-key-make_film button").click()
    page.get_by_role("dialog").get_by_test_id("stImage").locator("img").wait_for()


def listing(page: Any) -> None:
    """List the samples of a cell of the confusion matrix."""
    train(page)
    page.locator('.st-key-confused [role="option"]').first.press("Enter")
    page.locator(".st-key-confused table").wait_for()


def strokes(page: Any) -> Iterator[None]:
    """Draw on the plane, undo that and erase, and look whether anything moved."""
    plane = page.locator('[data-role="draw"] .plane')
    for act in (plane.hover, plane.click, page.locator('[data-action="eraser"]').click, plane.click):
        act()
        settle(page)
        yield
    page.locator('[data-action="eraser"]').click()
    for _ in range(2):
        page.locator('[data-action="undo-drawing"]').click()
        settle(page)
        yield


def steps(page: Any) -> Iterator[None]:
    """Go through the steps of the backprop page, and pause after each to look whether anything moved."""
    if (first := page.locator('[data-action="first"]')).is_enabled():
        first.click()
        page.locator('[data-action="first"]:disabled').wait_for()
    board, after = page.locator(SHOWN["backprop"][0]), page.locator('[data-action="next"]')
    for _ in range(min(STEPS, int(board.get_attribute("data-count")) - 1)):
        drawn = board.get_attribute("data-drawn")
        after.click()
        page.locator(f'{SHOWN["backprop"][0]}:not([data-drawn="{drawn}"])').wait_for()
        yield


def plays(page: Any) -> Iterator[None]:
    """Play, and pause now and then to look whether anything moved."""
    play, pause = (page.locator(f'[data-action="{action}"]') for action in ("play", "pause"))
    play.click()
    pause.wait_for()
    for _ in range(4):
        page.wait_for_timeout(200)
        yield
    if pause.count():  # a descent may be at its end
        pause.click()
    play.wait_for()


@dataclass(frozen=True)
class State:
    """A page as somebody may see it.

    Attributes:
        page:  its path, or "playground" for the first one.
        name:  what this state is called in a finding.
        query: of the address.
        act:   what is done after the page was opened.
        again: whether a change of the window's size undoes that, so that it has to be done again.
        moves: what is then done at each size to see whether the layout moves.
    """

    page: str
    name: str
    query: str = ""
    act: Act = stays
    again: bool = False
    moves: Callable[[Any], Iterator[None]] | None = None

    @property
    def path(self) -> str:
        """The path and the query of its address."""
        return ("/" if self.page == "playground" else f"/{self.page}") + (
            f"?{self.query}" if self.query else ""
        )


def _popover(page: str, key: str, query: str = "") -> State:
    return State(page, f"{key} open", query, opens(key), again=True)


FIVE_INPUTS = "data=seed_004&in=x1~x2~x3~x4~x5&out=softmax&loss=cce"

STATES = (
    State("playground", "as it opens", moves=plays),
    State("playground", "largest network", LARGEST, moves=plays),
    State("playground", "ten classes", TEN_CLASSES, train),
    State("playground", "five inputs", "data=seed_004&in=x1~x2~x3~x4~x5&net=7~4&out=softmax&loss=cce"),
    State("playground", "other two of five inputs", f"{FIVE_INPUTS}&map=x3~x5"),
    State("playground", "components", f"{FIVE_INPUTS}&map=pca", train),
    State("playground", "irises", "", irises),
    State("playground", "irises by components", "", irises_by_components),
    State("playground", "irises in hidden space", "inside=hidden-space", irises),
    State("playground", "values of six columns", "", pasted(made_table(6, values=True))),
    State("playground", "thirty columns", "", pasted(made_table(30, values=False))),
    State("playground", "paused", "", train),
    State("playground", "inside weights", "inside=weights&inside_batch=1", train, moves=plays),
    State("playground", "inside weights of the largest network", f"{LARGEST}&inside=weights&inside_layer=3"),
    State("playground", "inside distributions", "inside=distributions", train, moves=plays),
    State("playground", "inside norms", "inside=norms", train, moves=plays),
    State("playground", "inside hidden space", "inside=hidden-space&inside_layer=2", train, moves=plays),
    State("playground", "inside hidden space of ten classes", f"{TEN_CLASSES}&inside=hidden-space", train),
    State("playground", "dead units", DEAD_UNITS, train, moves=plays),
    State("playground", "drawing", "", drawing, moves=strokes),
    State("playground", "drawing in numbers", "", numbers),
    State("playground", "comparing", "", comparing),
    State("playground", "digits", "", digits, moves=plays),
    State("playground", "a digit drawn", "", drawn_digit),
    State("playground", "inside weights of the digits", "inside=weights", digits),
    State("playground", "uploading", "", brings("upload")),
    State("playground", "pasting", "", brings("paste", GOOD)),
    State("playground", "pasting what is no table", "", brings("paste", REFUSED)),
    *(State("playground", f"ready {name}", "", ready(name)) for name in READY),
    State("playground", "taking along", "", taking),
    State("playground", "taking an animation along", "", taking_animation),
    State("playground", "samples of a cell", "", listing),
    _popover("playground", "more"),
    State("gradient-descent", "as it opens", moves=plays),
    State("gradient-descent", "race", "race=gradient~0.2~0~momentum~0.15~0.5~adam~0.5~0~newton~1~0"),
    State("gradient-descent", "one variable", "on=double_well"),
    _popover("gradient-descent", "race"),
    _popover("gradient-descent", "descent_more"),
    State("backprop", "as it opens", moves=steps),
    State("backprop", "three classes", "net=seed004_mlp&step=dW1&errata=1", moves=steps),
    State("backprop", "by neuron", "by=neuron&step=delta2"),
    State("backprop", "own numbers", OWN),
    _popover("backprop", "update"),
    _popover("backprop", "export"),
    State("loss-landscape", "as it opens"),
    State("loss-landscape", "race", "race=1"),
    _popover("loss-landscape", "land_racers"),
    _popover("loss-landscape", "land_save"),
    State("experiments", "as it opens"),
    State("experiments", "two settings", SWEEP),
    State("experiments", "heatmap", f"{SWEEP}&view=heatmap"),
    State("experiments", "strips", f"{SWEEP}&view=strips"),
    State("experiments", "many cells", MANY_CELLS),
)
