"""Do the tests see a wrong engine? Each row breaks one line in a copy of it, and some test must fail.

python -m tests.mutants             all of them, two at a time; exits with 1 if one survives
python -m tests.mutants adam seek   only those whose row contains one of these words
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutants import analysis, core, data, descent, examples, export, practice, runs, worked
from tests.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
AT_ONCE = 2
PATIENCE = 180  # seconds; an endless loop is found out too
MUTANTS = tuple(
    row
    for room in (core, data, runs, worked, practice, examples, descent, analysis, export)
    for row in room.MUTANTS
)


def occurrences(mutant: Mutant, engine: Path) -> int:
    """How often a mutant's text stands in its file; anything but once makes it stale."""
    (file,) = engine.rglob(f"{mutant.file}.py")
    return file.read_text("utf-8").count(mutant.old)


def copy_of_the_engine(parent: str) -> Path:
    """A fresh folder with all that the engine's tests need."""
    room = Path(tempfile.mkdtemp(dir=parent))
    for part in ("engine", "tests/engine", "tests/golden"):
        shutil.copytree(ROOT / part, room / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", room)
    return room


def run_tests(room: Path, names: str, patience: float | None = PATIENCE) -> tuple[bool, str]:
    """Whether the tests fail, and the first that does."""
    files = [str(path) for name in names.split() for path in (room / "tests/engine").rglob(f"test_{name}.py")]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", *files]
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(room),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # loading plugins takes longer than most of these tests
    }
    try:
        done = subprocess.run(
            command, cwd=room, env=environment, capture_output=True, text=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return True, f"no end in {patience:g} s"
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(f"pytest ended with {done.returncode}.\n{done.stdout}{done.stderr}")
    first = re.search(r"^(?:FAILED|ERROR) \S*?(test_\w+)\.py(?:::(\w+))?", done.stdout, re.MULTILINE)
    return done.returncode != 0, (first.group(2) or first.group(1)) if first else "no import"


def try_out(mutant: Mutant, rooms: SimpleQueue[Path]) -> tuple[Mutant, str, str]:
    """Break a copy, run the tests that must notice, and mend the copy again."""
    room = rooms.get()
    try:
        (file,) = (room / "engine").rglob(f"{mutant.file}.py")
        text = file.read_text()
        if (found := occurrences(mutant, room / "engine")) != 1:
            return mutant, "STALE", f"its text stands {found} times in {mutant.file}.py"
        file.write_text(text.replace(mutant.old, mutant.new))
        failed, first = run_tests(room, mutant.tests)
        file.write_text(text)
        return mutant, "killed" if failed else "SURVIVED", first if failed else f"by test_{mutant.tests}"
    finally:
        rooms.put(room)


def main(words: list[str]) -> int:
    """Try all mutants whose row contains one of the words."""
    chosen = [m for m in MUTANTS if not words or any(word.lower() in str(m).lower() for word in words)]
    began, bad = time.monotonic(), []
    with tempfile.TemporaryDirectory() as parent:
        rooms: SimpleQueue[Path] = SimpleQueue()
        room = copy_of_the_engine(parent)
        names = dict.fromkeys(name for mutant in chosen for name in mutant.tests.split())
        failed, first = run_tests(room, " ".join(names), patience=None)
        if failed:
            print(f"The engine fails its own tests, so nothing can be said of the mutants: {first}")
            return 2
        rooms.put(room)
        for _ in range(AT_ONCE - 1):
            rooms.put(copy_of_the_engine(parent))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for mutant, end, why in pool.map(lambda mutant: try_out(mutant, rooms), chosen):
                print(f"{end:9}{mutant.file + '.py':22}{mutant.what:52}{why}", flush=True)
                bad += [mutant] if end != "killed" else []
    seconds = time.monotonic() - began
    print(f"{len(chosen) - len(bad)} of {len(chosen)} mutants killed in {seconds:.0f} s.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
