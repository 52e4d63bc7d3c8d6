"""Runs the browser side's scripts in Node."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def node() -> Callable[..., str]:
    """node(script, given=text) is what a script prints that reads this text; one that fails fails the test.

    What stands before the script is for Node itself: node("--check", script).

    Without Node its tests are skipped, or fail where a browser is required.
    """
    program = shutil.which("node")
    if program is None:
        if os.environ.get("BROWSER_REQUIRED") == "1":
            pytest.fail("there is no node on the path, and BROWSER_REQUIRED is 1")
        pytest.skip("there is no node on the path")
    version = subprocess.run([program, "--version"], capture_output=True, check=True, text=True).stdout
    major = int(version.removeprefix("v").split(".")[0])
    modules = ["--experimental-default-type=module"] * (major < 22)  # later ones find out by themselves

    def run(*arguments: str | Path, given: str = "") -> str:
        command = [program, *modules, *arguments]
        done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
