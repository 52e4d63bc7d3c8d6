"""Every mutant fits the engine as it is; `python -m tests.mutants` says whether the tests kill it."""

from pathlib import Path

from tests.mutants.__main__ import MUTANTS, occurrences

ROOT = Path(__file__).parents[2]


def test_the_text_of_every_mutant_stands_exactly_once_in_its_file():
    assert [row for row in MUTANTS if occurrences(row, ROOT / "engine") != 1] == []


def test_the_tests_that_must_see_a_mutant_exist():
    known = {path.stem.removeprefix("test_") for path in (ROOT / "tests/engine").rglob("test_*.py")}
    assert [row for row in MUTANTS if not known.issuperset(row.tests.split())] == []


def test_a_mutant_changes_something_and_is_told_apart_by_its_words():
    assert [row for row in MUTANTS if row.old == row.new] == []
    assert len({(row.file, row.what) for row in MUTANTS}) == len(MUTANTS)
