"""What may lie where, and what no file may contain."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

TOP_LEVEL = {
    "LICENSE",
    "README.md",
    "app.py",
    "engine",
    "pages",
    "pyproject.toml",
    "requirements.txt",
    "tests",
}
PAGES = {
    "backprop.py",
    "experiments.py",
    "gradient-descent.py",
    "lessons.py",
    "loss-landscape.py",
    "playground.py",
}
SHARED = {"figures", "formulas", "live", "shell"}
PAGE_FOLDERS = SHARED | {name.removesuffix(".py").replace("-", "_") for name in PAGES}
MOST_COMPONENT_BYTES = 60_000
KIT = "pages/live/kit"
READERS_OF_TYPED_TEXT = {"engine/numbers.py"}
SOCKET = re.compile(r'\bsocket\("(\w+)"\)')


def files(root: Path) -> list[Path]:
    """Files that belong to the project, relative to its root; what git ignores doesn't."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True).stdout
        found = [root / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):  # a downloaded archive has no git
        found = [path for path in root.rglob("*") if not {"__pycache__", ".git"} & set(path.parts)]
    return sorted(path.relative_to(root) for path in found if path.is_file())


def misplaced(root: Path) -> list[str]:
    """Names at the top level or directly in pages/ that the design doesn't know."""
    wrong = {
        p.parts[0] for p in files(root) if p.parts[0] not in TOP_LEVEL and not p.parts[0].startswith(".")
    }
    for path in files(root):
        if path.parts[0] == "pages":
            known = PAGES | {"__init__.py"} if len(path.parts) == 2 else PAGE_FOLDERS
            if path.parts[1] not in known:
                wrong.add("/".join(path.parts[:2]))
    return sorted(wrong)


def forbidden(root: Path) -> list[str]:
    """Places outside the tests that run text as code, unpickle, or pass raw HTML to Streamlit."""
    found = []
    for path in files(root):
        if path.suffix != ".py" or path.parts[0] == "tests":
            continue
        for node in ast.walk(ast.parse((root / path).read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="eval" | "exec" as name)):
                    pass
                case ast.Import(names=names) if any(n.name.split(".")[0] == "pickle" for n in names):
                    name = "pickle"
                case ast.ImportFrom(module="pickle"):
                    name = "pickle"
                case ast.keyword(arg="allow_pickle", value=ast.Constant(value=True)):
                    name = "pickle"
                case ast.keyword(arg="unsafe_allow_html", value=value) if ast.unparse(value) != "False":
                    name = "unsafe_allow_html"
                case _:
                    continue
            found.append(f"{path.as_posix()}:{node.lineno} {name}")
    return found


def reading_by_pattern(root: Path) -> list[str]:
    """Files outside the tests that import re, and so may take apart what the project itself has written."""
    found = []
    for path in files(root):
        if path.suffix == ".py" and path.parts[0] in ("engine", "pages", "app.py"):
            for node in ast.walk(ast.parse((root / path).read_text("utf-8"))):
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                modules += [node.module] if isinstance(node, ast.ImportFrom) else []
                found += [path.as_posix()] * ("re" in modules)
    return found


def component_sizes(root: Path) -> dict[str, int]:
    """Bytes of html, css and js in each folder of pages/ that Streamlit sends with every update.

    Folders that a socket feeds don't count: their code is sent once with the page, and mount.js with updates.
    Neither does the kit, of which each component brings only what it imports.
    """
    sources = [root / path for path in files(root) if path.parts[0] == "pages" and path.suffix == ".py"]
    fed = {name for path in sources for name in SOCKET.findall(path.read_text("utf-8"))}
    sizes: dict[str, int] = {}
    for path in files(root):
        once = path.parent.name in fed or path.parent.as_posix() == KIT
        if path.parts[0] == "pages" and path.suffix in {".css", ".html", ".js"} and not once:
            folder = path.parent.as_posix()
            sizes[folder] = sizes.get(folder, 0) + (root / path).stat().st_size
    return sizes


@pytest.fixture
def tree(tmp_path):
    """Write a made-up project: tree({"engine/a.py": "import math"})."""

    def write(contents: dict[str, str]) -> Path:
        for name, text in contents.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_every_file_lies_where_the_design_puts_it():
    assert misplaced(ROOT) == []


def test_nothing_runs_text_as_code_or_unpickles_or_shows_raw_html():
    assert forbidden(ROOT) == []


def test_regular_expressions_read_only_what_a_user_typed():
    assert set(reading_by_pattern(ROOT)) <= READERS_OF_TYPED_TEXT


@pytest.mark.parametrize("text", ["import re", "from re import sub", "def f():\n    import math, re as r"])
def test_an_import_of_re_is_found_outside_the_tests_only(tree, text):
    fine = "import readline\nfrom engine import re_read\n"
    root = tree({"pages/a.py": text, "engine/a.py": fine, "tests/test_a.py": text})
    assert reading_by_pattern(root) == ["pages/a.py"]


def test_every_component_is_under_60_kilobytes():
    sizes = component_sizes(ROOT)
    assert "pages/playground/thumbnails" in sizes
    assert {folder: size for folder, size in sizes.items() if size >= MOST_COMPONENT_BYTES} == {}


def test_a_misplaced_file_is_found(tree):
    root = tree(
        {
            ".ci/run": "",
            "app.py": "",
            "pages/__init__.py": "",
            "pages/lessons.py": "",
            "pages/live/player.js": "",
            "pages/helpers.py": "",
            "pages/misc/a.py": "",
            "utils.py": "",
            "docs/a.md": "",
        }
    )
    assert misplaced(root) == ["docs", "pages/helpers.py", "pages/misc", "utils.py"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x = eval('1')", "eval"),
        ("exec('x = 1')", "exec"),
        ("import pickle", "pickle"),
        ("from pickle import loads", "pickle"),
        ("np.load(f, allow_pickle=True)", "pickle"),
        ("st.markdown(t, unsafe_allow_html=True)", "unsafe_allow_html"),
    ],
)
def test_forbidden_code_is_found_outside_the_tests_only(tree, text, name):
    root = tree({"engine/a.py": f"import numpy as np\n{text}\n", "tests/test_a.py": text})
    assert forbidden(root) == [f"engine/a.py:2 {name}"]


def test_words_that_only_look_forbidden_pass(tree):
    root = tree({"engine/a.py": "model.eval()\nevaluate('exec')\nst.markdown(t, unsafe_allow_html=False)\n"})
    assert forbidden(root) == []


def test_component_sizes_are_counted_per_folder(tree):
    root = tree({"pages/live/a/a.js": "12", "pages/live/a/a.css": "345", "pages/live/b/b.html": "6789"})
    assert component_sizes(root) == {"pages/live/a": 5, "pages/live/b": 4}


def test_the_code_of_a_component_that_is_fed_by_a_socket_is_not_counted(tree):
    root = tree({"pages/live/a/a.js": "12345", "pages/live/mount.js": "67", "pages/live/a.py": 'socket("a")'})
    assert component_sizes(root) == {"pages/live": 2}
