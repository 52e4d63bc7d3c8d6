"""The zip has pictures in every format: drawings look as the pixels do, alone and offline, with no script."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.browser.driving import Playground
from tests.browser.test_own_data import send, use
from tests.browser.test_playground import expect
from tests.browser.test_take import panel, saved

DIFFERENCE = """async (addresses) => {
  const images = await Promise.all(addresses.map(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  }));
  const { width, height } = images[0];
  const [one, other] = images.map((image) => {
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  });
  let sum = 0, far = 0;
  for (let k = 0; k < one.length; k += 4) {
    const apart = Math.max(...[0, 1, 2].map((c) => Math.abs(one[k + c] - other[k + c])));
    sum += apart;
    if (apart > 48) far++;
  }
  const count = one.length / 4;
  return { far: far / count, mean: sum / count, ratio: images[1].width / width };
}"""
SVG = "{http://www.w3.org/2000/svg}"
NAMES = 'a <b>length</b>,"a & b\'",kind\n' + "".join(
    f"{k % 7},{k % 5},{'=1+1' if k % 2 else '<script>alert(1)</script>'}\n" for k in range(40)
)


def pictures(playground: Playground, folder: Path) -> dict[str, Path]:
    """What the zip has among its figures, by what their names end with."""
    with ZipFile(saved(playground, "save_bundle", folder)) as archive:
        archive.extractall(folder / "zip")
    found = sorted((folder / "zip" / "figures").iterdir())
    return {
        re.sub(r"^backprop-.*epoch-\d+(-map)?", lambda it: "map" if it[1] else "player", path.name): path
        for path in found
    }


def address(path: Path) -> str:
    kind = "svg+xml" if path.suffix == ".svg" else "png"
    return f"data:image/{kind};base64,{b64encode(path.read_bytes()).decode()}"


def holds_nothing_foreign(drawing: str) -> None:
    """No script, no handler, and no address but those of data and of its own parts."""
    root = ElementTree.fromstring(drawing)
    for part in root.iter():
        assert not part.tag.endswith(("script", "foreignObject")), part.tag
        for name, value in part.attrib.items():
            assert not name.lower().startswith("on"), name
            assert not name.endswith("href") or value.startswith(("data:image/png;", "#")), value[:60]
    assert set(re.findall(r"https?://[^\s\"'<)]+", drawing)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2000/xmlns/",
    }
    assert not re.search(r"url\(\s*['\"]?(?!#|data:|&quot;#|&quot;data:)", drawing)


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/?inside=weights", {}),
        ("/?data=spiral3&net=4~3&out=softmax&loss=cce", {"color_scheme": "dark"}),
    ],
    ids=["light, with an inside view", "dark, three classes"],
)
def test_the_drawings_look_as_the_pixels_do_and_need_nothing_else(
    visit: Callable[..., Playground], browser: Any, tmp_path: Path, path: str, options: dict[str, Any]
) -> None:
    playground = visit(f"{path}&zip=player~map~weights~losses~confusion.png~svg~html", **options)
    playground.play_until("shown.frame >= 10")
    epoch = playground.pause().epoch
    files = pictures(playground, tmp_path)
    names = ("player", "map", "weights", "losses", "confusion_train", "confusion_test")
    assert files.keys() == {f"{name}.{kind}" for name in names for kind in ("png", "svg", "html")} | {
        "plotly.min.js"
    }
    context = browser.new_context(offline=True, **options)
    try:
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        for name in names:
            drawing = files[f"{name}.svg"].read_text(encoding="utf-8")
            holds_nothing_foreign(drawing)
            assert f"epoch {epoch}" in drawing or name == "losses"
            assert "Backprop Playground 0.1.0" in ElementTree.fromstring(drawing).findtext(f"{SVG}desc", "")
            found = page.evaluate(DIFFERENCE, [address(files[f"{name}.{kind}"]) for kind in ("png", "svg")])
            assert found["far"] < 0.01, (name, found)
            assert found["mean"] < 2, (name, found)
            assert found["ratio"] == pytest.approx(1 / 3, rel=0.01)
        for name in ("player", "map"):
            page.goto(files[f"{name}.html"].as_uri())
            expect(page.locator("svg[role=img]")).to_be_visible()
            expect(page.locator("svg text").filter(has_text="Playground 0.1.0")).to_be_visible()
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    finally:
        context.close()


def test_the_text_of_a_drawing_is_text_and_the_plot_is_made_of_lines(
    visit: Callable[..., Playground], tmp_path: Path
) -> None:
    playground = visit("/?zip=player.svg")
    playground.play_until("shown.frame >= 3")
    playground.pause()
    drawn = ElementTree.fromstring(pictures(playground, tmp_path)["player.svg"].read_text(encoding="utf-8"))
    texts = ["".join(text.itertext()) for text in drawn.iter(f"{SVG}text")]
    assert {"Inputs", "Hidden 1", "1 neuron", "positive weight", "Train loss", "Loss", "epoch"} <= set(texts)
    images = list(drawn.iter(f"{SVG}image"))
    assert len(images) == 1 + 2 + 4 + 2 + 1, "pixels are those of the map and of the tiles, and no others"
    assert len(list(drawn.iter(f"{SVG}path"))) > 500


def test_names_of_a_table_of_one_s_own_are_text_in_the_drawings(
    visit: Callable[..., Playground], tmp_path: Path
) -> None:
    playground = visit("/?zip=player~map~confusion.svg~html")
    send(playground, "odd.csv", NAMES.encode())
    use(playground)
    playground.play_until("shown.frame >= 3")
    playground.pause()
    files = pictures(playground, tmp_path)
    for name in ("player", "map", "confusion_train"):
        drawing = files[f"{name}.svg"].read_text(encoding="utf-8")
        holds_nothing_foreign(drawing)
        assert "<script>alert(1)</script>" in "".join(ElementTree.fromstring(drawing).itertext())
    for name in ("player", "map"):
        page = playground.page.context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto(files[f"{name}.html"].as_uri())
        assert page.locator("script, b").count() == 0
        page.close()


def test_the_choice_survives_a_reload_and_the_sentence_says_what_comes(
    visit: Callable[..., Playground], tmp_path: Path
) -> None:
    playground = visit()
    dialog = panel(playground)
    formats, figures = playground.control("zip_formats"), playground.control("zip_figures")
    expect(dialog).to_contain_text("5 figures as PNG ×3 and HTML: about")
    for name in ("PNG ×3", "HTML", "SVG"):
        formats.get_by_role("button", name=name).click()
    expect(dialog).to_contain_text("5 figures as SVG: about 2 MB")
    for name in ("Player", "Weights", "Losses", "Confusion matrix"):
        figures.get_by_role("button", name=name).click()
    expect(dialog).to_contain_text("1 figure as SVG: less than 1 MB.")
    playground.page.reload()
    playground.root.wait_for()
    expect(panel(playground)).to_contain_text("1 figure as SVG: less than 1 MB.")
    assert list(pictures(playground, tmp_path)) == ["map.svg"]
