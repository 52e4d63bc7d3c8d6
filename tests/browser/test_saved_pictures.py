"""Pictures that are saved: their size and words, what is drawn, and the face of their letters."""

import struct
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.screens.states import TEN_CLASSES

RECORD_TEXTS = """() => {
  const write = CanvasRenderingContext2D.prototype.fillText;
  window.written = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    window.written.push([text, this.font, this.canvas.width]);
    return write.call(this, text, ...place);
  };
}"""
COUNT_COLOURS = """async (bytes) => {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height), counted = new Map();
  for (let k = 0; k < data.length; k += 4 * 97) {
    const color = (data[k] << 16) | (data[k + 1] << 8) | data[k + 2];
    counted.set(color, (counted.get(color) ?? 0) + 1);
  }
  return [...counted.values()].sort((a, b) => b - a).map((count) => count / (data.length / (4 * 97)));
}"""
WIDTH = 1920


def saved(page, press):
    with page.expect_download() as download:
        press()
    return download.value


def sizes_of(path):
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


@pytest.mark.parametrize(
    ("path", "options", "named", "shown", "scale"),
    [
        ("/", {}, "circle-2-4-2-1", "Output · epoch 0", "+1"),
        ("/", {"color_scheme": "dark"}, "circle-2-4-2-1", "Output · epoch 0", "+1"),
        (f"/?{TEN_CLASSES}", {}, "blobs-2-8-8-10", "Predicted class", "9"),
        (
            "/?data=seed_004&in=x1~x2~x3~x4~x5&out=softmax&loss=cce",
            {},
            "five-inputs-5-",
            "x₂ over x₁ at x₃ 3.5",
            "2",
        ),
        (
            "/",
            {"viewport": {"width": 390, "height": 844}, "has_touch": True},
            "circle-2-4-2-1",
            "Output",
            "+1",
        ),
    ],
    ids=["two classes", "dark", "ten classes", "five inputs", "phone"],
)
def test_the_map_alone_is_saved_for_a_slide_with_title_scale_and_provenance(
    visit, path, options, named, shown, scale
):
    playground = visit(path, **options)
    page, button = playground.page, playground.root.get_by_role("button", name="Save the map")
    playground.figure("weights", 0).wait_for()
    page.get_by_test_id("stMain").evaluate("main => { main.scrollTop = 100; }")
    before = playground.root.locator(".map").bounding_box()
    page.evaluate(RECORD_TEXTS)
    picture = saved(page, button.click)
    assert picture.suggested_filename.startswith(f"backprop-{named}")
    assert picture.suggested_filename.endswith("-epoch-0-map.png")
    width, height = sizes_of(picture.path())
    assert width == WIDTH
    assert 0.9 * WIDTH < height < 1.3 * WIDTH
    shares = page.evaluate(COUNT_COLOURS, list(picture.path().read_bytes()))
    assert len(shares) > 100, "a map has many colours"
    assert shares[0] < 0.6, "the ground is the smaller part"
    texts = [text for text, _, canvas in page.evaluate("written") if canvas == WIDTH]
    assert any(shown in text for text in texts)
    assert scale in "".join(texts)
    assert any(text.endswith(("Backprop Playground 0.1.0", "Playground 0.1.0")) for text in texts)
    assert playground.root.locator(".map").bounding_box() == before, "the page stays as it is"


def test_the_map_is_saved_with_the_keyboard_while_it_plays_on(playground):
    button = playground.root.get_by_role("button", name="Save the map")
    expect(button).to_have_attribute("title", "Save the map as a picture (PNG, 1920 pixels wide)")
    playground.play_until("shown.frame >= 3")
    button.focus()
    picture = saved(playground.page, lambda: playground.page.keyboard.press("Enter"))
    assert picture.suggested_filename.endswith("-map.png")
    shown = playground.shown()
    assert shown.playing
    playground.until("shown.frame > given.frame", frame=shown.frame)


KEEP_DRAWINGS = """() => {
  const address = URL.createObjectURL;
  window.drawings = [];
  URL.createObjectURL = (blob) => {
    if (blob.type.startsWith("image/svg")) blob.text().then((text) => window.drawings.push(text));
    return address.call(URL, blob);
  };
}"""


def faces_alone(context_of, drawing, tmp_path):
    """Text -> the faces with which the browser draws it, of a drawing opened alone and offline."""
    file = tmp_path / "alone.svg"
    file.write_text(drawing, encoding="utf-8")
    page = context_of(offline=True).new_page()
    page.goto(file.as_uri())
    page.evaluate("async () => { await document.fonts.ready; }")
    protocol = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        protocol.send(f"{domain}.enable")
    root = protocol.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = {}
    for node in protocol.send("DOM.querySelectorAll", {"nodeId": root, "selector": "text"})["nodeIds"]:
        fonts = protocol.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        name = protocol.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
        found[name] = {(font["familyName"], font["isCustomFont"]) for font in fonts}
    page.close()
    return found


def foreign_faces(found):
    """The texts with letters of a face that is not embedded, though the page's faces have them."""
    return {
        text: faces
        for text, faces in found.items()
        if not any(sign in text for sign in "∇‖") and not all(own for _, own in faces)
    }


def test_a_saved_svg_alone_is_drawn_in_the_faces_of_the_page(empty_page, server, context_of, tmp_path):
    page = empty_page()
    page.goto(f"{server.origin}/gradient-descent")
    page.locator('[data-role="stage"][data-drawn]').wait_for()
    drawing = saved(page, page.locator('[data-action="save-svg"]').click).path().read_text(encoding="utf-8")
    assert "url(data:" in drawing
    found = faces_alone(context_of, drawing, tmp_path)
    assert len(found) > 20
    assert {name for faces in found.values() for name, own in faces if own} == {
        "SourceSans3VF",
        "KaTeX_Math",
    }
    assert foreign_faces(found) == {}


@pytest.mark.parametrize(
    ("path", "chart"),
    [("/", "weights"), ("/", "losses"), ("/gradient-descent", "surface_3d")],
)
def test_a_picture_of_a_chart_is_drawn_in_the_face_of_the_page(
    empty_page, server, context_of, tmp_path, path, chart
):
    page = empty_page()
    page.goto(server.origin + path)
    figure = page.locator(f".st-key-{chart} .js-plotly-plot").first
    figure.wait_for(timeout=30_000)
    figure.scroll_into_view_if_needed()
    figure.hover()
    page.evaluate(KEEP_DRAWINGS)
    picture = saved(page, figure.locator(".modebar-btn").first.click)
    assert picture.suggested_filename.endswith(".png")
    drawing = page.evaluate("drawings")[-1]
    found = faces_alone(context_of, drawing, tmp_path)
    assert {name for faces in found.values() for name, own in faces if own} == {"SourceSans3VF"}
    assert foreign_faces(found) == {}


def test_the_picture_of_gradient_descent_has_the_legend_of_its_arrows_and_curves(empty_page, server):
    page = empty_page()
    page.goto(f"{server.origin}/gradient-descent")
    page.locator('[data-role="stage"][data-drawn]').wait_for()
    drawing = saved(page, page.locator('[data-action="save-svg"]').click).path().read_text(encoding="utf-8")
    keys = page.locator('[data-show="keys"] > span, [data-show="curve-keys"] > span').all_inner_texts()
    assert keys == ["next step −η∇f", "−∇f", "f", "‖∇f‖"]
    drawn = ElementTree.fromstring(drawing)
    texts = ["".join(text.itertext()) for text in drawn if text.tag.endswith("}text")]
    assert [text for text in texts if text in keys] == keys
