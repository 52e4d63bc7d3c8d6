"""A run is saved as a file, opened by choosing or dropping it, and goes on as if it had never been away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.browser.driving import Playground
from tests.browser.test_playground import expect

ADAM = "/?opt=adam&lr=0.01&journal=8~lr~0.03"
DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  const over = (type) => document.querySelector("h1").dispatchEvent(
    new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: files }));
  over("dragover");
  over("drop");
}"""


def panel(playground: Playground) -> Any:
    """Open the panel, if it isn't open."""
    dialog = playground.page.get_by_role("dialog", name="Take with you")
    if not dialog.count():
        playground.control("take_with_you").get_by_role("button").click()
        expect(dialog).to_be_visible()
    return dialog


def saved(playground: Playground, key: str, folder: Path) -> Path:
    """Press a button of the panel that saves a file, and keep the file."""
    panel(playground)
    with playground.page.expect_download() as download:
        playground.control(key).get_by_role("button").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def choose(playground: Playground, path: Path) -> None:
    """Choose a file in the panel."""
    panel(playground).locator('input[type="file"]').set_input_files(path)


@pytest.fixture
def run_file(visit: Callable[..., Playground], tmp_path: Path) -> tuple[Path, Any, Any]:
    """A file of a run at its frame 14 and what was shown there, and at frame 40 to which it went on."""
    playground = visit(ADAM)
    playground.play_until("shown.frame >= 20")
    playground.pause()
    playground.root.locator('[data-role="scrubber"]').fill("14")
    at = playground.until("shown.frame === 14")
    path = saved(playground, "save_run", tmp_path)
    playground.page.keyboard.press("Escape")
    expect(playground.page.get_by_role("dialog")).to_have_count(0)
    playground.watch()
    playground.play_until("shown.frame >= 40")
    later = [row for row in playground.watched() if row[0] > 14]
    return path, at, later


def goes_on_as(playground: Playground, run_file: tuple[Path, Any, Any]) -> None:
    """The player stands at the file's frame with its numbers, and plays on through the same ones."""
    _, at, later = run_file
    shown = playground.until("shown.frame === 14 && !shown.playing")
    assert (shown.epoch, shown.losses) == (at.epoch, at.losses)
    playground.watch()
    playground.play_until("shown.frame >= 40")
    watched = {row[0]: row for row in playground.watched()}
    both = [row for row in later if row[0] in watched]
    assert len(both) > 15
    assert both == [watched[row[0]] for row in both]


def test_a_run_saved_and_opened_in_a_fresh_page_stands_there_and_plays_on_to_the_same_numbers(
    run_file: tuple[Path, Any, Any], visit: Callable[..., Playground]
) -> None:
    playground = visit()
    choose(playground, run_file[0])
    expect(playground.page.get_by_role("dialog")).to_have_count(0)
    expect(playground.notice).to_have_text("Run file opened, at epoch 14.")
    expect(playground.control("optimizer").get_by_role("combobox")).to_have_value("Adam")
    goes_on_as(playground, run_file)
    assert playground.root.get_attribute("data-journal") == "1"


def test_a_run_file_dropped_on_the_page_opens_and_survives_a_reload(
    run_file: tuple[Path, Any, Any], visit: Callable[..., Playground]
) -> None:
    playground = visit()
    playground.page.evaluate(DROP, [run_file[0].name, run_file[0].read_text("utf-8")])
    expect(playground.notice).to_have_text("Run file opened, at epoch 14.")
    playground.until("shown.frame === 14")
    playground.page.wait_for_timeout(1500)  # in which the tab keeps the run
    playground.page.reload()
    goes_on_as(playground, run_file)


def test_a_run_file_of_many_megabytes_opens_chosen_and_dropped_and_a_larger_one_gets_a_sentence(
    run_file: tuple[Path, Any, Any], visit: Callable[..., Playground], tmp_path: Path
) -> None:
    playground, text, large = visit(), run_file[0].read_text("utf-8"), tmp_path / "large.json"
    large.write_text(text + " " * (19_500_000 - len(text)), encoding="utf-8")
    choose(playground, large)
    expect(playground.notice).to_have_text("Run file opened, at epoch 14.")
    playground.press("new-weights")
    playground.until("shown.frame === 0")
    drop = DROP.replace("[text]", "[text, ' '.repeat(9_500_000 - text.length)]")
    playground.page.evaluate(drop, [large.name, text])
    expect(playground.notice).to_have_text("Run file opened, at epoch 14.", timeout=20_000)
    playground.page.evaluate(drop.replace("9_500_000", "20_500_000"), [large.name, text])
    said = "A file that is dropped may have 10 MB. This one has 20.5 MB: a larger run can be chosen"
    expect(playground.notice).to_contain_text(said, timeout=20_000)


def test_a_refused_file_is_told_in_a_sentence_and_everything_stays(
    visit: Callable[..., Playground], tmp_path: Path
) -> None:
    playground = visit(ADAM)
    playground.play_until("shown.frame >= 5")
    before = playground.pause()
    path = saved(playground, "save_run", tmp_path)
    damaged = json.loads(path.read_text("utf-8"))
    damaged["experiment"]["learning_rate"] = -1
    path.write_text(json.dumps(damaged), encoding="utf-8")
    choose(playground, path)
    alert = playground.page.get_by_role("dialog").get_by_role("alert")
    expect(alert).to_contain_text("This run file can't be opened: Learning rate must be above 0")
    playground.page.keyboard.press("Escape")
    expect(playground.page.get_by_role("dialog")).to_have_count(0)
    dropped = {
        "[]": "must be a record",
        "PK": "can be dropped here",
        path.read_text("utf-8"): "Learning rate must be",
    }
    for text, said in dropped.items():
        playground.page.evaluate(DROP, ["a.zip" if text == "PK" else "a.json", text])
        expect(playground.notice).to_contain_text(said)
    playground.press("step-back")
    playground.until("shown.frame === given.frame", frame=before.frame - 1)
    playground.press("step")
    after = playground.until("shown.frame === given.frame", frame=before.frame)
    assert (after.run.split(".")[0], after.losses) == (before.run.split(".")[0], before.losses)


def test_a_table_dropped_on_the_page_is_read_and_learned(visit: Callable[..., Playground]) -> None:
    playground = visit()
    rows = "\n".join(f"{k % 7},{k % 5},{'ab'[k % 2]}" for k in range(40))
    playground.page.evaluate(DROP, ["measured.csv", f"width,height,kind\n{rows}\n"])
    expect(playground.control("own_data")).to_contain_text("measured.csv: 40 rows, 3 columns")
    playground.control("own_use").get_by_role("button").click()
    expect(playground.root).to_be_visible()
    playground.play_until("shown.frame >= 3")
    expect(playground.page).to_have_url(re.compile("data=own"))


def test_a_lesson_that_locks_bringing_data_takes_no_table_that_is_dropped(
    visit: Callable[..., Playground],
) -> None:
    playground = visit("/?lock=own-data")
    playground.page.evaluate(DROP, ["measured.csv", "a,b,c\n1,2,x\n3,4,y\n"])
    expect(playground.notice).to_have_text("The link to this page locks it.")
    expect(playground.control("own_data")).to_have_count(0)


def test_the_panel_pauses_and_its_numbers_are_those_that_are_shown(
    visit: Callable[..., Playground], tmp_path: Path
) -> None:
    playground = visit()
    playground.play_until("shown.frame >= 5")
    panel(playground)
    shown = playground.until("!shown.playing")
    rows = saved(playground, "save_history", tmp_path).read_text("utf-8").splitlines()
    assert len(rows) == shown.frame + 2
    frame, epoch, _, train_loss, *_ = rows[-1].split(",")
    assert (int(frame), float(epoch)) == (shown.frame, shown.epoch)
    assert float(train_loss) == pytest.approx(shown.train_loss, rel=1e-6)
    assert len(saved(playground, "save_weights", tmp_path).read_text("utf-8").splitlines()) == 26


def test_the_panel_is_opened_used_and_left_with_the_keyboard(playground: Playground) -> None:
    entry = playground.control("take_with_you").get_by_role("button")
    entry.focus()
    entry.press("Enter")
    dialog = playground.page.get_by_role("dialog", name="Take with you")
    expect(dialog.get_by_text("Upload", exact=True)).to_be_visible()  # its code comes later than the rest
    names = []
    for _ in range(12):
        playground.page.keyboard.press("Tab")
        names += playground.page.evaluate(
            "document.activeElement.innerText"
        ).splitlines()  # icons are text too
    assert {"Save run", "Upload", "History (CSV)", "Weights (CSV)"} <= set(names)
    playground.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(entry).to_be_focused()


def test_the_pages_of_the_bundle_open_offline_and_ask_for_nothing_elsewhere(
    visit: Callable[..., Playground], browser: Any, tmp_path: Path
) -> None:
    playground = visit("/?data=spiral3")
    playground.play_until("shown.frame >= 5")
    playground.pause()
    with ZipFile(saved(playground, "save_bundle", tmp_path)) as archive:
        archive.extractall(tmp_path / "bundle")
    pictures = sorted((tmp_path / "bundle" / "figures").glob("backprop-*.png"))
    assert [picture.name.rpartition("epoch-")[2] for picture in pictures] == [
        f"{playground.shown().epoch}-map.png",
        f"{playground.shown().epoch}.png",
    ]
    widths = [int.from_bytes(picture.read_bytes()[16:20], "big") for picture in pictures]
    assert widths[0] == 1920
    assert widths[1] > 3000
    pages = sorted((tmp_path / "bundle" / "figures").glob("[!b]*.html"))
    assert [page.stem for page in pages] == ["confusion_test", "confusion_train", "losses", "weights"]
    context = browser.new_context(offline=True)
    try:
        for path in pages:
            page, asked, errors = context.new_page(), [], []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
            page.goto(path.as_uri())
            expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
            expect(page.locator("body")).to_contain_text("Backprop Playground")
            assert errors == []
            assert len(asked) >= 2
            assert [url for url in asked if not url.startswith(("file://", "data:", "blob:"))] == []
    finally:
        context.close()


def test_an_animation_is_made_while_the_panel_tells_how_far_it_is_and_can_be_cancelled(
    visit: Callable[..., Playground], tmp_path: Path
) -> None:
    playground = visit()
    playground.play_until("shown.frame >= 60")
    dialog = panel(playground)
    playground.until("!shown.playing")
    playground.choose("film_pictures", "60")
    playground.choose("film_size", "720")
    expect(dialog).to_contain_text("60 pictures")
    saving: list[Any] = []
    playground.page.on("download", lambda download: saving.append(download))
    playground.control("make_film").get_by_role("button").click()
    expect(dialog.get_by_role("progressbar")).to_be_visible()
    playground.control("cancel_film").get_by_role("button").click()
    expect(playground.control("make_film")).to_be_visible()
    assert saving == []
    playground.choose("film_size", "240")
    path = saved(playground, "make_film", tmp_path)
    assert path.read_bytes()[:6] == b"GIF89a"
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(f"60 pictures, {len(path.read_bytes()) / 1e6:.2g} MB.")
    preview = dialog.get_by_test_id("stImage").locator("img")
    expect(preview).not_to_have_attribute("src", re.compile(r"\.gif$"))  # still until it is asked for
    playground.control("film_plays").locator("label").click()
    expect(preview).to_have_attribute("src", re.compile(r"\.gif$"))
