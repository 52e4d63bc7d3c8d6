import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from engine.data.datasets import MAX_CLASSES
from engine.data.own import MOST_CLASSES
from pages.figures.theme import (
    CLASS_SHAPES,
    CSS_NAMES,
    DARK,
    HATCH,
    LIGHT,
    SHAPES,
    STRONG_HATCH,
    STRONGER,
    SYSTEM_COLOURS,
    THEMES,
    contrast,
    css_variables,
    diverging_colour,
    diverging_scale,
    template,
    text_on,
)

ROOT = Path(__file__).parents[3]
HEX = re.compile(r"#[0-9a-f]{6}")
TABLES = {"diverging": 5, "areas": 10, "marks": 10}

both_themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def test_contrast_agrees_with_the_wcag_examples():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(
    ("field", "light", "dark"),
    [
        ("ink", 16.3, 16.9),
        ("ink2", 8.1, 10.6),
        ("ink3", 5.4, 7.2),
        ("accent", 7.1, 8.5),
        ("positive", 5.8, 8.9),
        ("negative", 4.9, 9.2),
        ("train", 16.3, 16.9),
        ("test", 7.0, 9.0),
    ],
)
def test_contrast_on_the_ground_is_as_specified(field, light, dark):
    assert contrast(getattr(LIGHT, field), LIGHT.ground) == pytest.approx(light, abs=0.06)
    assert contrast(getattr(DARK, field), DARK.ground) == pytest.approx(dark, abs=0.06)


@pytest.mark.parametrize(("theme", "least"), [(LIGHT, 5.9), (DARK, 7.88)], ids=THEMES)
def test_right_wrong_and_note_stand_out_from_the_ground(theme, least):
    assert min(contrast(getattr(theme, name), theme.ground) for name in ("good", "bad", "warn")) >= least


@pytest.mark.parametrize(("theme", "least"), [(LIGHT, 6.3), (DARK, 9.8)], ids=THEMES)
def test_every_class_mark_stands_out_from_its_halo(theme, least):
    assert min(contrast(mark, theme.ground) for mark in theme.marks) >= least


@both_themes
def test_every_text_colour_reads_on_every_ground_it_stands_on(theme):
    interface = ("ink", "ink2", "ink3", "accent")
    numbers = ("positive", "negative", "train", "test")  # never inside a control
    for ground, texts in [
        ("ground", interface + numbers),
        ("panel", interface + numbers),
        ("field", interface),
    ]:
        for text in texts:
            assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5, (text, ground)


@both_themes
def test_coloured_text_reads_on_its_own_soft_ground(theme):
    pairs = [("good", "good_soft"), ("bad", "bad_soft"), ("warn", "warn_soft"), ("accent", "accent_soft")]
    for text, ground in [*pairs, ("on_accent", "accent")]:
        assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5, text


def mixed(one: str, other: str, share: float) -> str:
    """A colour on the way from one to the other, as CSS mixes them."""
    pairs = [(int(one[k : k + 2], 16), int(other[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@both_themes
def test_the_parts_that_show_a_control_stand_out_from_every_ground_by_3_to_1(theme):
    for ground in (theme.ground, theme.panel, theme.field):
        for name in ("edge", "ink", "ink3", "accent"):
            assert contrast(getattr(theme, name), ground) >= 3, (name, ground)
    assert contrast(theme.ground, theme.edge) >= 3  # the knob of a switch that is off
    assert contrast(theme.on_accent, theme.accent) >= 3  # and of one that is on
    assert contrast(mixed(theme.ground, theme.accent, 0.65), theme.ground) >= 3  # a step that is done


@both_themes
def test_streamlits_captions_and_switches_read_with_the_share_of_ink_that_the_page_gives_them(theme):
    css = (ROOT / "pages/shell/page.css").read_text("utf-8")
    caption = re.search(r'\[data-testid="stCaptionContainer"\] \{\s+opacity: ([\d.]+);', css)
    assert caption is not None
    parts = [int(share) / 100 for share in re.findall(r"currentcolor (\d+)%, transparent", css)]
    assert len(parts) == 3
    for ground in (theme.ground, theme.panel):
        assert contrast(mixed(ground, theme.ink, float(caption[1])), ground) >= 4.5
        for share in parts:
            assert contrast(mixed(ground, theme.ink, share), ground) >= 3


@both_themes
def test_every_colour_of_code_reads_on_its_ground(theme):
    css = (ROOT / "pages/shell/page.css").read_text("utf-8")
    colours = re.findall(r"color-mix\(in srgb, currentcolor (\d+)%, (#[0-9a-f]{6})\)", css)
    assert len(colours) == 3
    for share, colour in colours:
        assert contrast(mixed(colour, theme.ink, int(share) / 100), theme.field) >= 4.5, colour


@both_themes
def test_the_landscapes_words_read_with_the_share_of_ink_that_the_page_gives_them(theme):
    css = (ROOT / "pages/loss_landscape/page.css").read_text("utf-8")
    shares = [float(share) for share in re.findall(r"opacity: (0\.\d+)", css)]
    assert len(shares) == 2
    assert all(contrast(mixed(theme.ground, theme.ink, share), theme.ground) >= 4.5 for share in shares)


@both_themes
def test_more_contrast_is_more(theme):
    for css, field in STRONGER.items():
        stronger, usual = getattr(theme, field), getattr(theme, CSS_NAMES[css])
        assert contrast(stronger, theme.ground) > contrast(usual, theme.ground), css
    for css in ("ink2", "ink3"):
        assert contrast(getattr(theme, STRONGER[css]), theme.ground) >= 7
    for css in ("line", "hair", "edge"):
        assert contrast(getattr(theme, STRONGER[css]), theme.ground) >= 3


@both_themes
def test_without_colours_only_the_hatching_parts_what_is_negative_from_what_is_positive(theme):
    low, half_low, zero, half_high, high = theme.diverging
    # Who sees no colours sees luminance alone: there the ends, and the halves, are nearly one grey.
    assert contrast(low, high) < 1.5
    assert contrast(half_low, half_high) < 1.5
    for shade in (low, half_low, zero):
        assert contrast(mixed(shade, theme.ink, HATCH / 100), shade) >= 1.24
        assert contrast(mixed(shade, theme.ink, STRONG_HATCH / 100), shade) >= 1.7


@both_themes
def test_every_colour_is_a_hexadecimal_triple_and_every_table_complete(theme):
    for field in dataclasses.fields(theme):
        value = getattr(theme, field.name)
        if field.name in TABLES:
            assert len(value) == TABLES[field.name]
            assert len(set(value)) == len(value)
            assert all(HEX.fullmatch(colour) for colour in value)
        elif field.name != "name":
            assert HEX.fullmatch(value), field.name
    assert len(set(SHAPES)) == 10


def test_the_most_classes_that_data_can_have_each_get_a_shape_that_the_browser_can_draw():
    assert len(SHAPES) == MAX_CLASSES
    drawings = (ROOT / "pages/live/kit/shapes.js").read_text("utf-8")
    assert re.findall(r'^  "([\w-]+)": \(x, y, r\) =>', drawings, re.M) == list(SHAPES)


def test_classes_beyond_ten_take_the_colours_again_and_no_two_share_colour_and_shape():
    assert len(CLASS_SHAPES) == MOST_CLASSES
    assert CLASS_SHAPES[: len(SHAPES)] == SHAPES
    assert len({(k % len(SHAPES), shape) for k, shape in enumerate(CLASS_SHAPES)}) == MOST_CLASSES
    light = css_variables().strip().splitlines()[0]
    assert "--mark-10:var(--mark-0);" in light
    assert "--area-49:var(--area-9);" in light


def test_css_gives_every_colour_in_both_themes_and_the_fonts_once():
    light, dark, _, _ = css_variables().strip().splitlines()
    assert light.startswith(".player,.thumbnails{")
    assert dark.startswith('.player[data-theme="dark"],.thumbnails[data-theme="dark"]{')
    numbered = [f"{table}-{k}" for table, n in (("div", 5), ("area", 10), ("mark", 10)) for k in range(n)]
    for text, theme in ((light, LIGHT), (dark, DARK)):
        declared = dict(re.findall(r"--([\w-]+):(#\w+);", text))
        assert set(declared) == {*CSS_NAMES, *numbered}
        assert declared["bg"] == theme.ground
        assert declared["div-4"] == theme.diverging[4]
        assert declared["mark-9"] == theme.marks[9]
    assert "--sans:var(--st-font," in light
    assert all(f"--{font}:" in light for font in ("math", "mathi", "mono"))


def test_css_gives_more_contrast_and_the_systems_colours_to_those_who_ask_for_them():
    _, _, more, forced = css_variables().strip().splitlines()
    assert more.startswith("@media (prefers-contrast:more){.player,.thumbnails{")
    for text in more.split("}")[:2]:
        declared = dict(re.findall(r"--([\w-]+):(#\w+);", text))
        assert set(declared) == set(STRONGER)
    assert f"--hatch:{STRONG_HATCH}%;" in more
    assert f"--ink2:{DARK.ink};" in more.split("}")[1]
    assert forced.startswith("@media (forced-colors:active){.player,.thumbnails,.player[data-theme")
    assert "#" not in forced
    declared = dict(re.findall(r"--([\w-]+):([^;]+);", forced))
    assert declared == SYSTEM_COLOURS | {"hatch": f"{STRONG_HATCH}%"}


def test_forced_colours_leave_the_datas_colours_alone_and_no_others():
    assert set(CSS_NAMES) - set(SYSTEM_COLOURS) == {"pos", "neg", "zero"}


def test_each_colour_of_a_theme_has_exactly_one_css_name():
    fields = {field.name for field in dataclasses.fields(LIGHT)} - {"name", *TABLES}
    assert sorted(CSS_NAMES.values()) == sorted(fields)


@both_themes
def test_diverging_scale_is_orange_below_and_blue_above_zero(theme):
    assert [position for position, _ in diverging_scale(theme)] == [0, 0.25, 0.5, 0.75, 1]
    assert [diverging_colour(theme, v) for v in (-1, -0.5, 0, 0.5, 1)] == list(theme.diverging)
    assert diverging_colour(theme, 7) == theme.diverging[4]
    assert diverging_colour(theme, -7) == theme.diverging[0]


def test_colours_between_two_stops_are_mixed_in_proportion():
    # a quarter of the way from 0 to ½: f4 + (8c − f4)/2 at 0.25
    assert diverging_colour(LIGHT, 0.25) == "#c0daec"


@both_themes
def test_text_on_a_coloured_cell_is_always_readable(theme):
    for colour in (*theme.diverging, *theme.areas):
        assert text_on(colour) in ("#000000", "#ffffff")
        assert contrast(text_on(colour), colour) >= 4.5


@both_themes
def test_template_has_large_ticks_and_a_hairline_grid(theme):
    layout = template(theme).layout
    assert layout.xaxis.tickfont.size == layout.yaxis.tickfont.size == 14
    assert layout.xaxis.gridcolor == theme.hairline
    assert layout.font.color == theme.ink
    assert layout.paper_bgcolor == theme.ground


def test_streamlit_wears_the_colours_of_the_theme():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]
    for theme in (LIGHT, DARK):
        section = config[theme.name]
        assert section["primaryColor"] == section["linkColor"] == theme.accent
        assert section["backgroundColor"] == theme.ground
        assert section["secondaryBackgroundColor"] == section["codeBackgroundColor"] == theme.field
        assert section["textColor"] == theme.ink
        assert section["borderColor"] == section["dataframeBorderColor"] == theme.line
        assert section["sidebar"]["backgroundColor"] == theme.panel
