"""The text of a file, whatever its encoding; a file that holds no text is refused by what it is."""

from __future__ import annotations

MOST_BYTES = 5_000_000
"""Largest file, and longest pasted text."""
SIGNATURES = {
    b"PK\x03\x04": "a zip archive, as Excel and OpenDocument files are",
    b"\xd0\xcf\x11\xe0": "an Excel file",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}
"""How a file begins, and what it then is, whatever its name says."""
MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
"""Byte order marks; the longer ones first, as they begin like shorter ones."""
MARKUP = {"{": "JSON", "[{": "JSON", "[[": "JSON", "<": "a web page or XML"}
WAY_OUT = "Save the table as CSV and choose that file"


def text_of(raw: bytes, name: str) -> str:
    """The text of a file's bytes. Raises: ValueError, in one sentence, for a file that holds no text."""
    if len(raw) > MOST_BYTES:
        size = f"{len(raw) / 1e6:,.1f} MB"
        raise ValueError(
            f"{name} must have at most {MOST_BYTES / 1e6:.0f} MB. It has {size}: take fewer rows."
        )
    for start, what in SIGNATURES.items():
        if raw.startswith(start):
            raise ValueError(
                f"{name} must be a table in text form. It is {what}: {WAY_OUT[0].lower()}{WAY_OUT[1:]}."
            )
    text = _decoded(raw)
    if text is None or _unprintable(text) > len(text) / 100:
        raise ValueError(f"{name} must be a table in text form. It holds bytes that are no text. {WAY_OUT}.")
    for begin, what in MARKUP.items():
        if text.lstrip().startswith(begin):
            raise ValueError(
                f"{name} must be a table of rows and cells. It is {what}: {WAY_OUT[0].lower()}{WAY_OUT[1:]}."
            )
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _decoded(raw: bytes) -> str | None:
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    zeros = raw[:2000].count(0)
    if zeros > len(raw[:2000]) / 4:  # UTF-16 without a mark has a zero in every other byte
        odd = raw[1:2000:2].count(0) > zeros / 2
        return raw.decode("utf-16-le" if odd else "utf-16-be", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _unprintable(text: str) -> int:
    begin = text[:100_000]
    return sum(
        begin.count(sign) for sign in {*begin} if sign == "\ufffd" or (sign < " " and sign not in "\t\n\r")
    )
