"""A contact's struggle that is part of a problem of many, and what those it hit are told."""

from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from tests.console.conftest import signed_in
from tests.problems.test_roll_up import struck
from tests.stack import ROOT
from vcsm.accounts.models import Account, Contact
from vcsm.assistant.known_problems import attach_earlier
from vcsm.assistant.problem_news import tell_hit
from vcsm.assistant.react import react
from vcsm.conversations.broadcast import nudge_frame
from vcsm.conversations.models import Nudge
from vcsm.conversations.notices import WORDS
from vcsm.escalation.models import Decision, Escalation
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.governance.approvals import approve
from vcsm.governance.models import Act
from vcsm.problems.lifecycle import acknowledge, join_problem, open_problem, verify
from vcsm.problems.models import Attached, Place, Problem, Told
from vcsm.problems.roll_up import count_sessions

MINUTE = timedelta(minutes=1)


@pytest.fixture
def problem(cast: Cast) -> Problem:
    return problem_at(cast, cast.session(), "button")


def problem_at(cast: Cast, session: Session, element: str) -> Problem:
    struck(session, element=element)
    count_sessions(workspace_id=cast.acme.pk, sessions=[session.pk])
    place = Place.objects.get(workspace=cast.acme, kind="dead", element=element)
    made = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, place=place,
        began_at=NOON - MINUTE, now=NOON,
    )  # fmt: skip
    join_problem(made, place_id=place.pk, onset=NOON - MINUTE, at=NOON, usual=0.01, bad=0.5)
    return made


def grave(cast: Cast, name: str, *, account: Account | None = None) -> Session:
    """Somebody whose struggle with the same button is worth a call."""
    contact = Contact.objects.create(workspace=cast.acme, name=name, account=account)
    session = cast.session(contact)
    signal = struck(session, at=NOON)
    for kind in ("validation_loop", "page_loop", "refresh_loop", "search_struggle"):
        struck(session, kind=kind, element="", at=NOON)  # thought about before
    FrictionSignal.objects.filter(session=session).update(severity=1.0, reacted_revision=9)
    FrictionSignal.objects.filter(pk=signal.pk).update(reacted_revision=0)
    return session


def decided(session: Session) -> Decision:
    react(session_id=session.pk, now=NOON + MINUTE)
    return Decision.objects.filter(session=session).latest("pk")


def test_it_works(cast: Cast, problem: Problem) -> None:
    """The first is attached; who comes after it is helped, and nobody is called again."""
    first, second = grave(cast, "Tom"), grave(cast, "Una")

    called, not_called = decided(first), decided(second)

    assert called.action == "escalate"
    [attached] = problem.attached.all()
    assert attached.escalation == Escalation.objects.get(session=first).pk
    assert not_called.reason == "known_problem"
    whole = signed_in(cast.alice).get(f"/console/api/problems/{problem.pk}").json()
    [call] = whole["calls"]
    assert (call["id"], call["contact"]) == (str(attached.escalation), first.contact.name)
    assert not Escalation.objects.filter(session=second).exists()


def test_without_a_problem_everybody_is_raised(cast: Cast) -> None:
    assert decided(grave(cast, "Tom")).action == decided(grave(cast, "Una")).action == "escalate"
    assert not Attached.objects.filter(contact__workspace=cast.acme).exists()


def test_another_accounts_own_problem_is_not_theirs(cast: Cast, problem: Problem) -> None:
    other = Account.objects.create(workspace=cast.acme, external_id="other", name="Other")
    Problem.objects.update(scope="account", account=other, state=Problem.State.ACKNOWLEDGED)

    assert decided(grave(cast, "Tom", account=cast.kestrel)).action == "escalate"
    assert decided(grave(cast, "Una", account=other)).reason == "known_problem"


def test_what_was_raised_before_it_was_a_problem_is_attached_later(
    cast: Cast, problem: Problem
) -> None:
    Problem.objects.update(state=Problem.State.VERIFIED)
    session = grave(cast, "Tom")
    decided(session)
    assert attach_earlier(workspace_id=cast.acme.pk, now=NOON) == 0
    Problem.objects.update(state=Problem.State.OPEN)

    assert attach_earlier(workspace_id=cast.acme.pk, now=NOON) == 1
    assert attach_earlier(workspace_id=cast.acme.pk, now=NOON) == 0
    assert problem.attached.get().contact_id == session.contact_id


def test_what_was_attached_to_everything_goes_with_its_place_when_that_is_set_apart(
    cast: Cast, problem: Problem
) -> None:
    Problem.objects.update(scope="fleet")
    session = grave(cast, "Tom")
    decided(session)
    assert problem.attached.count() == 1
    button = Place.objects.get(workspace=cast.acme, kind="dead")
    own = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, place=button,
        began_at=NOON - MINUTE, now=NOON + MINUTE,
    )  # fmt: skip
    assert attach_earlier(workspace_id=cast.acme.pk, now=NOON) == 0
    join_problem(own, place_id=button.pk, onset=NOON - MINUTE, at=NOON, usual=0.01, bad=0.5)

    assert attach_earlier(workspace_id=cast.acme.pk, now=NOON) == 1
    assert attach_earlier(workspace_id=cast.acme.pk, now=NOON) == 0
    assert own.attached.get().contact_id == session.contact_id
    assert not problem.attached.exists()


def here(cast: Cast, seen: timedelta = -MINUTE) -> None:
    Session.objects.filter(workspace=cast.acme).update(seen_at=NOON + seen)


def test_those_it_hit_are_told_once_that_it_is_known_and_once_that_it_is_fixed(
    cast: Cast, problem: Problem
) -> None:
    here(cast)
    assert tell_hit(workspace_id=cast.acme.pk, now=NOON) == 0  # nobody is on it yet
    acknowledge(problem, member=cast.alice, now=NOON)

    assert [tell_hit(workspace_id=cast.acme.pk, now=NOON) for _ in range(2)] == [1, 0]
    nudge = Nudge.objects.get(contact=cast.vera)
    frame = nudge_frame(nudge)
    assert (frame["notice"], frame["element"]) == ("problem_known", "button")
    assert Act.objects.filter(use_case="tell_problem", interrupts=True).count() == 1

    problem.refresh_from_db()
    verify(problem, at=NOON + MINUTE)
    here(cast, seen=timedelta(days=1))
    told = [tell_hit(workspace_id=cast.acme.pk, now=NOON + timedelta(days=1)) for _ in range(2)]
    assert told == [1, 0]
    assert set(Told.objects.values_list("contact_id", "what")) == {
        (cast.vera.pk, "known"),
        (cast.vera.pk, "fixed"),
    }


def test_what_becomes_news_together_is_said_once(cast: Cast, problem: Problem) -> None:
    other = problem_at(cast, Session.objects.get(workspace=cast.acme), "other")
    for one in (problem, other):
        acknowledge(one, member=cast.alice, now=NOON)
    here(cast)

    told = [tell_hit(workspace_id=cast.acme.pk, now=NOON + wait * MINUTE) for wait in (0, 1)]
    assert told == [1, 0]
    assert Nudge.objects.filter(contact=cast.vera).count() == 1
    assert Told.objects.filter(contact=cast.vera, what="known").count() == 2


def test_the_words_are_the_panels_english() -> None:
    english = (ROOT / "frontend/widget/languages/en.ts").read_text()
    for title, text in WORDS.values():
        assert f"['{title}', '{text}']" in english


def test_who_is_away_or_dismissed_something_is_left_in_peace(cast: Cast, problem: Problem) -> None:
    acknowledge(problem, member=cast.alice, now=NOON)
    here(cast, seen=-10 * MINUTE)
    assert tell_hit(workspace_id=cast.acme.pk, now=NOON) == 0
    here(cast)
    Nudge.objects.create(
        workspace=cast.acme, contact=cast.vera, session=Session.objects.first(), cause="x",
        title="t", text="t", state="dismissed", offered_at=NOON, answered_at=NOON - MINUTE,
    )  # fmt: skip
    assert tell_hit(workspace_id=cast.acme.pk, now=NOON) == 0
    assert not Told.objects.exists()


def test_a_notice_does_not_take_the_place_of_help_that_is_being_read(
    cast: Cast, problem: Problem
) -> None:
    acknowledge(problem, member=cast.alice, now=NOON)
    here(cast)
    help_offered = Nudge.objects.create(
        workspace=cast.acme, contact=cast.vera, session=Session.objects.first(), cause="x",
        title="t", text="t", state="shown", offered_at=NOON,
    )  # fmt: skip
    told = [tell_hit(workspace_id=cast.acme.pk, now=NOON + wait * MINUTE) for wait in (0, 1)]
    assert told == [0, 0]
    help_offered.state = Nudge.State.ACCEPTED
    help_offered.save()
    assert tell_hit(workspace_id=cast.acme.pk, now=NOON + MINUTE) == 1


def test_guardrails_hold(cast: Cast, problem: Problem) -> None:
    """Shadow writes down what would have been said; off says nothing; neither counts as told."""
    acknowledge(problem, member=cast.alice, now=NOON)
    here(cast)
    for level, written in (("shadow", 1), ("off", 1)):
        approve(
            workspace_id=cast.acme.pk, use_case="tell_problem", level=level, by=cast.bob,
            why="careful", now=NOON,
        )  # type: ignore[arg-type]  # fmt: skip
        assert tell_hit(workspace_id=cast.acme.pk, now=NOON) == 0
        assert Act.objects.filter(use_case="tell_problem", outcome="watched").count() == written
    assert not Told.objects.exists()
    assert not Nudge.objects.exists()


def test_nobody_of_another_workspace_is_told(cast: Cast, problem: Problem) -> None:
    acknowledge(problem, member=cast.alice, now=NOON)
    here(cast)

    assert tell_hit(workspace_id=cast.globex.pk, now=NOON) == 0
