"""A question about a period and all that is read to answer it, read once."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from vcsm.problems.day_columns import Period, read_period
from vcsm.problems.models import Release, Segment
from vcsm.reports.asked import Asked
from vcsm.reports.friction_count import fetch, group, sum_by_place
from vcsm.reports.replica import reads_replica

_PLACES = "SELECT id, kind, page, element, name FROM problems_place WHERE id = ANY(%(places)s)"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a place is called; without a kind it is the page itself."""

    kind: str
    page: str
    element: str
    name: str


@dataclass(frozen=True, slots=True)
class Held:
    """A question with everything that is counted to answer it; `places` are by id."""

    asked: Asked
    period: Period
    places: dict[int, PlaceName]
    seen: dict[str, int]
    """Sessions that saw each page."""


@reads_replica
def hold(asked: Asked) -> Held:
    """Reads the period once, for the report and all its other views.

    Raises ValueError unless the period ends after it begins.
    """
    if asked.until <= asked.since:
        raise ValueError("The period must end after it begins.")
    named = named_of(asked)
    period = read_period(
        asked.workspace_id,
        asked.since,
        asked.until,
        segment=named["segment"],
        release=named["release"],
    )
    names = {row[0]: PlaceName(*row[1:]) for row in fetch(_PLACES, {"places": _ids(period)})}
    seen: dict[str, int] = {}
    for place, sessions in sum_by_place(period.rates, "sessions").items():
        if place in names and not names[place].kind:
            seen[names[place].page] = seen.get(names[place].page, 0) + sessions
    return Held(asked, period, names, seen)


def named_of(asked: Asked) -> dict[str, Any]:
    """Returns the question as SQL parameters; a name that does not exist becomes id -1."""
    return {
        "workspace": asked.workspace_id,
        "since": asked.since,
        "until": asked.until,
        "segment": _id(Segment, asked.workspace_id, asked.segment),
        "release": _id(Release, asked.workspace_id, asked.release),
    }


def _id(model: type[Segment] | type[Release], workspace_id: int, name: str | None) -> int | None:
    if name is None:
        return None
    row = model._default_manager.filter(workspace_id=workspace_id, name=name).first()
    return row.pk if row else -1


def _ids(period: Period) -> list[int]:
    both = np.append(group(period.hits["place"])[0], group(period.rates["place"])[0])
    return [int(one) for one in np.unique(both)]
