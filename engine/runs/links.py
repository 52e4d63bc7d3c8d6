"""Settings as the parameters of a link, and back; only what differs from the defaults is written."""

from collections.abc import Mapping
from typing import Any, TypeVar

from engine.runs.rows import rows

LONGEST = 12_000
"""Most characters of one value; the longest lists every weight of the largest network as frozen."""

AnySettings = TypeVar("AnySettings")


def to_query(settings: Any) -> dict[str, str]:
    """The parameters of a link to these settings; {} for the default ones."""
    default = type(settings)()
    return {
        row.link: row.link_format.write(value)
        for name, row in rows(type(settings)).items()
        if (value := getattr(settings, name)) != getattr(default, name)
    }


def from_query(settings: type[AnySettings], query: Mapping[str, str]) -> AnySettings:
    """The settings of a link; parameters with other names are ignored.

    Raises: ValueError, in one sentence, for a value that can't be read or that the settings refuse.
    """
    values: dict[str, Any] = {}
    for name, row in rows(settings).items():
        if (text := query.get(row.link)) is not None:
            try:
                if len(text) > LONGEST:
                    raise ValueError
                values[name] = row.link_format.read(text)
            except ValueError:
                raise ValueError(f"{row.link} in the link can't be read. Got {text[:40]!r}.") from None
    return settings(**values)
