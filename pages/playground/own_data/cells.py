"""The cells of a text: by which sign its rows are divided, and what stands between."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "vertical bar", ",": "comma"}
"""The usual signs with their names. Where two divide all rows alike, the earlier one counts: in 1,5;2,5 the
comma is a decimal comma."""
SPACES = "spaces"
LOOKED_AT = 200
"""Rows from which the delimiter is told."""
MOST_COLUMNS = 500
RULE = "-=:+"
"""What a line under the names is drawn with in Markdown."""


def cells_of(text: str, name: str) -> tuple[list[list[str]], str]:
    """The rows of a text as lists of cells, all of one length, and what divides them in words.

    Rows without anything, and rows at the top that begin with #, are left out; a row that is too short is
    filled up with empty cells.

    Raises: ValueError, in one sentence, for no rows, too many columns, and a row that is too long.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    while lines and (not lines[0].strip() or lines[0].lstrip().startswith("#")):
        lines.pop(0)
    if not lines:
        raise ValueError(f"{name} must have at least 2 rows. It is empty.")
    told = lines[0].strip().strip('"')
    delimiter = ""
    if told.lower().startswith("sep=") and len(told) <= 5:
        delimiter = told[4:] or "\t"
        lines.pop(0)
    try:
        delimiter = delimiter or _delimiter(lines)
        rows = _rows(lines, delimiter, name)
    except csv.Error:
        rule = f"must have cells of at most {csv.field_size_limit():,} characters"
        raise ValueError(f"{name} {rule}. One is longer: a quotation mark may be open.") from None
    if not rows:
        raise ValueError(f"{name} must have at least 2 rows. It has none.")
    return _of_one_length(rows, name), DELIMITERS.get(delimiter, SPACES if delimiter == " " else delimiter)


def _rows(lines: list[str], delimiter: str, name: str) -> list[list[str]]:
    if delimiter == " ":
        return [parts for line in lines if (parts := line.split())]
    source = StringIO("\n".join(lines))
    read = csv.reader(source, delimiter=delimiter, skipinitialspace=True)
    rows = [[cell.strip() for cell in row] for row in read]
    open_mark = next((k for k, row in enumerate(rows) if any(cell.count("\n") > 20 for cell in row)), None)
    if open_mark is not None:
        raise ValueError(
            f"{name} must close each quotation mark. One stays open from row {open_mark + 1} on."
        )
    return [row for row in rows if any(cell.strip(RULE) for cell in row)]


def _delimiter(lines: list[str]) -> str:
    """The sign that divides the most rows into the same number of cells."""
    begin = [line for line in lines[:LOOKED_AT] if line.strip()]
    best, most = ",", 0.0
    for sign in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(begin, delimiter=sign) if row)
        width, count = widths.most_common(1)[0]
        share = round(count / sum(widths.values()), 1)
        if width > 1 and share > most:
            best, most = sign, share
    if most == 0.0:
        widths = Counter(len(line.split()) for line in begin)
        if len(widths) == 1 and len(begin) > 1 and max(widths) > 1:
            return " "
    return best


def _of_one_length(rows: list[list[str]], name: str) -> list[list[str]]:
    """Rows filled up to the usual length; a first row that is one shorter names all columns but the first."""
    for row in rows:
        while len(row) > 1 and not row[-1] and len(row) > len(rows[0]):
            row.pop()
    widths = Counter(map(len, rows[:LOOKED_AT]))
    width = max(widths.most_common(1)[0][0], len(rows[0]))
    if width > MOST_COLUMNS:
        raise ValueError(f"{name} must have at most {MOST_COLUMNS} columns. It has {width:,}.")
    if len(rows) > 2 and len(rows[0]) == width - 1 and len(rows[1]) == len(rows[2]) == width:
        rows[0].insert(0, "")
    for k, row in enumerate(rows):
        if len(row) > width:
            got = f"Row {k + 1} has {len(row)}: put quotation marks around text with the delimiter in it"
            raise ValueError(f"Every row of {name} must have {width} cells. {got}.")
        row.extend([""] * (width - len(row)))
    return rows
