from datetime import timedelta
from uuid import uuid4

from django.test import Client

from tests.cast import NOON, Cast
from vcsm.escalation.models import Escalation, Policy, Verdict
from vcsm.escalation.open import ASKED
from vcsm.escalation.proven import read_proven


def judged(cast: Cast, number: int, *, cause: str = "", asked: bool = True, false: int = 0) -> None:
    """So many judged escalations, the first of them false alarms with low scores."""
    session = cast.session()
    for index in range(number):
        escalation = Escalation.objects.create(
            workspace=cast.acme,
            contact=cast.vera,
            session=session,
            cause=cause or str(uuid4()),
            reason="friction",
            score=0.9,
            opened_score=0.5 + index / 1000,
            verdict_asked=asked,
            state="resolved",
            opened_at=NOON + timedelta(minutes=index * 37 % number),
            updated_at=NOON,
            due_at=NOON,
        )
        Verdict.objects.create(
            escalation=escalation,
            member=cast.alice,
            done=True,
            false_alarm=index < false,
            at=NOON,
        )


def test_it_works(cast: Cast) -> None:
    judged(cast, 60, false=6)
    proven = read_proven(cast.acme.pk)
    assert proven.standing.certified
    assert (proven.standing.verdicts, proven.asked, proven.max_false_share) == (60, 60, 0.2)
    loosest = proven.choices[-1]
    assert (loosest.max_false_share, loosest.threshold) == (0.5, 0.5)
    assert [choice.threshold for choice in proven.choices][:1] == [None]
    kept = [choice.escalated_share for choice in proven.choices]
    assert kept == sorted(kept)


def test_no_verdicts(cast: Cast) -> None:
    proven = read_proven(cast.acme.pk)
    assert (proven.standing.certified, proven.standing.verdicts_missing) == (False, 11)
    assert {choice.threshold for choice in proven.choices} == {None}


def test_only_a_random_sample_counts_and_no_wish_for_a_person(cast: Cast) -> None:
    judged(cast, 30, asked=False)
    judged(cast, 1, cause=ASKED)
    assert read_proven(cast.acme.pk).standing.verdicts == 0
    assert read_proven(cast.globex.pk).standing.verdicts == 0


def test_the_workspace_names_the_share(cast: Cast) -> None:
    judged(cast, 8)
    assert not read_proven(cast.acme.pk).standing.certified
    Policy.objects.create(workspace=cast.acme, max_false_share=0.5)
    assert read_proven(cast.acme.pk).standing.certified


def test_members_read_it_and_nobody_else(cast: Cast) -> None:
    judged(cast, 20)
    assert Client().get("/console/api/certificate").status_code == 403
    told = {}
    for member in (cast.alice, cast.charlie):
        client = Client()
        client.force_login(member.user)
        told[member.name] = client.get("/console/api/certificate").json()
    assert told["Alice"]["standing"]["certified"] is True
    assert told["Alice"]["choices"][0] == {
        "max_false_share": 0.05,
        "threshold": None,
        "escalated_share": 0.0,
        "upper_bound": None,
        "missing": 75,
    }
    assert told["Charlie"]["standing"]["verdicts"] == 0
