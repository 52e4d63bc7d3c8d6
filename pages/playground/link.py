"""What the playground takes from a link: the run, how it is looked at, and the table that it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.data.own import OWN, Table
from engine.runs.experiment import TABLE, Experiment, lacks_table
from engine.runs.links import from_text, to_query
from engine.runs.run import Opened, Run, open_parameters
from pages.playground.inside import Inside, open_inside
from pages.playground.map_plane import MapPlane, open_plane
from pages.playground.opening import OPENING
from pages.playground.own_data.ready import READY, ready_table
from pages.playground.probe import Probe, open_probe

PLAY = "play"
"""The parameter of a link that opens playing."""
RATE = "rate"
"""The parameter of an address for the frames a second; it stays whatever the run is."""
ZIP = "zip"
"""That for the figures of the zip that is taken along, and their formats; it stays as well."""
OWN_UNITS = "own_units"
"""The parameter of a link and an address for weights that are read in the data's own units."""
OF_NO_RUN = {RATE, ZIP, OWN_UNITS}


@dataclass(frozen=True)
class OpenedLink:
    """What a link's parameters say.

    Attributes:
        plays:    whether it plays from the run's frame.
        awaited:  the short fingerprint of the table that the link lacks; "" for none.
        refusals: why something was not taken, a sentence each.
    """

    run: Run
    plane: MapPlane
    probe: Probe
    inside: Inside
    plays: bool
    awaited: str
    refusals: tuple[str, ...]


def opened_link(query: Mapping[str, str], table: Table | None = None) -> OpenedLink:
    """Open a link's parameters; what can't be in it is said, and costs no more than itself.

    Args: table: what the link may have been made with; a ready table needn't be given.
    """
    table = table or _ready(query)
    opened = open_parameters(query, table) if query.keys() - OF_NO_RUN else Opened(Run(OPENING))
    experiment = opened.run.experiment
    awaited = query.get(TABLE, "") if lacks_table(query, table) else ""
    looked_at = {} if awaited else query  # it is read once the table is there
    plane, unseen = open_plane(looked_at, experiment)
    probe, unread = open_probe(looked_at, experiment, plane)
    inside, closed = open_inside(looked_at, experiment)
    plays = query.get(PLAY) == "1"
    refusals = (*opened.refusals, *unseen, *unread, *closed)
    return OpenedLink(opened.run, plane, probe, inside, plays, awaited, refusals)


def opened_text(text: str) -> tuple[OpenedLink, dict[str, str]]:
    """Open a link that people write by hand, or that stands behind an address's #; see opened_link.

    Returns: what it says, with what was noted besides among the refusals; and its parameters.
    """
    try:
        query, notes = from_text(text)
    except ValueError as error:
        query, notes = {}, (str(error),)
    opened = opened_link(query or to_query(Experiment()))
    return replace(opened, refusals=(*opened.refusals, *notes)), query


def _ready(query: Mapping[str, str]) -> Table | None:
    """The ready table that a link was made with, if it was made with any."""
    if query.get("data") != OWN:
        return None
    tables = map(ready_table, READY)
    return next((table for table in tables if table.short_fingerprint == query.get(TABLE)), None)
