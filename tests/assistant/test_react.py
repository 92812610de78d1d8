"""What is thought about together is decided as if each cause were thought about by itself."""

import random
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOON, Cast
from vcsm.accounts.models import Contact, Workspace
from vcsm.assistant import react as reacting
from vcsm.assistant.react import react
from vcsm.conversations.models import Nudge
from vcsm.escalation.models import Decision, Policy
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.struggle import TRUST
from vcsm.governance.models import Approval

pytestmark = pytest.mark.django_db
STATEMENTS = 20
"""Of a reaction that changes nothing, the savepoint's two included; more causes take no more."""


def struggling(cast: Cast, workspace: Workspace, dice: random.Random, *, causes: int) -> Session:
    """A visit of somebody nobody knows, stuck at several places, at some of them with help."""
    session = cast.session(Contact.objects.create(workspace=workspace))
    for number in range(causes):
        struck(session, f"b{number}", dice)
    return session


def struck(session: Session, element: str, dice: random.Random) -> FrictionSignal:
    page = dice.choice(["/reports", "/people"])
    if dice.random() < 0.3:
        Nudge.objects.create(
            workspace_id=session.workspace_id, session=session, contact_id=session.contact_id,
            cause=f"{element}@{page}", title="Help", text="Help.", element=element, page=page,
            offered_at=NOON, state=dice.choice(["shown", "dismissed"]),
        )  # fmt: skip
    return FrictionSignal.objects.create(
        workspace_id=session.workspace_id, session=session, contact_id=session.contact_id,
        kind=dice.choice(list(TRUST)), key=element, element=element, page=page,
        severity=dice.random(), count=dice.randint(1, 9), started_at=NOON, last_at=NOON,
        retracted_at=NOON if dice.random() < 0.1 else None,
    )  # fmt: skip


def decided(session: Session) -> list[dict[str, Any]]:
    """All decisions of the session in the order they were made, without the ids of rows."""
    rows = Decision.objects.filter(session=session).order_by("pk")
    told = rows.values("action", "reason", "rule", "score", "facts", "numbers", "signal__key")
    return [{**row, "facts": without_ids(row["facts"])} for row in told]


def without_ids(stored: Any) -> Any:
    if isinstance(stored, dict):
        return {name: without_ids(value) for name, value in stored.items() if name != "id"}
    return [without_ids(one) for one in stored] if isinstance(stored, list) else stored


def test_it_works(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Acme's is read once for all causes, Globex's again before each: nobody could tell."""
    rules = Counter[str]()
    for seed in range(30):
        dice = random.Random(seed)
        Policy.objects.all().delete()
        if tight := dice.random() < 0.4:
            for workspace in (cast.acme, cast.globex):
                Policy.objects.create(workspace=workspace, minutes_a_day=8 if tight else None)
        causes, start = dice.randint(1, 6), dice.getstate()
        sessions = []
        for workspace in (cast.acme, cast.globex):
            dice.setstate(start)
            sessions.append(struggling(cast, workspace, dice, causes=causes))
        ours, theirs = sessions
        react(session_id=ours.pk, now=NOON)
        with monkeypatch.context() as patched:
            patched.setattr(reacting, "changes_what_is_read", lambda decision: True)
            react(session_id=theirs.pk, now=NOON)
        assert len(decided(ours)) == causes
        assert decided(ours) == decided(theirs)
        rules.update(decision["rule"] for decision in decided(ours))
    tried = {"first_struggle", "severe_struggle", "worth_more_elsewhere", "nothing_to_do"}
    assert set(rules) >= tried, rules


def test_guardrails_hold_for_every_cause(cast: Cast) -> None:
    Approval.objects.filter(workspace=cast.acme).delete()
    session = struggling(cast, cast.acme, random.Random(3), causes=5)
    react(session_id=session.pk, now=NOON)
    assert {one["action"] for one in decided(session)} == {"continue"}
    assert not Nudge.objects.filter(session=session, state="offered").exists()


def test_of_two_first_struggles_one_is_offered_help(cast: Cast) -> None:
    """The second is decided on what the first has become: help appeared a moment ago."""
    session = cast.session()
    for element in ("save", "send"):
        FrictionSignal.objects.create(
            workspace=cast.acme, session=session, contact=cast.vera, kind="rage", key=element,
            element=element, page="/reports", severity=0.5, count=4, started_at=NOON, last_at=NOON,
        )  # fmt: skip
    react(session_id=session.pk, now=NOON)
    assert [one["action"] for one in decided(session)] == ["offer", "continue"]
    assert decided(session)[1]["facts"]["nudged_lately"]


def test_a_reaction_takes_few_statements(cast: Cast) -> None:
    taken = []
    for causes in (1, 1, 5):
        session = cast.session(Contact.objects.create(workspace=cast.globex))
        for number in range(causes):
            FrictionSignal.objects.create(
                workspace=cast.globex, session=session, contact=session.contact, kind="dead",
                key=str(number), element=f"b{number}", page="/reports", severity=0.02, count=1,
                started_at=NOON, last_at=NOON,
            )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as captured:
            react(session_id=session.pk, now=NOON)
        taken.append(len(captured))
    _, one, five = taken
    assert one <= STATEMENTS
    assert five == one


def test_what_was_thought_about_is_left_alone(cast: Cast) -> None:
    session = struggling(cast, cast.acme, random.Random(1), causes=2)
    react(session_id=session.pk, now=NOON)
    before = decided(session)
    react(session_id=session.pk, now=NOON)
    assert decided(session) == before
