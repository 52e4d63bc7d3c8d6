"""Runs scripts where nothing but the standard library and the packages named can be imported."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

BARE = """
import contextlib, io, json, sys

packages = sys.argv[2:]
allowed = {*packages, *sys.stdlib_module_names}


class OnlyThese:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in allowed:
            raise ImportError(f"{top} isn't there")


if packages:
    sys.meta_path.insert(0, OnlyThese())
printed = []
for text in json.load(open(sys.argv[1], encoding="utf-8")):
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(compile(text, "script.py", "exec"), {"__name__": "__main__"})
    printed.append(output.getvalue())
json.dump(printed, sys.stdout)
"""


def outputs(scripts: Sequence[str], *packages: str) -> list[str]:
    """What each script prints, run one after another by `python -I` in an empty folder.

    Args: packages: all that can be imported besides the standard library; none stands for any.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "scripts.json").write_text(json.dumps(list(scripts)), "utf-8")
        command = [sys.executable, "-I", "-c", BARE, "scripts.json", *packages]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    printed: list[str] = json.loads(done.stdout)
    return printed


def loss_of(output: str) -> float:
    """The number in the last line of output."""
    words, number = output.splitlines()[-1].split()
    assert words == "train_loss"
    return float(number)
