"""What a signal's place is called: the roll-up's own naming (`roll_up_sql.STRUCK`), in Python."""

from collections.abc import Mapping

LONGEST = 120
NOT_ON_THE_PAGE = ("failing_request", "stalled_step", "no_results")
"""Kinds whose places are called by a route, a step or words sought, and by no element."""


def element_of(*, kind: str, element: str, facts: Mapping[str, object] | None) -> str:
    """A route, or a step of a flow, is a place of its own; else the element it happened on."""
    told = facts or {}
    if kind == "failing_request":
        route = told.get("route")
        return f"{told.get('method') or ''} {route}"[:LONGEST] if route is not None else ""
    if kind == "stalled_step":
        flow, step = told.get("flow"), told.get("step")
        return f"{flow} · {step}"[:LONGEST] if flow is not None and step is not None else ""
    return element[:LONGEST]
