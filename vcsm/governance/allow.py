"""Whether something may be done, and how far without a human. Pure; denied by default.

Rules are tried in the order of `RULES`; the first that answers decides, and the last one refuses.
"""

from collections.abc import Callable

from msgspec import Struct

from vcsm.governance.autonomy import MEANING, OUTCOME, Level, Outcome, lowest
from vcsm.governance.guardrails import Guardrails
from vcsm.governance.use_cases import CALL_PERSON, EFFECTS, UseCase, find_use_case

ASSISTANT = "assistant"
"""The agent that always exists; any other must be registered."""
WORKSPACE = "workspace"
"""Name of the kill switch for everything; the others are `use_case:<key>` and `agent:<key>`."""


class Request(Struct, frozen=True):
    """One act that an agent is about to do."""

    use_case: str
    agent: str = ASSISTANT
    effects: tuple[str, ...] = ()
    """Effects of the act; it is refused if its use case does not name all of them."""
    must_reach: bool = False
    """The contact asked for a person, or wrote about a matter that always goes to one."""


class State(Struct, frozen=True):
    """The state of the workspace, and of the contact's budget, at the moment of asking."""

    approved: dict[str, Level] = {}
    """Use case → the level that a member approved; one that is missing was never approved."""
    stopped: frozenset[str] = frozenset()
    """Kill switches that are pulled."""
    agents: dict[str, tuple[str, ...]] = {}
    """Registered agents → use cases each may act under; the assistant may act under all."""
    interruptions_today: int = 0
    """Things put before this contact unasked in the last 24 hours, over all their browsers."""
    interruptions_this_week: int = 0
    """The same for the last 7 days."""


class Ruling(Struct, frozen=True):
    """Whether the act may be done, by which rule and why."""

    allowed: bool
    """Do it now, without a human. False: not at all, or (see `outcome`) not without one."""
    rule: str
    reason: str
    """One sentence, for members."""
    outcome: Outcome
    level: Level


Said = tuple[Outcome, str] | None
Rule = Callable[[Request, Guardrails, State], Said]


def people_first(request: Request, policy: Guardrails, state: State) -> Said:
    """A contact who asks for a person, or must reach one, does: no switch or list prevents it."""
    if request.use_case == CALL_PERSON and request.must_reach and not request.effects:
        return "do", "The contact must reach a person."
    return None


def workspace_stopped(request: Request, policy: Guardrails, state: State) -> Said:
    """The kill switch for everything is pulled."""
    return ("refuse", "Everything is stopped.") if WORKSPACE in state.stopped else None


def agent_stopped(request: Request, policy: Guardrails, state: State) -> Said:
    """The kill switch for this agent is pulled."""
    if f"agent:{request.agent}" in state.stopped:
        return "refuse", f"The agent {request.agent} is stopped."
    return None


def use_case_stopped(request: Request, policy: Guardrails, state: State) -> Said:
    """The kill switch for this use case is pulled."""
    if f"use_case:{request.use_case}" in state.stopped:
        return "refuse", "This use case is stopped."
    return None


def unknown_use_case(request: Request, policy: Guardrails, state: State) -> Said:
    """Without a use case there is no reason to act."""
    if find_use_case(request.use_case) is None:
        return "refuse", f"There is no use case {request.use_case!r}."
    return None


def unknown_agent(request: Request, policy: Guardrails, state: State) -> Said:
    """Agents other than the assistant act only under the use cases they are registered for."""
    if request.agent == ASSISTANT or request.use_case in state.agents.get(request.agent, ()):
        return None
    return "refuse", f"The agent {request.agent} is not registered for this use case."


def forbidden_effect(request: Request, policy: Guardrails, state: State) -> Said:
    """An effect on the can't list is refused, whatever was approved."""
    has = {*request.effects, *_use_case(request).effects}
    for one in policy.cannot:
        if one.effect in has:
            return "refuse", f"On the can't list: {EFFECTS[one.effect]}."
    return None


def beyond_use_case(request: Request, policy: Guardrails, state: State) -> Said:
    """An act may have only the effects that its use case was approved for."""
    beyond = set(request.effects) - set(_use_case(request).effects)
    if beyond:
        return "refuse", f"Its use case does not cover: {', '.join(sorted(beyond))}."
    return None


def not_on_the_list(request: Request, policy: Guardrails, state: State) -> Said:
    """A use case that the can list does not name is refused."""
    if policy.at_most(request.use_case) == "off":
        return "refuse", "The can list does not name this use case."
    return None


def not_approved(request: Request, policy: Guardrails, state: State) -> Said:
    """Nobody has approved the use case, or its approval was withdrawn."""
    if state.approved.get(request.use_case, "off") == "off":
        return "refuse", "No member has approved this use case."
    return None


def contact_day_spent(request: Request, policy: Guardrails, state: State) -> Said:
    """The contact's budget of unasked things for a day, over all their browsers, is spent."""
    most = policy.contact.interruptions_a_day
    if _use_case(request).interrupts and state.interruptions_today >= most:
        return "refuse", f"This contact was interrupted {state.interruptions_today} times today."
    return None


def contact_week_spent(request: Request, policy: Guardrails, state: State) -> Said:
    """The contact's budget for a week is spent."""
    most = policy.contact.interruptions_a_week
    if _use_case(request).interrupts and state.interruptions_this_week >= most:
        spent = state.interruptions_this_week
        return "refuse", f"This contact was interrupted {spent} times in seven days."
    return None


def as_far_as_earned(request: Request, policy: Guardrails, state: State) -> Said:
    """Allows as much as was approved, the list allows and the risk allows: the lowest of these."""
    level = level_in_force(request.use_case, policy, state)
    return OUTCOME[level], MEANING[level]


def everything_else(request: Request, policy: Guardrails, state: State) -> Said:
    """Denied by default."""
    return "refuse", "No rule allows it."


RULES: tuple[Rule, ...] = (
    people_first,
    workspace_stopped,
    agent_stopped,
    use_case_stopped,
    unknown_use_case,
    unknown_agent,
    forbidden_effect,
    beyond_use_case,
    not_on_the_list,
    not_approved,
    contact_day_spent,
    contact_week_spent,
    as_far_as_earned,
    everything_else,
)


def allow(request: Request, policy: Guardrails, state: State) -> Ruling:
    """Applies the first rule that answers. Deterministic; reads no clock and no database."""
    for rule in RULES:
        said = rule(request, policy, state)
        if said is not None:
            outcome, reason = said
            return Ruling(
                allowed=outcome == "do",
                rule=rule.__name__,
                reason=reason,
                outcome=outcome,
                level=level_in_force(request.use_case, policy, state),
            )
    raise AssertionError("the last rule always speaks")


def level_in_force(use_case: str, policy: Guardrails, state: State) -> Level:
    """Returns the lowest of what was approved, what the list allows and what the risk allows."""
    known = find_use_case(use_case)
    if known is None:
        return "off"
    return lowest(state.approved.get(use_case, "off"), policy.at_most(use_case), known.cap)


def _use_case(request: Request) -> UseCase:
    found = find_use_case(request.use_case)
    assert found is not None, "unknown_use_case has spoken before"
    return found
