"""The form of the scripts: what may import what, and what lets them be joined into one module."""

import os.path
import re
from collections import Counter
from pathlib import Path

import pytest

from pages.live.assets import bundle, squeezed

ROOT = Path(__file__).parents[2]
KIT = "pages/live/kit"
MOUNT = "pages/live/mount.js"
VIEWS = (
    "pages/playground/player",
    "pages/gradient_descent/stage",
    "pages/backprop/board",
    "pages/experiments/sweep",
)
BUNDLES = {
    "mount": (MOUNT,),
    "saver": ("pages/live/saver/saver.js",),
    "fields": ("pages/shell/fields/fields.js",),
    "part": ("pages/shell/fields/part.js",),
    "thumbnails": ("pages/playground/thumbnails/thumbnails.js",),
    "keeper": ("pages/playground/keeper/keeper.js",),
    "shelf": ("pages/playground/compare/shelf/shelf.js",),
    "draw": ("pages/playground/own_data/draw/draw.js",),
    "confused": ("pages/playground/confused/confused.js",),
    "run_drop": ("pages/playground/take/run_drop/run_drop.js",),
    "starts": ("pages/experiments/starts/starts.js",),
    **{
        Path(view).name: (f"{KIT}/registry.js", f"{KIT}/wake.js", f"{view}/{Path(view).name}.js")
        for view in VIEWS
    },
}
SCRIPTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").rglob("*.js"))

IMPORT = re.compile(r'^import \{ ?[\w\s,$]+\} from "(\.[^"]+\.js)";$', re.M)
DEFINITION = re.compile(r"^(?:export )?(?:async )?(?:function\*?|class|const|let|var) ([\w$]+)", re.M)
FURTHER = re.compile(r", ([A-Z][A-Z_0-9]*) = ")
EXCEPTION = re.compile(r"@ts-\w+|eslint-(?:disable|enable)\S*")
LONGEST_LINE = 120


def imported(script: str, text: str) -> list[str]:
    """The scripts that a script imports, from the root."""
    return [os.path.normpath(f"{Path(script).parent}/{path}") for path in IMPORT.findall(text)]


def sideways(script: str, text: str) -> list[str]:
    """What a script imports although it lies neither in its own folder nor in the kit."""
    allowed = {KIT, Path(script).parent.as_posix()} - {Path(MOUNT).parent.as_posix()}
    return [path for path in imported(script, text) if Path(path).parent.as_posix() not in allowed]


def malformed(text: str) -> list[str]:
    """Lines that can't be taken out or joined: other imports and exports, and texts over several lines."""
    rest = IMPORT.sub("", text)
    comment = re.compile(r"^\s*(?://|/?\*).*$", re.M)
    return [
        *re.findall(r"^\s*import\b(?!\().*", rest, re.M),
        *re.findall(r"^\s*export (?!(?:async )?function\b|const \w|class |\{\};$).*", rest, re.M),
        *re.findall(r"^\s*/\*(?!\*).*", rest, re.M),
        *(line for line in comment.sub("", rest).splitlines() if line.count("`") % 2),
    ]


def names_in(text: str) -> list[str]:
    """The names that a script defines at its top level: such lines are not indented; some define several."""
    lines = [line for line in text.splitlines() if DEFINITION.match(line)]
    return [*DEFINITION.findall(text), *(name for line in lines for name in FURTHER.findall(line))]


def modules_of(entries: tuple[str, ...]) -> list[str]:
    """The scripts that are joined for a view, each once."""
    found: list[str] = []
    waiting = list(entries)
    while waiting:
        if (script := waiting.pop()) not in found:
            found.append(script)
            waiting += imported(script, (ROOT / script).read_text("utf-8"))
    return found


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_imports_from_its_own_folder_and_the_kit_only(script):
    assert sideways(script, (ROOT / script).read_text("utf-8")) == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_has_a_form_that_can_be_joined(script):
    assert malformed((ROOT / script).read_text("utf-8")) == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_script_excepts_itself_from_the_checks_or_has_long_lines(script):
    text = (ROOT / script).read_text("utf-8")
    assert EXCEPTION.findall(text) == []
    assert [line for line in text.splitlines() if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("view", BUNDLES)
def test_no_two_scripts_of_one_view_define_one_name(view):
    scripts = modules_of(BUNDLES[view])
    names = Counter(name for script in scripts for name in names_in((ROOT / script).read_text("utf-8")))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_script_belongs_to_a_view_or_holds_types_only():
    used = {script for entries in BUNDLES.values() for script in modules_of(entries)}
    assert [script for script in SCRIPTS if script not in used and not script.endswith("/types.js")] == []


@pytest.mark.parametrize(
    ("script", "path"),
    [
        ("pages/playground/player/map.js", "../../backprop/board/matrices.js"),
        ("pages/playground/player/map.js", "../thumbnails/thumbnails.js"),
        ("pages/playground/player/map.js", "../../live/mount.js"),
        ("pages/live/kit/keys.js", "../../playground/player/player.js"),
        ("pages/live/kit/keys.js", "../mount.js"),
    ],
)
def test_an_import_from_another_room_is_found(script, path):
    assert len(sideways(script, f'import {{ a }} from "{path}";\n')) == 1


def test_imports_from_the_kit_and_beside_a_script_are_none():
    text = 'import {\n  a,\n  b,\n} from "../../live/kit/a.js";\nimport { c } from "./c.js";\n'
    assert imported("pages/playground/player/map.js", text) == [f"{KIT}/a.js", "pages/playground/player/c.js"]
    assert sideways("pages/playground/player/map.js", text) == []
    assert sideways(MOUNT, 'import { a } from "./kit/a.js";') == []


@pytest.mark.parametrize(
    "line",
    [
        'import a from "./a.js";',
        'import * as a from "./a.js";',
        'import { a } from "somewhere";',
        "export default function f() {}",
        "export { a };",
        "export let a = 1;",
        "const a = `first",
        "/* a comment of another kind */",
    ],
)
def test_a_form_that_could_not_be_joined_is_found(line):
    assert malformed(f"const x = 1;\n{line}\n") == [line]


@pytest.fixture
def written(tmp_path):
    """written({"a.js": "…"}) writes scripts and returns their folder."""

    def write(texts: dict[str, str]) -> Path:
        for name, text in texts.items():
            (tmp_path / name).write_text(text, "utf-8")
        return tmp_path

    return write


def test_a_bundle_holds_each_module_once_and_before_what_uses_it(written):
    folder = written(
        {
            "top.js": 'import { a } from "./a.js";\nimport { b } from "./b.js";\nexport const top = a + b;\n',
            "b.js": 'import {\n  a,\n} from "./a.js";\n/** Twice\n * a. */\nexport const b = 2 * a; // x\n',
            "a.js": "// First.\n/** One. */\nexport const a = 1;\n",
        }
    )
    assert bundle(folder / "top.js") == "const a=1;const b=2*a;const top=a + b;"


def test_a_type_in_a_comment_within_a_line_stays(written):
    folder = written({"a.js": "export function f(x) {\n  /** @type {any} */ (x).go();\n}\n"})
    assert bundle(folder / "a.js") == "function f(x){/** @type {any} */ (x).go();}\n"


def test_a_line_that_ends_with_a_comment_ends_there(written):
    folder = written({"a.js": 'const url = "x"; // says "x",\nconst b = 1;\n'})
    assert bundle(folder / "a.js") == 'const url = "x"; // says "x",\nconst b=1;'


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("if (a > 0 && b !== c) return { a, b }; // why", "if (a>0&&b!==c) return{a,b};"),
        ('say("a, b = c", x ? "; " : e); // a = b', 'say("a, b = c",x?"; ":e);'),
        ('say("a // b", c = d);', 'say("a // b", c = d);'),
        ('const url = "x"; // says "x"', 'const url = "x"; // says "x"'),
        ("say(`a, ${b} = c`, d);", "say(`a, ${b} = c`, d);"),
        ("const half = a / b, c = d;", "const half = a / b, c = d;"),
        ("const parts = text.split(/, /);", "const parts = text.split(/, /);"),
        ('const quote = "\\"", c = d;', 'const quote = "\\"", c = d;'),
        ("const c = a + +b - -d;", "const c=a + +b - -d;"),
    ],
)
def test_a_line_is_sent_without_spare_spaces_and_its_texts_as_they_are(line, sent):
    assert squeezed(line) == sent


def test_modules_that_import_each_other_in_a_circle_are_refused(written):
    folder = written({"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'})
    with pytest.raises(ValueError, match="circle"):
        bundle(folder / "a.js")
