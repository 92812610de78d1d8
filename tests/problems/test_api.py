"""Problems over the console's API."""

from datetime import UTC, datetime, timedelta
from json import loads
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.console.conftest import signed_in
from tests.problems.test_watch import MINUTE, Product
from vcsm.audit.models import Entry
from vcsm.problems.cost import costs_of, revenue_exposed
from vcsm.problems.lifecycle import NotNow, join_problem, open_problem, verify
from vcsm.problems.merging import merge, split
from vcsm.problems.models import Attached, Hit, PageOwner, Problem, Team
from vcsm.problems.watch import look

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def problem(cast: Cast) -> Problem:
    product = Product(cast)
    began = NOW - timedelta(hours=2)
    product.pass_by(began, 12, hit=(product.save, product.rage), account=3)
    made = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, place=product.save,
        began_at=began, now=began + 15 * MINUTE,
    )  # fmt: skip
    for place in (product.save, product.rage):
        join_problem(made, place_id=place.pk, onset=began, at=began, usual=0.01, bad=0.5)
    account = product.contacts[3].account
    assert account is not None
    account.annual_revenue = 1_000
    account.save()
    return made


def test_it_works(problem: Problem, cast: Cast) -> None:
    alice = signed_in(cast.alice)
    listed = alice.get("/console/api/problems").json()
    whole = alice.get(f"/console/api/problems/{problem.pk}").json()

    assert [one["id"] for one in listed["problems"]] == [str(problem.pk)]
    assert listed["problems"][0]["cost"] == {
        "sessions": 4, "contacts": 1, "accounts": 1, "revenue": 1000.0,
    }  # fmt: skip
    assert listed["revenue_exposed"] == 1000
    assert [one["kind"] for one in whole["places"]] == ["dead", "rage"]
    # Six sessions came by and four were hit: counted, whatever the evidence took it for.
    assert [one["share"] for one in whole["places"]] == pytest.approx([4 / 6, 4 / 6])
    assert len(whole["best"]) == 3


def test_revenue_is_never_counted_twice(problem: Problem, cast: Cast) -> None:
    other = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, place=None,
        began_at=problem.began_at, now=problem.opened_at,
    )  # fmt: skip
    for row in problem.places.all():
        join_problem(
            other, place_id=row.place_id, onset=row.onset, at=row.onset, usual=0.01, bad=0.5
        )
    assert [one.revenue for one in costs_of([problem, other], now=NOW).values()] == [1000, 1000]
    assert revenue_exposed([problem, other], now=NOW) == 1000


def test_its_life_by_hand(problem: Problem, cast: Cast) -> None:
    alice, address = signed_in(cast.alice), f"/console/api/problems/{problem.pk}"

    def act(**asked: str) -> int:
        return alice.post(address, asked, content_type="application/json").status_code

    assert act(act="acknowledge") == 200
    assert act(act="acknowledge") == 409
    assert act(act="claim", note="Hotfix 12") == 200
    assert act(act="verify") == 400
    steps = alice.get(address).json()["steps"]
    assert [(one["what"], one["member"]) for one in steps] == [
        ("opened", ""), ("acknowledged", "Alice"), ("fix_claimed", "Alice"),
    ]  # fmt: skip


def test_what_has_one_cause_is_merged_by_hand_and_only_into_what_stands(
    problem: Problem, cast: Cast
) -> None:
    other = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, place=None,
        began_at=problem.began_at, now=problem.opened_at,
    )  # fmt: skip
    alice = signed_in(cast.alice)

    def merge(part: Problem, into: object) -> int:
        asked = {"act": "merge", "into": str(into)}
        address = f"/console/api/problems/{part.pk}"
        return alice.post(address, asked, content_type="application/json").status_code

    assert merge(problem, problem.pk) == 409
    assert merge(problem, uuid4()) == 404
    assert merge(problem, "") == 400
    assert merge(problem, other.pk) == 200
    assert merge(other, problem.pk) == 409  # that would be a circle
    assert merge(problem, other.pk) == 409

    part = alice.get(f"/console/api/problems/{problem.pk}").json()
    assert part["merged_into"] == {"id": str(other.pk), "title": other.title}
    assert (part["steps"][-1]["what"], part["steps"][-1]["member"]) == ("merged", "Alice")
    whole = alice.get(f"/console/api/problems/{other.pk}").json()
    assert [one["kind"] for one in whole["places"]] == ["dead", "rage"]
    listed = alice.get("/console/api/problems").json()["problems"]
    assert [one["id"] for one in listed] == [str(other.pk)]


def test_what_was_merged_by_mistake_is_set_apart_with_what_it_brought(
    problem: Problem, cast: Cast
) -> None:
    alice = signed_in(cast.alice)
    whole = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, place=None,
        began_at=NOW, now=NOW,
    )  # fmt: skip
    own, common = problem.places.order_by("pk")
    join_problem(whole, place_id=common.place_id, onset=NOW, at=NOW, usual=0.01, bad=0.5)
    escalation = Attached.objects.create(
        problem=problem, escalation=uuid4(), contact=cast.vera, at=NOW
    )

    def act(one: Problem, **asked: str) -> int:
        address = f"/console/api/problems/{one.pk}"
        return alice.post(address, asked, content_type="application/json").status_code

    assert act(problem, act="split") == 409
    assert act(problem, act="claim") == 200
    assert act(problem, act="merge", into=str(whole.pk)) == 200
    later = Attached.objects.create(problem=whole, escalation=uuid4(), contact=cast.vera, at=NOW)
    assert alice.get(f"/console/api/problems/{whole.pk}").json()["parts"] == [
        {"id": str(problem.pk), "title": problem.title}
    ]
    assert act(problem, act="split") == 200
    assert act(problem, act="split") == 409

    problem.refresh_from_db()
    assert (problem.state, problem.merged_into) == ("claimed", None)
    assert {row.place_id for row in problem.places.all()} == {own.place_id, common.place_id}
    assert [row.place_id for row in whole.places.all()] == [common.place_id]
    assert list(whole.attached.all()) == [later]
    assert list(problem.attached.all()) == [escalation]
    whole.refresh_from_db()
    assert whole.began_at == NOW
    last = problem.steps.order_by("pk").last()
    assert last is not None
    assert (last.what, last.member, last.note) == ("restored", cast.alice, whole.title)
    entries = Entry.objects.filter(subject=f"problem:{problem.pk}").order_by("pk")
    assert [loads(one.body)["into"] for one in entries] == [str(whole.pk), None]


def test_nothing_comes_out_of_what_is_over(problem: Problem, cast: Cast) -> None:
    whole = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, place=None,
        began_at=problem.began_at, now=problem.opened_at,
    )  # fmt: skip
    merge(problem, into_id=whole.pk, member=cast.alice, now=NOW)
    verify(whole, at=NOW)
    problem.refresh_from_db()
    with pytest.raises(NotNow):
        split(problem, member=cast.alice, now=NOW)
    assert whole.places.count() == 2


def test_another_workspace_sees_nothing(problem: Problem, cast: Cast) -> None:
    charlie = signed_in(cast.charlie)
    assert charlie.get("/console/api/problems").json()["problems"] == []
    address = f"/console/api/problems/{problem.pk}"
    assert charlie.get(address).status_code == 404
    acted = charlie.post(address, {"act": "acknowledge"}, content_type="application/json")
    assert acted.status_code == 404
    hit = Hit.objects.filter(workspace=cast.acme).first()
    assert hit is not None
    sessions = charlie.get("/console/api/friction/sessions", {"place": hit.place_id})
    assert sessions.json() == []


def test_pages_get_an_owner_by_whoever_leads(cast: Cast) -> None:
    given = {"pattern": "/cards*", "team": "Cards", "acknowledge_minutes": 60}
    address, as_json = "/console/api/problems/owners", "application/json"
    owners = signed_in(cast.bob).post(address, given, content_type=as_json)
    assert owners.json() == [{**given, "email": ""}]
    alice = signed_in(cast.alice)
    assert alice.get(address).json() == owners.json()
    assert alice.post(address, given | {"team": "Mine"}, content_type=as_json).status_code == 403
    assert PageOwner.objects.get().team.name == "Cards"


def test_the_other_views_of_the_report(problem: Problem, cast: Cast) -> None:
    alice = signed_in(cast.alice)
    views = alice.get("/console/api/friction/places", {"period": "24h", "release": "1"}).json()
    assert {one["page"] for one in views["pages"]} <= {"/reports", "/cards"}
    assert set(views) == {
        "pages", "flows", "searches", "intents", "unmet", "changes", "blind", "names",
    }  # fmt: skip
    [line] = [
        one
        for one in alice.get("/console/api/friction", {"period": "24h"}).json()["lines"]
        if one["kind"] == "dead"
    ]
    behind = alice.get(
        "/console/api/friction/sessions", {"period": "24h", "place": line["place"]}
    ).json()
    assert len(behind) == line["sessions"] == 4


def test_an_owner_sees_their_pages_problems_and_clocks(problem: Problem, cast: Cast) -> None:
    cards = Team.objects.create(workspace=cast.acme, name="Cards", email=cast.alice.user.email)
    PageOwner.objects.create(workspace=cast.acme, team=cards, pattern="/cards/*")
    other = Team.objects.create(workspace=cast.acme, name="Other")
    Problem.objects.update(team=cards, due_at=NOW - timedelta(hours=1))
    alice = signed_in(cast.alice)

    mine = alice.get("/console/api/problems", {"team": cards.pk}).json()
    theirs = alice.get("/console/api/problems", {"team": other.pk}).json()

    assert mine["teams"] == [
        {"id": cards.pk, "name": "Cards", "pages": ["/cards/*"], "mine": bool(cards.email),
         "standing": 1, "late": 1},
        {"id": other.pk, "name": "Other", "pages": [], "mine": False, "standing": 0, "late": 0},
    ]  # fmt: skip
    assert [one["id"] for one in mine["problems"]] == [str(problem.pk)]
    assert theirs["problems"] == []
    assert alice.get("/console/api/problems", {"team": "x"}).json()["problems"] == []


def test_where_nobody_was_ever_seen_nothing_was_looked_at(cast: Cast) -> None:
    look(workspace_id=cast.globex.pk, now=NOW)
    answer = signed_in(cast.charlie).get("/console/api/problems").json()
    assert (answer["problems"], answer["looked_to"]) == ([], None)
