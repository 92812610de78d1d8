"""What Northbank's members did: took and judged calls, answered audits, owned problems."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from vcsm.accounts.models import Member
from vcsm.conversations.models import Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.demo.customers.temperaments import Visit
from vcsm.escalation.assign import URGENT
from vcsm.escalation.audits import answer_audit
from vcsm.escalation.models import Escalation, SilenceAudit
from vcsm.escalation.work import resolve, take_over
from vcsm.problems.lifecycle import acknowledge
from vcsm.problems.models import Problem

WITHIN_MINUTES = (2, 45)
"""Minutes from the call to the take-over."""
TALK_MINUTES = (3, 20)
HELPS = 0.85
"""Share of customers in need whom the member's help worked for."""
ACKNOWLEDGES = timedelta(hours=2)
HELLO = "Hello, this is {name} from Northbank. I see where it got stuck, give me a moment."
EXPORTED = "Export does not answer at the moment. I have sent you the statement by e-mail."
DONE = "That should do it. Write here whenever it does not."


class Desk:
    """The members who take calls, and judge them by what is true of each visit."""

    def __init__(self, workspace_id: int, rng: random.Random) -> None:
        self._workspace_id, self._rng = workspace_id, rng
        members = Member.objects.filter(workspace_id=workspace_id).order_by("pk")
        self._csms = [one for one in members if one.role in ("csm", "admin")]
        self._product = next((one for one in members if one.role == "product"), self._csms[0])

    def take_calls(self, session_id: UUID, visit: Visit, *, now: datetime, until: datetime) -> None:
        """Takes every call of the visit, and judges it by what is true of the visit.

        Calls that would be judged after `until` stay in the queue, for whoever opens the demo.
        """
        calls = Escalation.objects.filter(session_id=session_id).exclude(
            state=Escalation.State.RESOLVED
        )
        for call in calls.order_by("opened_at"):
            came = now + timedelta(minutes=self._rng.uniform(*WITHIN_MINUTES))
            went = came + timedelta(minutes=self._rng.uniform(*TALK_MINUTES))
            if went < until:
                self._take(call, visit, came, went)

    def _take(self, call: Escalation, visit: Visit, came: datetime, went: datetime) -> None:
        member = call.owner or self._rng.choice(self._csms)
        take_over(escalation_id=call.pk, member_id=member.pk, now=came)
        on_export = "export" in call.element_name
        lines = (HELLO.format(name=member.name.split()[0]), EXPORTED if on_export else DONE)
        for text, at in zip(lines, (came + timedelta(seconds=40), went), strict=True):
            post_message(
                conversation=call.conversation or conversation_of(call.session),
                author=Message.Author.MEMBER,
                member=member,
                text=text,
                now=at,
            )
        needed = visit.truth.stuck or call.reason in URGENT
        resolve(
            escalation_id=call.pk,
            member_id=member.pk,
            done=needed,
            worked=self._rng.random() < HELPS if needed else None,
            false_alarm=not needed,
            reason="" if needed else "not_stuck",
            note="",
            now=went + timedelta(minutes=1),
        )

    def answer_audits(self, stuck: Mapping[UUID, bool], *, now: datetime) -> None:
        """Answers the day's audits of sessions in which nobody was called, by `stuck`."""
        asked = SilenceAudit.objects.filter(
            workspace_id=self._workspace_id, answered_at=None, session_id__in=stuck
        ).exclude(asked_at=None)
        for audit in asked:
            answer_audit(
                audit_id=audit.pk,
                member_id=(audit.asked_of or self._csms[0]).pk,
                needed=stuck[audit.session_id],
                now=now,
            )

    def own_problems(self, *, now: datetime) -> None:
        """Has the product team acknowledge problems that have been open for ACKNOWLEDGES."""
        waiting = Problem.objects.filter(
            workspace_id=self._workspace_id,
            state=Problem.State.OPEN,
            opened_at__lt=now - ACKNOWLEDGES,
        )
        for problem in waiting:
            acknowledge(problem, member=self._product, now=now)
