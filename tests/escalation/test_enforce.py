"""A share that a lead picks becomes a threshold that decides; drift voids its proof."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import NOON, Cast
from vcsm.audit.models import Entry
from vcsm.escalation.decide import GOES_ON, Facts, SignalFact, decide
from vcsm.escalation.enforce import NotProven, lift, note_drift, put_in_force
from vcsm.escalation.models import Escalation, Notice, Threshold, Verdict
from vcsm.escalation.proven import read_proven, threshold_in_force
from vcsm.escalation.weigh import weigh

RAGE = SignalFact(id="s1", kind="rage", severity=0.6, count=5, element="export", page="/reports")
Answers = list[tuple[float, bool]]
MILD = Facts(signals=(RAGE,), struggle=0.1, help_shown=True, clicks_after_help=GOES_ON)


def judged(
    cast: Cast, answers: list[tuple[float, bool]], *, send_from: float | None = None
) -> None:
    session = cast.session()
    for number, (score, false_alarm) in enumerate(answers):
        escalation = Escalation.objects.create(
            workspace=cast.acme,
            contact=cast.vera,
            session=session,
            cause=str(uuid4()),
            reason="friction",
            score=score,
            opened_score=score,
            send_from=send_from,
            verdict_asked=True,
            state="resolved",
            opened_at=NOON + timedelta(minutes=number),
            updated_at=NOON,
            due_at=NOON,
        )
        Verdict.objects.create(
            escalation=escalation, member=cast.alice, done=True, false_alarm=false_alarm, at=NOON
        )


def mixed(number: int) -> Answers:
    """High scores are real, of the low ones two in three are not; in no order."""
    return [(0.9, False) if index * 7 % 5 < 3 else (0.4, index % 3 > 0) for index in range(number)]


def test_it_works(cast: Cast) -> None:
    judged(cast, mixed(150))
    before = decide(weigh(MILD, workspace_id=cast.acme.pk, now=NOON))
    assert before.action == "escalate"
    picked = put_in_force(member_id=cast.bob.pk, max_false_share=0.1, now=NOON)
    assert picked.send_from == 0.9
    after = decide(weigh(MILD, workspace_id=cast.acme.pk, now=NOON))
    assert (after.action, after.rule, after.reason) == ("continue", "below_certified", "held_back")
    assert after.numbers["send_from"] == 0.9
    assert Entry.objects.get(workspace=cast.acme, kind="threshold").actor.endswith("Bob")
    assert decide(weigh(MILD, workspace_id=cast.globex.pk, now=NOON)).action == "escalate"


def test_lifted_everything_is_sent_again(cast: Cast) -> None:
    judged(cast, mixed(150))
    put_in_force(member_id=cast.bob.pk, max_false_share=0.1, now=NOON)
    assert lift(member_id=cast.bob.pk, now=NOON)
    assert not lift(member_id=cast.bob.pk, now=NOON)
    assert decide(weigh(MILD, workspace_id=cast.acme.pk, now=NOON)).action == "escalate"
    ended = Threshold.objects.get()
    assert (ended.chosen_by, ended.ended_by, ended.ended_at) == (cast.bob, cast.bob, NOON)


def test_another_pick_replaces_the_first(cast: Cast) -> None:
    judged(cast, mixed(150))
    for share in (0.1, 0.5):
        put_in_force(member_id=cast.bob.pk, max_false_share=share, now=NOON)
    assert [one.max_false_share for one in Threshold.objects.filter(ended_at=None)] == [0.5]


@pytest.mark.parametrize(
    ("share", "words"), [(0.05, "more verdicts until"), (0.07, "not one of those")]
)
def test_what_is_not_proven_is_not_put_in_force(cast: Cast, share: float, words: str) -> None:
    judged(cast, mixed(30))
    with pytest.raises(NotProven, match=words):
        put_in_force(member_id=cast.bob.pk, max_false_share=share, now=NOON)
    assert threshold_in_force(cast.acme.pk) is None


def test_a_csm_does_not_pick(cast: Cast) -> None:
    judged(cast, mixed(150))
    with pytest.raises(NotProven, match="lead or an admin"):
        put_in_force(member_id=cast.alice.pk, max_false_share=0.1, now=NOON)


def test_under_a_threshold_only_what_it_lets_through_is_counted(cast: Cast) -> None:
    judged(cast, mixed(150))
    put_in_force(member_id=cast.bob.pk, max_false_share=0.1, now=NOON)
    held = read_proven(cast.acme.pk)
    assert held.standing.verdicts == 90
    assert not held.standing.drift
    # What comes under the threshold adds to it; the slider stays on what came without one.
    judged(cast, [(0.9, False)] * 20, send_from=0.9)
    later = read_proven(cast.acme.pk)
    assert later.standing.verdicts == 110
    assert [one.threshold for one in later.choices] == [one.threshold for one in held.choices]


def test_drift_opens_a_notice_and_nothing_more_can_be_picked(cast: Cast) -> None:
    judged(cast, [(0.9, False)] * 100 + [(0.9, True)] * 60)
    for _ in range(2):
        note_drift(cast.acme.pk, now=NOON)
    assert Notice.objects.get(workspace=cast.acme).kind == "drift"
    with pytest.raises(NotProven, match="things have changed"):
        put_in_force(member_id=cast.bob.pk, max_false_share=0.5, now=NOON)


def test_over_the_api(cast: Cast) -> None:
    judged(cast, mixed(150))
    client = Client()
    client.force_login(cast.bob.user)
    address = "/console/api/deciding/threshold"
    told = client.post(address, {"max_false_share": 0.1}, content_type="application/json")
    assert told.json()["proven"]["in_force"]["send_from"] == 0.9
    refused = client.post(address, {"max_false_share": 0.07}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "refused")
