"""The browser side's scripts in Node: every x.test.js of these rooms is run as a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.rglob("*.test.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=[str(path.relative_to(HERE)) for path in SCRIPTS])
def test_script(script, node):
    node(script)
