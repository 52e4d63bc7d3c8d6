"""Takes a typed matrix apart into its rows: lines, parts between semicolons, or brackets."""

from engine.numbers import QUOTED

LONGEST_TEXT = 5000
"""Most characters of one typed matrix; the largest that fits any network here needs fewer."""
MOST_ROWS = 60
"""Most rows, or numbers in a row, that are read; what is too much for a network is refused by its shape."""
CLOSING = {"(": ")", "[": "]"}
POWER = "^"


def rows_of(text: str, name: str) -> tuple[list[str], bool]:
    """The rows as texts, and whether each stands in brackets of its own.

    Raises: ValueError, in one sentence, for brackets that don't match, no text at all, or too much.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{name} must have at most {LONGEST_TEXT} characters. Got {len(text)}.")
    groups, deepest = _bracketed(text, name)
    apart = deepest > 1 or len(groups) > 1
    if apart:
        lines = [" ".join(group.split()) for group in groups]
    else:
        parts = [part.strip().rstrip(";").strip() for part in groups[0].splitlines()]
        lines = [part for part in parts if part]
        if len(lines) == 1:
            lines = [part.strip() for part in lines[0].split(";")]
    if not any(lines):
        raise ValueError(f"{name} must hold numbers, like 0.5 −1. Got {text.strip()[:QUOTED]!r}.")
    if len(lines) > MOST_ROWS:
        raise ValueError(f"{name} must have at most {MOST_ROWS} rows. Got {len(lines)}.")
    return lines, apart


def _bracketed(text: str, name: str) -> tuple[list[str], int]:
    """What stands in the innermost brackets, or all of it, and how many brackets are around that.

    The brackets of 10^(-4) belong to the number.
    """
    opened, pieces, before = list[str](), [(0, "")], ""
    for sign in text:
        depth = sum(closing != POWER for closing in opened)
        if sign == "(" and before in ("^", "*"):
            opened.append(POWER)
            sign = ""
        elif sign in CLOSING:
            opened.append(CLOSING[sign])
            pieces.append((depth + 1, ""))
            sign = ""
        elif opened and sign == (")" if opened[-1] == POWER else opened[-1]):
            if opened.pop() != POWER:
                pieces.append((depth - 1, ""))
            sign = ""
        elif sign in ")]":
            raise ValueError(f"Every bracket of {name} must be opened and closed. Got one {sign} too many.")
        pieces[-1] = (pieces[-1][0], pieces[-1][1] + sign)
        before = sign if sign.strip() else before
    if opened:
        raise ValueError(f"Every bracket of {name} must be opened and closed. Got one that stays open.")
    deepest = max(depth for depth, _ in pieces)
    between = "".join(piece for depth, piece in pieces if depth < deepest)
    if deepest > 2 or between.strip(" \t\r\n,;"):
        rule = "stand around it or around its rows, like [[1, 2], [3, 4]]"
        raise ValueError(f"Brackets of {name} must {rule}. Got {text.strip()[:QUOTED]!r}.")
    return [piece for depth, piece in pieces if depth == deepest], deepest
