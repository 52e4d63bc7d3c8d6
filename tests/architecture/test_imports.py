"""Who may import whom: app.py → shell; an address file → its page → what pages share → engine."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ENGINE_PACKAGES = {"numpy", "threadpoolctl"}
FIGURE_PACKAGES = {"numpy", "pandas", "plotly"}
PAGES = ("playground", "gradient_descent", "backprop", "loss_landscape", "experiments", "lessons")
SHARED = {"engine", "pages.figures", "pages.formulas", "pages.live", "pages.playground.user", "pages.shell"}
# A room -> the rooms of our own that it may import. Figures take the engine's types and nothing else.
ALLOWED = {
    "app.py": {"pages.shell"},
    **{f"pages/{page}": {f"pages.{page}", *SHARED} for page in PAGES},
    "pages/shell": {"engine", "pages.figures", "pages.live", "pages.shell"},
    "pages/live": {"engine", "pages.figures.theme", "pages.live"},
    "pages/formulas": {"engine", "pages.formulas"},
    "pages/figures": {"pages.figures"},
    "engine": {"engine"},
}
# The engine's core is read in one sitting; the packages stand on it, and it on none of them.
PACKAGES = ("analysis", "data", "descent", "examples", "export", "practice", "runs", "worked")


def room_of(path: Path) -> str:
    """The row of ALLOWED for a file, given relative to the root; an address file belongs to its page."""
    if path.parts[0] == "pages":
        return f"pages/{path.with_suffix('').parts[1].replace('-', '_')}"
    return path.parts[0]


def module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, root: Path) -> Iterator[tuple[str, bool]]:
    """Absolute names that a file imports, each with True if only a type checker imports it."""
    tree = ast.parse((root / path).read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in for_types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", id(node) in for_types) for alias in node.names)


def sources(root: Path) -> list[Path]:
    files = [root / "app.py", *(root / "engine").rglob("*.py"), *(root / "pages").rglob("*.py")]
    return sorted(file.relative_to(root) for file in files if file.exists())


def starts_with(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def wrong_imports(root: Path) -> list[str]:
    """One sentence per import that the design doesn't allow."""
    wrong = []
    for path in sources(root):
        room = room_of(path)
        for name, for_types in imports(path, root):
            top = name.split(".")[0]
            if top in ("app", "engine", "pages", "tests"):
                fine = any(starts_with(name, allowed) for allowed in ALLOWED.get(room, ()))
                fine |= room == "pages/figures" and top == "engine" and for_types
            elif room == "app.py":
                fine = top in {"streamlit", *sys.stdlib_module_names}
            elif room == "engine":
                fine = top in ENGINE_PACKAGES | sys.stdlib_module_names
            elif room == "pages/figures":
                fine = top in FIGURE_PACKAGES | sys.stdlib_module_names
            else:
                fine = True
            if room == "engine" and path.parts[1] not in (*PACKAGES, "__init__.py"):
                fine &= not any(starts_with(name, f"engine.{package}") for package in PACKAGES)
            if not fine:
                wrong.append(f"{path.as_posix()} must not import {name}")
    return wrong


def circles(root: Path, rooms: bool = False) -> list[str]:
    """Modules that import themselves by way of others, as a → b → a, or packages that do.

    An import inside a function counts too: it only hides the circle.
    """
    modules = {module_name(path): path for path in sources(root)}

    def target(name: str) -> str | None:
        # `from engine.losses import mse` names a module or something in it
        return next((n for n in (name, name.rpartition(".")[0]) if n in modules), None)

    graph = {
        module: {found for name, types in imports(path, root) if not types and (found := target(name))}
        for module, path in modules.items()
    }
    if rooms:
        room = {
            module: ".".join(module_name(path.parent / "x").split(".")[:2])
            for module, path in modules.items()
        }
        packages: dict[str, set[str]] = {}
        for module, targets in graph.items():
            if module != "engine":
                reached = {room[found] for found in targets} - {room[module]}
                packages.setdefault(room[module], set()).update(reached)
        graph = {name: targets & packages.keys() for name, targets in packages.items()}
    found: list[str] = []
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        if module in trail:
            found.append(" → ".join([*trail[trail.index(module) :], module]))
        elif module not in done:
            for following in sorted(graph[module]):
                visit(following, (*trail, module))
            done.add(module)

    for module in sorted(graph):
        visit(module, ())
    return found


@pytest.fixture
def tree(tmp_path):
    """Write a made-up project: tree({"engine/a.py": "import math"})."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_no_file_imports_what_the_design_forbids():
    assert wrong_imports(ROOT) == []


def test_no_module_imports_itself_by_way_of_others():
    assert circles(ROOT) == []


def test_no_room_imports_itself_by_way_of_others():
    assert circles(ROOT, rooms=True) == []


def test_every_room_has_its_rule():
    assert {room_of(path) for path in sources(ROOT)} <= ALLOWED.keys()


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("engine/a.py", "import streamlit as st", "streamlit"),
        ("engine/a.py", "def f():\n    from plotly import graph_objects", "plotly.graph_objects"),
        ("engine/a.py", "import pandas", "pandas"),
        ("engine/a.py", "from engine.runs.settings import Settings", "engine.runs.settings.Settings"),
        ("engine/export/a.py", "from pages.figures import theme", "pages.figures.theme"),
        ("pages/figures/a.py", "import streamlit", "streamlit"),
        ("pages/figures/a.py", "from engine import Network", "engine.Network"),
        ("pages/figures/a.py", "from ..shell import widgets", "pages.shell.widgets"),
        ("pages/formulas/a.py", "from pages.figures.theme import LIGHT", "pages.figures.theme.LIGHT"),
        ("pages/shell/a.py", "import app", "app"),
        ("pages/shell/a.py", "from pages.playground import user", "pages.playground.user"),
        ("pages/shell/a.py", "from pages.formulas import latex", "pages.formulas.latex"),
        ("pages/live/a.py", "from tests import data", "tests.data"),
        ("pages/live/a.py", "from pages.figures.camera import eye", "pages.figures.camera.eye"),
        ("pages/live/a.py", "from pages.shell.widgets import follow", "pages.shell.widgets.follow"),
        ("pages/backprop/a.py", "import pages.playground.session", "pages.playground.session"),
        ("pages/backprop.py", "import pages.loss_landscape.below", "pages.loss_landscape.below"),
        ("pages/loss-landscape.py", "from pages.backprop import board", "pages.backprop.board"),
        ("app.py", "import engine", "engine"),
        ("app.py", "from pages.figures.theme import LIGHT", "pages.figures.theme.LIGHT"),
        ("app.py", "import numpy", "numpy"),
    ],
)
def test_a_forbidden_import_is_found(tree, file, text, name):
    assert wrong_imports(tree({file: text})) == [f"{file} must not import {name}"]


def test_allowed_imports_pass(tree):
    types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from engine import Network"
    root = tree(
        {
            "app.py": "from pathlib import Path\nimport streamlit as st\nfrom pages.shell.shell import page",
            "engine/__init__.py": "from engine.a import f\nfrom .b import g",
            "engine/a.py": "import math\nimport numpy as np\nfrom threadpoolctl import threadpool_limits",
            "engine/b.py": "from . import a",
            "engine/runs/a.py": "from engine.a import f\nfrom engine.data.b import g",
            "engine/data/b.py": "from engine import a",
            "pages/gradient-descent.py": "from pages.gradient_descent import stage\nimport pages.shell.shell",
            "pages/gradient_descent/stage.py": "import engine\nfrom pages.playground.user import session",
            "pages/playground/user.py": "from . import session",
            "pages/playground/session.py": "from pages.live.assets import code",
            "pages/figures/heat.py": f"{types}\nimport plotly.graph_objects as go\nfrom .theme import LIGHT",
            "pages/figures/theme.py": "import numpy as np",
            "pages/formulas/latex.py": "from engine import Network",
            "pages/live/assets.py": "import streamlit as st\nfrom pages.figures.theme import LIGHT",
            "pages/shell/shell.py": "from engine import Network\nfrom pages.live import assets",
        }
    )
    assert wrong_imports(root) == []
    assert circles(root) == circles(root, rooms=True) == []


def test_a_circle_of_rooms_is_found_where_no_module_imports_itself(tree):
    root = tree(
        {
            "engine/runs/a.py": "from engine.data.a import f",
            "engine/data/a.py": "",
            "engine/data/b.py": "from engine.runs.b import g",
            "engine/runs/b.py": "",
        }
    )
    assert circles(root) == []
    assert circles(root, rooms=True) == ["engine.data → engine.runs → engine.data"]


@pytest.mark.parametrize(
    "back", ["from engine.a import f", "from . import a", "def g():\n    import engine.a"]
)
def test_a_circle_in_the_engine_is_found(tree, back):
    root = tree(
        {"engine/a.py": "from engine.b import g", "engine/b.py": "from .c import h", "engine/c.py": back}
    )
    assert circles(root) == ["engine.a → engine.b → engine.c → engine.a"]


def test_importing_the_whole_engine_from_inside_is_a_circle(tree):
    root = tree({"engine/__init__.py": "from engine.a import f", "engine/a.py": "from engine import g"})
    assert circles(root) == ["engine → engine.a → engine"]
