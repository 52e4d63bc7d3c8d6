"""Nothing with code in it is left out when mypy checks the types."""

import ast
from pathlib import Path

from mypy.main import process_options

ROOT = Path(__file__).parents[2]


def has_code(path: Path) -> bool:
    """Whether there is more than a docstring in a file."""
    return any(not isinstance(node, ast.Expr) for node in ast.parse(path.read_text(encoding="utf-8")).body)


def test_mypy_checks_every_file_of_the_app_the_engine_and_the_pages(monkeypatch):
    monkeypatch.chdir(ROOT)  # where mypy looks for its settings
    chosen, _ = process_options([])
    checked = {source.path for source in chosen}
    files = [Path("app.py"), *Path("engine").rglob("*.py"), *Path("pages").rglob("*.py")]
    assert [str(path) for path in files if str(path) not in checked and has_code(path)] == []
