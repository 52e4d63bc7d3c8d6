"""Settings as the parameters of a link, and back; only what differs from the defaults is written."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from engine.arrays import brief
from engine.runs.rows import in_words, rows
from engine.runs.tf_playground import translated

LONGEST = 12_000
"""Most characters of one value: every weight of the largest network, frozen."""
LONGEST_LINK = 400_000
MOST_PARAMETERS = 200
"""Most parameters of one link, ours and others together; we have about forty names."""

AnySettings = TypeVar("AnySettings")


def to_query(settings: Any) -> dict[str, str]:
    """The parameters of a link to these settings; {} for the default ones."""
    default = type(settings)()
    return {
        row.link: row.link_format.write(value)
        for name, row in rows(type(settings)).items()
        if (value := getattr(settings, name)) != getattr(default, name)
    }


def from_query(
    settings: type[AnySettings], query: Mapping[str, str], make: Callable[..., AnySettings] | None = None
) -> AnySettings:
    """The settings of a link; parameters of another name are not ours and left alone.

    Args:   make: makes the settings of the values that are given; their class itself unless given.
    Raises: ValueError, in one sentence, for a value that can't be read or that the settings refuse.
    """
    values = {name: _read(row, query[row.link]) for name, row in rows(settings).items() if row.link in query}
    return (make or settings)(**values)


def open_query(
    make: Callable[..., AnySettings], query: Mapping[str, str]
) -> tuple[AnySettings, tuple[str, ...]]:
    """The settings of a link, where a bad value costs that value alone: it is named, and its default stands.

    Args:    make: makes the settings of the values that are given, e.g. Experiment.fitted.
    Returns: the settings, and a sentence for each value that was refused, in the words of the controls.
    """
    made, values, refusals = make(), dict[str, Any](), []
    for name, row in rows(type(made)).items():
        if row.link in query:
            try:
                wanted = values | {name: _read(row, query[row.link])}
                made, values = make(**wanted), wanted
            except ValueError as error:
                refusals.append(in_words(error, type(made)))
    return made, tuple(refusals)


def _read(row: Any, text: str) -> Any:
    try:
        if len(text) > LONGEST:
            raise ValueError
        return row.link_format.read(text)
    except ValueError:
        raise ValueError(f"{row.link} in the link can't be read. Got {text[:40]!r}.") from None


def to_text(query: Mapping[str, str]) -> str:
    """The query string of a link, without its question mark."""
    return urlencode(query, safe="~")


def from_text(link: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The parameters of a link, which may be a whole address, a query string or a TensorFlow Playground hash.

    Parameters of ours that name their data may stand behind a #, too.

    Returns: the parameters (the last where one stands twice), and a sentence for each part of a hash that
             has no counterpart here.
    Raises:  ValueError for a link that is too long, or no text.
    """
    if not isinstance(link, str):
        raise ValueError(f"A link must be text. Got {brief(link)}.")
    if len(link) > LONGEST_LINK:
        raise ValueError(f"A link must have at most {LONGEST_LINK:,} characters. Got {len(link):,}.")
    before, _, fragment = link.strip().partition("#")
    address, mark, query = before.partition("?")
    if not mark:
        query = "" if "/" in address.partition("=")[0] else address
    try:
        read = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS))
        hashed = dict(parse_qsl(fragment, keep_blank_values=True, max_num_fields=MOST_PARAMETERS))
    except ValueError:
        raise ValueError(f"A link must have at most {MOST_PARAMETERS} parameters.") from None
    if read or not hashed:
        return read, ()
    return (hashed, ()) if "data" in hashed else translated(hashed)  # theirs call it "dataset"
