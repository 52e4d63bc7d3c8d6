"""Reads numbers as people type them, and writes them with a true minus."""

import math
import re
from dataclasses import dataclass

LONGEST = 60
"""Most characters of one typed number; the longest float that Python writes has 24."""
MOST_NUMBERS = 1000
"""Most numbers of one typed list."""
QUOTED = 30
"""Most characters of a refused text that its refusal repeats."""
EXACT = 17
"""Decimals with which a factor of everyday size is shown to its last bit."""

# Other characters that people and this app write for these signs.
_SIGNS = str.maketrans({**dict.fromkeys("−–—‒‐‑﹣－", "-"), **dict.fromkeys("·×⋅∙", "*"), "⁄": "/"})
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISING = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

# Digits with points and commas anywhere; _decimal then says what is wrong with "1,234.5".
_LOOSE = r"[\d.,](?:[\d., ]*[\d.,])?"
_TEN = (
    r"10 ?(?:(?:\^|\*\*) ?(?P<open>\()? ?(?P<power>[+-]? ?\d+) ?(?(open)\))"
    r"|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
)
_NUMBER = re.compile(
    rf"[≈~=]? ?(?P<sign>[+-]?) ?(?:"
    rf"(?P<above>{_LOOSE}) ?/ ?(?P<below>{_LOOSE})"
    rf"|(?:(?P<plain>{_LOOSE})(?: ?[eE] ?(?P<exponent>[+-]? ?\d+))?"
    rf"|(?:(?P<front>{_LOOSE}) ?[*xX] ?)?{_TEN}) ?(?P<percent>%?))",
    re.ASCII,
)
_GROUPED = re.compile(r"(?:\d{1,3}(?: \d{3})+|\d*)(?:[.,](?:\d{3}(?: \d{3})* \d{1,3}|\d*))?", re.ASCII)
_THOUSAND_OR_DECIMAL = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_BETWEEN = re.compile(r"[ \t\r\n]*(?:;|,(?=[ \t\r\n]))[ \t\r\n]*|[ \t\r\n]+")


@dataclass(frozen=True)
class TypedNumber:
    """A number with the digits that were typed: 1.2 and 1.20 are equal, but 1.20 says more.

    Attributes:
        value:  the number.
        digits: how many are written from the first that is not 0; None for a fraction, which is exact.
        unit:   what 1 in the last digit is worth, 0.01 for 1.20; 0 for a fraction.
        filled: the same if the zeros that end a whole number only fill its places, 100 for 1700.
    """

    value: float
    digits: int | None
    unit: float
    filled: float


def read_number(text: str, name: str = "The number") -> float:
    """Read a finite number as people write it; nothing is run as code.

    A decimal point or comma (0.5, 0,5, .5, 5.); − or – for a minus; powers of ten (1.2e-3, 1.3·10^-4,
    2.98*10^(-1), 1.2*10**-3, 1.2×10⁻³, 10^-3); fractions of plain numbers (1/3); percents (29.8%); ≈, ~ or =
    in front; spaces around its parts and, thousands apart, between digits (1 234.5).

    Args:
        text: what was typed.
        name: the subject of the error sentence, e.g. "The learning rate".
    Raises: ValueError for text that is not a number, for 1/0, for what a float can't hold (1e400, 1e-400),
        and for what can be read in two ways: "1,000" is one or a thousand, "1.234,5" and "1,234.5" mix both
        marks.
    """
    return read_typed(text, name).value


def read_typed(text: str, name: str = "The number") -> TypedNumber:
    """The number that read_number reads, with the digits that were typed. Raises: as read_number."""
    try:
        if len(text) > LONGEST:
            raise ValueError(f"must be a number of at most {LONGEST} characters")
        return _read(" ".join(text.translate(_SIGNS).split()))
    except ValueError as rule:
        got = text.strip()
        got = got if len(got) <= QUOTED else f"{got[: QUOTED - 1]}…"
        raise ValueError(f"{name} {rule}. Got {got!r}.") from None


def read_numbers(text: str, name: str = "the list") -> tuple[float, ...]:
    """Read a list of numbers such as "(3, 3)", "1;2;3" or a column of a table, each as read_number takes it.

    A space, a tab, a line end or a semicolon separates, and so does a comma with one of these spaces after
    it: in "0,5; 0,7" and "1,5 2" the commas are decimal ones. Brackets may stand around the whole.

    Args:
        text: what was typed or pasted.
        name: what the error sentence calls the list, e.g. "the start".
    Raises: ValueError if there is none, more than MOST_NUMBERS, or one that can't be read.
    """
    if len(text) > MOST_NUMBERS * (LONGEST + 1):
        raise ValueError(
            f"There must be at most {MOST_NUMBERS} numbers in {name}. Got {len(text)} characters."
        )
    inside = text.strip()
    if inside[:1] + inside[-1:] in ("()", "[]"):
        inside = inside[1:-1].strip()
    if not inside:
        raise ValueError(f"There must be numbers in {name}, like 3, 0.5. Got {text[:QUOTED]!r}.")
    parts = _BETWEEN.split(inside)
    if len(parts) > MOST_NUMBERS:
        raise ValueError(f"There must be at most {MOST_NUMBERS} numbers in {name}. Got {len(parts)}.")
    return tuple(read_number(part, f"Number {k} of {name}") for k, part in enumerate(parts, start=1))


def _read(text: str) -> TypedNumber:
    """The number of a text with plain signs and single spaces; ValueError says what it must be."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError("must be a number, like 0.5, 1.2e-3 or 1/3")
    if found["below"]:
        above, below = float(found["sign"] + _decimal(found["above"])), float(_decimal(found["below"]))
        if below == 0:
            raise ValueError("must be a number that does not divide by 0")
        return TypedNumber(above / below, None, 0.0, 0.0)
    digits = _decimal(found["plain"] or found["front"] or "1")
    power = found["exponent"] or found["power"] or (found["raised"] or "0").translate(_RAISED)
    exponent = int(power.replace(" ", "")) - (2 if found["percent"] else 0)
    value = float(f"{found['sign']}{digits}e{exponent}")
    if math.isinf(value) or (value == 0 and digits.strip("0.")):
        raise ValueError("must be 0 or a number from 5e-324 to 1.7e308 in size")
    whole, point, decimals = digits.partition(".")
    last = exponent - len(decimals)
    zeros = 0 if point else len(whole) - len(whole.rstrip("0"))
    count = len((whole + decimals).lstrip("0"))
    return TypedNumber(value, count, float(f"1e{last}"), float(f"1e{last + zeros}"))


def _decimal(digits: str) -> str:
    """Digits with at most one mark, as float reads them; ValueError where the marks leave a doubt."""
    if digits.count(".") + digits.count(",") > 1:
        raise ValueError("must be a number with one point or comma at most, like 1234.5")
    if _THOUSAND_OR_DECIMAL.fullmatch(digits):
        either, other = digits.replace(",", "."), digits.replace(",", "")
        raise ValueError(f"must be a number that can be read in one way only, {either} or {other}")
    if not _GROUPED.fullmatch(digits) or not digits.strip(".,"):
        raise ValueError("must be a number, like 0.5, 1.2e-3 or 1/3")
    return digits.replace(" ", "").replace(",", ".")


def minus(text: str) -> str:
    """A formatted number with the minus sign of books, −, in place of a hyphen."""
    return text.replace("-", "−")


def significant(value: float, digits: int = 6) -> str:
    """A number with at most `digits` significant digits, without zeros at its end: −0.04134, 1e−05."""
    return minus(f"{value:.{digits}g}")


def superscript(exponent: int) -> str:
    """A whole number in raised digits: ⁻⁵."""
    return str(exponent).translate(_RAISING)


def with_power(text: str) -> str:
    """A number as Python writes it, as people read it: −2·10⁻⁵ for "-2e-05", 10⁻⁵ for "1e-05"."""
    mantissa, _, exponent = minus(text).partition("e")
    if not exponent:
        return mantissa
    power = f"10{superscript(int(exponent.replace('−', '-')))}"
    return mantissa[:-1] + power if mantissa in ("1", "−1") else f"{mantissa}·{power}"
