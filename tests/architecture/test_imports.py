"""The import rules of the design: app.py → pages → pages/live, pages/ui → pages/figures → engine."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ENGINE_PACKAGES = {"numpy", "threadpoolctl"}
FIGURE_PACKAGES = {"numpy", "pandas", "plotly"}
# A room -> the rooms of our own that it may import. Figures take the engine's types and nothing else.
ALLOWED = {
    "app.py": {"pages.ui"},
    "pages/*.py": {"engine", "pages.figures", "pages.live", "pages.ui"},
    "pages/live": {"engine", "pages.figures", "pages.live", "pages.ui"},
    "pages/ui": {"engine", "pages.figures", "pages.live", "pages.ui"},
    "pages/figures": {"pages.figures"},
    "engine": {"engine"},
}


def room_of(path: Path) -> str:
    """Row of ALLOWED that holds for a file, given relative to the root."""
    if path.parts[0] == "pages":
        return "pages/*.py" if len(path.parts) == 2 else f"pages/{path.parts[1]}"
    return path.parts[0]


def module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, root: Path) -> Iterator[tuple[str, bool]]:
    """Absolute names that a file imports; True where only a type checker does."""
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
            if not fine:
                wrong.append(f"{path.as_posix()} must not import {name}")
    return wrong


def circles(root: Path) -> list[str]:
    """Modules of the engine that import themselves by way of others, as a → b → a.

    An import inside a function counts too: it only hides the circle.
    """
    modules = {module_name(path): path for path in sources(root) if path.parts[0] == "engine"}

    def target(name: str) -> str | None:
        # `from engine.losses import mse` names a module or something in it
        return next((n for n in (name, name.rpartition(".")[0]) if n in modules), None)

    graph = {
        module: {found for name, types in imports(path, root) if not types and (found := target(name))}
        for module, path in modules.items()
    }
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


def test_the_engine_imports_itself_without_circles():
    assert circles(ROOT) == []


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("engine/a.py", "import streamlit as st", "streamlit"),
        ("engine/a.py", "def f():\n    from plotly import graph_objects", "plotly.graph_objects"),
        ("engine/a.py", "import pandas", "pandas"),
        ("engine/export/a.py", "from pages.figures import theme", "pages.figures.theme"),
        ("pages/figures/a.py", "import streamlit", "streamlit"),
        ("pages/figures/a.py", "from engine import Network", "engine.Network"),
        ("pages/figures/a.py", "from ..ui import state", "pages.ui.state"),
        ("pages/ui/a.py", "import app", "app"),
        ("pages/ui/a.py", "from pages import playground", "pages.playground"),
        ("pages/live/a.py", "from tests import data", "tests.data"),
        ("pages/a.py", "import pages.b", "pages.b"),
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
            "app.py": "from pathlib import Path\nimport streamlit as st\nfrom pages.ui.shell import page",
            "engine/__init__.py": "from engine.a import f\nfrom .b import g",
            "engine/a.py": "import math\nimport numpy as np\nfrom threadpoolctl import threadpool_limits",
            "engine/b.py": "from . import a",
            "pages/playground.py": "import engine\nfrom pages.live import player\nfrom pages.ui import state",
            "pages/figures/heat.py": f"{types}\nimport plotly.graph_objects as go\nfrom .theme import LIGHT",
            "pages/figures/theme.py": "import numpy as np",
            "pages/live/player.py": "import streamlit as st\nfrom pages.figures.theme import LIGHT",
            "pages/ui/state.py": "from engine import Network\nfrom pages.live import player",
        }
    )
    assert wrong_imports(root) == []
    assert circles(root) == []


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
