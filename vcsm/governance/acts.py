"""Acts: recorded when done or held back, judged by members, and taken back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.governance.allow import ASSISTANT, Ruling
from vcsm.governance.approvals import lower_if_reversed
from vcsm.governance.broadcast import governance_changed
from vcsm.governance.models import Act
from vcsm.governance.standing import Standing, read_standing
from vcsm.governance.use_cases import find_use_case

DRAWN_SHARE = 0.5
"""Share of held-back acts whose judgement is asked for: volunteers would judge what they like."""
WAITS = timedelta(minutes=30)
"""A proposal that no member has decided on by then is dropped: its moment has passed."""


class NotAllowed(Exception):
    """The act may not be done; the message is the reason."""


class NothingToJudge(Exception):
    """The act cannot be judged or taken back (any more); the message says why."""


def record_act(
    standing: Standing,
    *,
    use_case: str,
    subject: str,
    agent: str = ASSISTANT,
    session_id: UUID | None = None,
    body: Mapping[str, object] | None = None,
    must_reach: bool = False,
) -> Act:
    """Records an act that is done, in the transaction of its effect.

    Raises `NotAllowed`, which rolls the effect back. `must_reach`: the contact asked for a person
    or wrote about a matter that always goes to one.
    """
    ruling = standing.ask(use_case, agent=agent, must_reach=must_reach)
    if not ruling.allowed:
        raise NotAllowed(f"{use_case}: {ruling.reason} ({ruling.rule})")
    act = _write(standing, use_case, agent, ruling, Act.Outcome.DONE, subject, session_id, body)
    append_entry(
        workspace_id=standing.workspace_id,
        kind="action",
        actor=None,
        subject=subject,
        body={
            "act": str(act.pk),
            "agent": agent,
            "contact": standing.contact_id,
            "level": ruling.level,
            "use_case": use_case,
        },
        at=standing.at,
    )
    return act


def hold_act(
    standing: Standing,
    *,
    use_case: str,
    subject: str,
    body: Mapping[str, object],
    agent: str = ASSISTANT,
    session_id: UUID | None = None,
) -> Act | None:
    """Records what would have been done but for its level, for members to see.

    Returns None if it is refused, or may simply be done; returns the earlier act if the same one is
    waiting already.
    """
    ruling = standing.ask(use_case, agent=agent)
    outcome = {"watch": Act.Outcome.WATCHED, "propose": Act.Outcome.PROPOSED}.get(ruling.outcome)
    if outcome is None:
        return None
    waiting = Act.objects.filter(
        workspace_id=standing.workspace_id,
        subject=subject,
        judgement="",
        outcome=outcome,
        at__gt=standing.at - WAITS,
    ).first()
    if waiting is not None:
        return waiting
    act = _write(standing, use_case, agent, ruling, outcome, subject, session_id, body)
    governance_changed(standing.workspace_id)
    return act


@transaction.atomic
def judge_act(*, act_id: UUID, judgement: str, by: Member, now: datetime) -> Act:
    """Stores whether a held-back act is right as written, in a member's judgement.

    Raises `NothingToJudge`, `Act.DoesNotExist`. The caller does what was approved, in the same
    transaction.
    """
    act = _locked(act_id, by)
    if act.judgement:
        who = act.judged_by.name if act.judged_by else "Somebody"
        raise NothingToJudge(f"{who} has judged this already.")
    if act.outcome == Act.Outcome.DONE:
        raise NothingToJudge("This was done; it can be taken back.")
    act.judgement, act.judged_by, act.judged_at = judgement, by, now
    act.save(update_fields=["judgement", "judged_by", "judged_at"])
    _write_down("judgement", act, by, {"judgement": judgement}, now)
    lower_if_reversed(workspace_id=act.workspace_id, use_case=act.use_case, now=now)
    return act


@transaction.atomic
def take_back(*, act_id: UUID, why: str, by: Member, now: datetime) -> Act:
    """Marks an act as taken back by a member; too many of them cost the use case a rung.

    Raises `NothingToJudge`, `Act.DoesNotExist`. The caller undoes the effect, in the same
    transaction.
    """
    act = _locked(act_id, by)
    if act.taken_back_at is not None:
        who = act.taken_back_by.name if act.taken_back_by else "Somebody"
        raise NothingToJudge(f"{who} has taken this back already.")
    if act.outcome != Act.Outcome.DONE:
        raise NothingToJudge("This was never done.")
    act.taken_back_by, act.taken_back_at, act.taken_back_why = by, now, why
    act.save(update_fields=["taken_back_by", "taken_back_at", "taken_back_why"])
    _write_down("taken_back", act, by, {"why": why}, now)
    lower_if_reversed(workspace_id=act.workspace_id, use_case=act.use_case, now=now)
    return act


def may_carry_out(act: Act, *, now: datetime) -> None:
    """Raises `NotAllowed`, with the reason, if a member's click may not do the proposed act now.

    A click lifts the level and nothing else: switches, lists and the contact's budget still hold.
    """
    standing = read_standing(
        workspace_id=act.workspace_id,
        contact_id=act.contact_id,
        browser_id=act.browser_id,
        now=now,
        agent=act.agent,
    )
    ruling = standing.ask(act.use_case, agent=act.agent)
    if ruling.outcome not in ("propose", "do"):
        raise NotAllowed(f"It may not be done now. {ruling.reason}")


def was_carried_out(act: Act, *, subject: str, now: datetime) -> None:
    """Records a proposed act as done, beside its effect: from now on it counts for the budget."""
    known = find_use_case(act.use_case)
    act.subject, act.interrupts = subject, bool(known and known.interrupts)
    act.outcome, act.at = Act.Outcome.DONE, now
    act.save(update_fields=["subject", "interrupts", "outcome", "at"])
    append_entry(
        workspace_id=act.workspace_id,
        kind="action",
        actor=act.judged_by,
        subject=subject,
        body={
            "act": str(act.pk),
            "agent": act.agent,
            "contact": act.contact_id,
            "level": act.level,
            "use_case": act.use_case,
        },
        at=now,
    )


def is_waiting(act: Act, now: datetime) -> bool:
    """Tells whether a member may still have it done."""
    return not act.judgement and is_fresh(act, now)


def is_fresh(act: Act, now: datetime) -> bool:
    """Tells whether it is a proposal whose moment has not passed yet."""
    return act.outcome == Act.Outcome.PROPOSED and act.at > now - WAITS


def _write(
    standing: Standing,
    use_case: str,
    agent: str,
    ruling: Ruling,
    outcome: Act.Outcome,
    subject: str,
    session_id: UUID | None,
    body: Mapping[str, object] | None,
) -> Act:
    known = find_use_case(use_case)
    id = uuid4()
    return Act.objects.create(
        id=id,
        workspace_id=standing.workspace_id,
        use_case=use_case,
        agent=agent,
        contact_id=standing.contact_id,
        browser_id=standing.browser_id,
        session=session_id,
        at=standing.at,
        outcome=outcome,
        level=ruling.level,
        rule=ruling.rule,
        interrupts=bool(known and known.interrupts and outcome == Act.Outcome.DONE),
        subject=subject[:200],
        body=dict(body or {}),
        drawn=is_drawn(id),
    )


def is_drawn(act_id: UUID) -> bool:
    """Draws by the id, which is random and known to nobody beforehand."""
    return bool(act_id.int % 1000 < DRAWN_SHARE * 1000)


def _locked(act_id: UUID, by: Member) -> Act:
    """Returns the act, locked; raises `Act.DoesNotExist` unless it is of the member's workspace."""
    return (
        Act.objects.select_for_update(of=("self",))
        .select_related("judged_by", "taken_back_by")
        .get(pk=act_id, workspace_id=by.workspace_id)
    )


def _write_down(kind: str, act: Act, by: Member, body: Mapping[str, object], now: datetime) -> None:
    append_entry(
        workspace_id=act.workspace_id,
        kind=kind,
        actor=by,
        subject=f"act:{act.pk}",
        body={"use_case": act.use_case, **body},
        at=now,
    )
    governance_changed(act.workspace_id)
