"""An escalation in one line: what happened, where, and what was tried."""

from vcsm.escalation.decide import Decision
from vcsm.friction.models import FrictionSignal

IN_WORDS = {
    "rage": "Clicked again and again",
    "dead": "Clicked what does not react",
    "error_click": "Hit an error",
    "error_burst": "Hit a burst of errors",
    "failing_request": "Met a request that keeps failing",
    "form_struggle": "Struggled with a form",
}


def summarise(
    *, decision: Decision, signal: FrictionSignal | None, said: str, help_title: str
) -> str:
    """At most 300 characters. `said`: the contact's own words; `help_title`: what was offered."""
    if decision.reason == "asked":
        line = f"Asked for a person: “{said}”" if said else "Asked for a person"
    elif decision.reason == "matter":
        line = f"Must reach a person: “{said}”"
    elif signal is None:
        line = f"No answer known to “{said}”"
    else:
        what = IN_WORDS.get(signal.kind, signal.kind.replace("_", " ").capitalize())
        where = signal.element_name or "this page"
        line = f"{what}: {where} on {signal.page or '/'}"
        if decision.reason == "failed_help":
            line += f", and “{help_title}” did not help" if help_title else ", help did not help"
    return line if len(line) <= 300 else f"{line[:299]}…"
