"""A page's settings as the parameters of a link, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

LONGEST = 200
"""Characters of one value; a link never needs more, and nobody should make the server read more."""


def written(settings: Any, keys: Mapping[str, str], write: Callable[[Any], str]) -> dict[str, str]:
    """The parameters of a link: the fields named in keys that differ from the default settings."""
    default = type(settings)()
    return {
        key: write(value)
        for name, key in keys.items()
        if (value := getattr(settings, name)) != getattr(default, name)
    }


def read(
    query: Mapping[str, str], keys: Mapping[str, str], default: Any, as_field: Callable[[str, str, Any], Any]
) -> dict[str, Any]:
    """The fields that a link names. Raises: ValueError, in one sentence, for one that can't be read."""
    values = {}
    for name, key in keys.items():
        if key in query:
            try:
                if len(query[key]) > LONGEST:
                    raise ValueError
                values[name] = as_field(name, query[key], getattr(default, name))
            except ValueError:
                raise ValueError(f"{key} in the link can't be read. Got {query[key][:40]!r}.") from None
    return values
