"""Levels of use cases: members approve, raise or withdraw them; reversals lower them."""

from datetime import datetime

from django.db import connection, transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.governance.autonomy import LADDER, Level, lowest, next_below
from vcsm.governance.broadcast import governance_changed
from vcsm.governance.earn import next_rung, too_many_reversals
from vcsm.governance.evidence import read_evidence, reversals_since
from vcsm.governance.lists import guardrails_in_force
from vcsm.governance.models import Approval
from vcsm.governance.standing import read_levels
from vcsm.governance.use_cases import USE_CASES, UseCase, find_use_case

AT_SETUP: dict[str, Level] = {
    "offer_help": "auto",
    "answer_questions": "undoable",
    "tell_state": "auto",
    "call_person": "auto",
    "tell_problem": "undoable",
}
"""Levels that a member approves with one click at set-up: within what the risk allows, but above
what was earned, since there are no members' judgements to earn it with yet."""


class NotEarned(Exception):
    """The evidence or the risk does not allow the level; the message says what is missing."""


def approve(
    *, workspace_id: int, use_case: str, level: Level, by: Member, why: str, now: datetime
) -> Approval:
    """Sets a use case to a level in a member's name; raises `NotEarned`.

    Lowering it, or switching it off, is always possible. From off it may rise to any rung that its
    risk and the list allow: the member answers for that. After that it rises one rung at a time, on
    evidence.
    """
    known = _known(use_case, level)
    with transaction.atomic():
        before = locked_level(workspace_id, use_case)
        if LADDER.index(level) > LADDER.index(before):
            _refuse_unearned(workspace_id, known, before, level, now)
        return write_level(
            workspace_id=workspace_id, use_case=use_case, level=level, by=by, why=why, now=now
        )


def approve_at_setup(*, workspace_id: int, by: Member | None, now: datetime) -> list[Approval]:
    """Approves every use case that nobody has decided about yet; a second run changes nothing."""
    with transaction.atomic():
        decided = read_levels(workspace_id)
        return [
            write_level(
                workspace_id=workspace_id,
                use_case=one.key,
                level=AT_SETUP[one.key],
                by=by,
                why="Approved when the workspace was set up.",
                now=now,
            )
            for one in USE_CASES
            if one.key not in decided
        ]


def lower_if_reversed(*, workspace_id: int, use_case: str, now: datetime) -> Approval | None:
    """Lowers the use case by one rung if too many of its acts were taken back.

    No member has to ask for it. Returns the new approval, or None if nothing changed.
    """
    known = find_use_case(use_case)
    if known is None:
        return None
    before = locked_level(workspace_id, use_case)
    backs = reversals_since(workspace_id=workspace_id, use_case=use_case)
    if before == "off" or not too_many_reversals(backs):
        return None
    return write_level(
        workspace_id=workspace_id,
        use_case=use_case,
        level=next_below(before, known.rungs),
        by=None,
        why=f"Lowered by itself: {sum(backs)} of the last {len(backs)} acts were taken back.",
        now=now,
    )


def locked_level(workspace_id: int, use_case: str) -> Level:
    """Returns the present level and keeps others from changing it until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"level:{use_case}", workspace_id]
        )
    return read_levels(workspace_id).get(use_case, "off")


def write_level(
    *, workspace_id: int, use_case: str, level: Level, by: Member | None, why: str, now: datetime
) -> Approval:
    row = Approval.objects.create(
        workspace_id=workspace_id, use_case=use_case, level=level, by=by, at=now, why=why
    )
    append_entry(
        workspace_id=workspace_id,
        kind="approval",
        actor=by,
        subject=f"use_case:{use_case}",
        body={"level": level, "why": why},
        at=now,
    )
    governance_changed(workspace_id)
    return row


def _known(use_case: str, level: Level) -> UseCase:
    known = find_use_case(use_case)
    if known is None:
        raise NotEarned(f"There is no use case {use_case!r}.")
    if level not in known.rungs:
        raise NotEarned(f"{known.title}: there is no level {level!r}.")
    return known


def _refuse_unearned(
    workspace_id: int, known: UseCase, before: Level, level: Level, now: datetime
) -> None:
    cap = lowest(known.cap, guardrails_in_force(workspace_id).at_most(known.key))
    if LADDER.index(level) > LADDER.index(cap):
        raise NotEarned(f"{known.title}: its risk is {known.tier}, so {cap} is the most.")
    if before == "off":
        return
    evidence = read_evidence(workspace_id=workspace_id, use_case=known.key, now=now)
    promotion = next_rung(before, evidence, rungs=known.rungs, cap=cap)
    if promotion is None or promotion.to != level:
        raise NotEarned(f"{known.title}: from {before} it goes up one rung at a time.")
    missing = [bar for bar in promotion.bars if not bar.passed]
    if missing:
        first = missing[0]
        raise NotEarned(
            f"{known.title}: the share {first.what} is proven to be {first.bound:.0%}, and "
            f"{first.needed:.0%} is needed; {first.missing} more good ones would do."
        )
