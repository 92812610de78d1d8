"""Names the place of a signal as the roll-up does (`roll_up_sql.STRUCK`), in Python."""

from collections.abc import Mapping

LONGEST = 120
NOT_ON_THE_PAGE = ("failing_request", "stalled_step", "no_results")
"""Kinds whose places are named by a route, a step or the words searched for, not by an element."""


def element_of(*, kind: str, element: str, facts: Mapping[str, object] | None) -> str:
    """Returns the route, or the step of a flow, where that is the place; else the element."""
    told = facts or {}
    if kind == "failing_request":
        route = told.get("route")
        return f"{told.get('method') or ''} {route}"[:LONGEST] if route is not None else ""
    if kind == "stalled_step":
        flow, step = told.get("flow"), told.get("step")
        return f"{flow} · {step}"[:LONGEST] if flow is not None and step is not None else ""
    return element[:LONGEST]
