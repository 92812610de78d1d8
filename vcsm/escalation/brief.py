"""Sums an escalation up in one line: what happened, where, and what was tried."""

from vcsm.escalation.decide import Decision
from vcsm.friction.models import FrictionSignal

IN_WORDS = {
    "rage": "Clicked again and again",
    "dead": "Clicked something that does not react",
    "error_click": "Hit an error",
    "error_burst": "Hit a burst of errors",
    "failing_request": "Ran into a request that keeps failing",
    "slow_page": "Waited for a page",
    "slow_interaction": "Waited for an answer",
    "form_reentry": "Filled in a field again and again",
    "validation_loop": "Had a form refuse their input again and again",
    "form_hesitation": "Hesitated in a form",
    "form_abandonment": "Left a form unfinished",
    "u_turn": "Turned back at once",
    "page_loop": "Went round in circles",
    "refresh_loop": "Reloaded again and again",
    "search_struggle": "Searched and did not find it",
    "repeated_question": "Asked the same thing again",
    "help_visit": "Looked for help",
    "stalled_step": "Got no further in a flow",
    "thrashed_cursor": "Shook the cursor",
    "no_results": "Searched without results",
}


def summarise(
    *, decision: Decision, signal: FrictionSignal | None, said: str, help_title: str
) -> str:
    """Returns at most 300 characters.

    `said`: the contact's own words; `help_title`: the title of the help that was offered.
    """
    if decision.reason == "asked":
        line = f"Asked for a person: “{said}”" if said else "Asked for a person"
    elif decision.reason == "matter":
        line = f"Must reach a person: “{said}”"
    elif signal is None:
        line = f"No answer known to “{said}”"
    else:
        what = IN_WORDS.get(signal.kind, signal.kind.replace("_", " ").capitalize())
        page = signal.page or "/"
        line = (
            f"{what}: {signal.element_name} on {page}"
            if signal.element_name
            else f"{what} on {page}"
        )
        if decision.reason == "failed_help":
            line += f", and “{help_title}” did not help" if help_title else ", help did not help"
    return line if len(line) <= 300 else f"{line[:299]}…"
