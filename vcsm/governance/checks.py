"""Runs the checks that a can/can't list carries, before it comes into force. Pure."""

from vcsm.governance.allow import Request, State, allow
from vcsm.governance.guardrails import Check, Guardrails, ListUnreadable


def failed_checks(guardrails: Guardrails) -> list[str]:
    """Returns one sentence for each check that the list fails."""
    found = []
    for number, check in enumerate(guardrails.check, 1):
        ruling = allow(_request(check), guardrails, _state(check))
        if ruling.outcome != check.expect:
            found.append(
                f"Check {number} expects {check.expect} of {check.use_case} at {check.approved}, "
                f"but the list leads to {ruling.outcome} ({ruling.rule})."
            )
    return found


def refuse_failing(guardrails: Guardrails) -> None:
    """Raises `ListUnreadable` with the first check that fails."""
    failed = failed_checks(guardrails)
    if failed:
        raise ListUnreadable(failed[0])


def _request(check: Check) -> Request:
    return Request(use_case=check.use_case, effects=check.effects)


def _state(check: Check) -> State:
    return State(
        approved={check.use_case: check.approved},
        interruptions_today=check.interruptions_today,
        interruptions_this_week=max(check.interruptions_today, check.interruptions_this_week),
    )
