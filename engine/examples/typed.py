"""Reads matrices as people type or paste them: rows on lines, in brackets or between semicolons."""

from collections.abc import Callable, Sequence

from engine.examples.typed_rows import LONGEST_TEXT, MOST_ROWS, rows_of
from engine.numbers import QUOTED, read_number

Matrix = list[list[float]]

LONGEST_WIDTHS = 40
"""Most characters of the typed widths of a network."""
BETWEEN_WIDTHS = str.maketrans(dict.fromkeys("-–−→>,;x×()[]", " "))
WAY_OUT = "put a space after a comma that separates, or write a decimal point"


def read_matrix(
    text: str,
    name: str,
    rows: int | None = None,
    columns: int | None = None,
    *,
    vector: bool = False,
    otherwise: str = "",
) -> Matrix:
    """Read a matrix of this shape, each number as read_number takes it.

    Rows are lines, lie between semicolons, or stand in brackets of their own: all of

        0.1 0.2         0.1, 0.2; 0.3, -0.4         [[.1, .2], [.3, -.4]]         0,1 0,2
        0.3 -0.4                                                                  0,3 −0,4

    are the same. In a row, spaces and commas separate, and semicolons too where the rows are lines. Whether
    the comma of "1,5" is a decimal one is decided by the shape: of both readings the one that fits is
    taken, and if both fit, the text is refused. Where each row has brackets of its own, commas separate.

    Args:
        text:      what was typed.
        name:      how a refusal names the matrix, e.g. "W[1]".
        rows, columns: how many it must have; None takes any number from 1.
        vector:    whether one row or column that fits only when it is turned is taken for the other.
        otherwise: what a refusal says if the matrix would fit transposed.
    Returns: its rows.
    Raises:  ValueError, in one sentence, with the cell or the shape that is wrong.
    """
    lines, apart = rows_of(text, name)
    ways = [_separating] if apart else [_decimal, _separating]
    fitting, misfits, refusals = list[Matrix](), list[str](), list[tuple[bool, ValueError]]()
    for way in ways:
        fits = False
        try:
            cells = _cells(lines, name, way)
            if vector and 1 in (len(cells), len(cells[0])):
                cells = _turned_to_fit(cells, rows, columns)
            fits = _fits(cells, rows, columns)
            matrix = _numbers(cells, name)
        except ValueError as refusal:
            refusals.append((fits, refusal))
        else:
            if fits:
                fitting.append(matrix)
            else:
                misfits.append(_misfit(matrix, name, rows, columns, otherwise))
    if len(fitting) == 2 and fitting[0] != fitting[1]:
        raise ValueError(_two_ways(_cells(lines, name, _decimal), name))
    if fitting:
        return fitting[0]
    if misfits and not any(fits for fits, _ in refusals):
        raise ValueError(misfits[0])
    raise max(refusals, key=lambda refused: refused[0])[1]


def _fits(cells: Sequence[Sequence[object]], rows: int | None, columns: int | None) -> bool:
    return rows in (None, len(cells)) and columns in (None, len(cells[0]))


def _turned_to_fit(cells: list[list[str]], rows: int | None, columns: int | None) -> list[list[str]]:
    """The cells transposed, if only so they have this shape."""
    turned = [list(column) for column in zip(*cells, strict=True)]
    return turned if _fits(turned, rows, columns) and not _fits(cells, rows, columns) else cells


def read_classes(text: str, name: str, samples: int) -> list[float] | None:
    """Read one class number per sample, as "class 2", "classes 2, 1" or one on each line.

    Returns: the numbers, or None if the text doesn't speak of classes.
    Raises:  ValueError, in one sentence, for what can't be read or another count.
    """
    words = text.lower()
    if len(text) > LONGEST_TEXT or "class" not in words:
        return None
    numbers = words.replace("classes", " ").replace("class", " ")
    return read_matrix(numbers, f"the classes in {name}", 1, samples, vector=True)[0]


def read_widths(text: str) -> tuple[int, ...]:
    """Read the widths of a network's layers, as 2-2-3, 2 → 2 → 3 or (2, 2, 3).

    Raises: ValueError, in one sentence, for what isn't whole numbers.
    """
    words = text[: LONGEST_WIDTHS + 1].translate(BETWEEN_WIDTHS).split()
    if (
        len(text) > LONGEST_WIDTHS
        or not words
        or not all(word.isascii() and word.isdigit() for word in words)
    ):
        raise ValueError(f"Widths must be whole numbers, like 2-2-3. Got {text.strip()[:QUOTED]!r}.")
    return tuple(map(int, words))


def _decimal(line: str) -> list[str]:
    """The cells if only a comma with a space after it separates; two in a row leave an empty cell."""
    return [cell for part in line.split(", ") for cell in (part.split() or [""])]


def _separating(line: str) -> list[str]:
    """The cells if every comma separates."""
    return [cell for part in line.split(",") for cell in (part.split() or [""])]


def _cells(lines: list[str], name: str, way: Callable[[str], list[str]]) -> list[list[str]]:
    """The cells of every row in this way of reading; all rows must have one length."""
    parts = [[" ".join(part.split()).removesuffix(",") for part in line.split(";")] for line in lines]
    cells = [[cell for part in row for cell in way(part)] for row in parts]
    for i, row in enumerate(cells, start=1):
        if len(row) > MOST_ROWS:
            raise ValueError(f"A row of {name} must have at most {MOST_ROWS} numbers. Got {len(row)}.")
        if len(row) != len(cells[0]):
            raise ValueError(
                f"Every row of {name} must have as many numbers as the first, {len(cells[0])}. "
                f"Got {len(row)} in row {i}."
            )
    return cells


def _numbers(cells: list[list[str]], name: str) -> Matrix:
    return [
        [read_number(cell, f"Row {i}, column {j} of {name}") for j, cell in enumerate(row, start=1)]
        for i, row in enumerate(cells, start=1)
    ]


def _two_ways(cells: list[list[str]], name: str) -> str:
    """The refusal of cells that fit with decimal commas and with commas that separate."""
    i, j, cell = next((i, j, x) for i, row in enumerate(cells, 1) for j, x in enumerate(row, 1) if "," in x)
    either = f"{'0' * cell.startswith(',')}{cell.replace(',', '.')}"  # 0.2 for ",2"
    both = " and ".join(filter(None, cell.split(",")))
    return (
        f"Row {i}, column {j} of {name} can be read in two ways, {either} or {both}: {WAY_OUT}. "
        f"Got {cell[:QUOTED]!r}."
    )


def _misfit(matrix: Matrix, name: str, rows: int | None, columns: int | None, otherwise: str) -> str:
    """The refusal of a matrix of another shape."""
    height, width = len(matrix), len(matrix[0])
    wanted = [_counted(number, what) for number, what in ((rows, "row"), (columns, "column")) if number]
    turned = rows in (None, width) and columns in (None, height)
    way_out = f" It fits transposed: {otherwise}." if turned and otherwise else ""
    got = f"{_counted(height, 'row')} and {_counted(width, 'column')}"
    return f"{name} must have {' and '.join(wanted)}. Got {got}.{way_out}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
