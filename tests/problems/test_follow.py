"""What got another name goes on: pages, elements, plans; and what only looks like it does not."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOON, Cast
from tests.problems.test_roll_up import struck
from vcsm.accounts.models import Account, Contact
from vcsm.audit.models import Entry
from vcsm.events.models import Session
from vcsm.events.partitions import create_partitions
from vcsm.problems.follow import follow_renames
from vcsm.problems.lifecycle import open_problem
from vcsm.problems.models import Hit, PageOwner, Place, Problem, Rate, Renamed, Segment, Team
from vcsm.problems.owners import fits, follow_owner, owner_of, rename_pattern
from vcsm.problems.renamed import (
    ElementUse,
    PageUse,
    is_renamed_plan,
    is_same_element,
    match_pages,
    tells_apart,
)
from vcsm.problems.roll_up import roll_up

HOUR = timedelta(hours=1)
MORNING = NOON - 8 * HOUR


def used(cast: Cast, page: str, elements: tuple[str, ...], at: datetime, *,
         contact: Contact | None = None) -> Session:  # fmt: skip
    """A session that saw a page and used elements on it."""
    session = cast.session(contact)
    Session.objects.filter(pk=session.pk).update(started_at=at, seen_at=at)
    session.refresh_from_db()
    rows = [("page", None), *(("click", element) for element in elements)]
    with connection.cursor() as cursor:
        for number, (kind, element) in enumerate(rows):
            cursor.execute(
                "INSERT INTO events_event VALUES (%s,%s,1,%s,%s,%s,%s,%s,%s,'{}')",
                [session.workspace_id, session.pk, number, kind, at, at, page, element],
            )
    return session


def through_the_day(cast: Cast, pages: dict[str, tuple[str, ...]], since: datetime,
                    hours: int) -> list[Session]:  # fmt: skip
    """Ten sessions an hour on each of `pages`, which are given with their elements."""
    return [
        used(cast, page, elements, since + hour * HOUR + minute * timedelta(minutes=6))
        for hour in range(hours)
        for minute in range(10)
        for page, elements in pages.items()
    ]


@pytest.fixture(autouse=True)
def _days(db: None) -> None:
    create_partitions(today=NOON.date())


MENU = ("link-home", "link-help", "link-me")
OLD = {
    "/reports": (*MENU, "button-run", "button-export", "listbox-kind"),
    "/cards": (*MENU, "button-pay", "button-new", "textbox-number"),
}
NEW = {page.replace("/", "/v2/"): elements for page, elements in OLD.items()}


def test_it_works(cast: Cast) -> None:
    """A deploy names every route anew: no page goes blind, no history is cut, late events fit."""
    sessions = through_the_day(cast, OLD, MORNING, 4)
    struck(sessions[0], page="/reports", element="button-run", at=MORNING)
    roll_up(workspace_id=cast.acme.pk, now=MORNING + 4 * HOUR)
    reports = Place.objects.get(kind="", page="/reports")
    run = Place.objects.get(kind="dead", page="/reports")
    through_the_day(cast, NEW, MORNING + 4 * HOUR, 3)
    after = MORNING + 7 * HOUR
    roll_up(workspace_id=cast.acme.pk, now=after)
    found = follow_renames(workspace_id=cast.acme.pk, now=after)
    assert {(one.old, one.new) for one in found} == {
        ("/reports", "/v2/reports"),
        ("/cards", "/v2/cards"),
    }
    for place in (reports, run):
        place.refresh_from_db()
        assert place.page == "/v2/reports"
    assert sum(Rate.objects.filter(place=reports).values_list("sessions", flat=True)) == 70
    assert not Place.objects.filter(page__in=["/reports", "/cards"]).exists()
    # Somebody's tab had stayed open, and sends an hour late.
    used(cast, "/reports", (), after)
    roll_up(workspace_id=cast.acme.pk, now=after + HOUR)
    assert not Place.objects.filter(page="/reports").exists()
    assert sum(Rate.objects.filter(place=reports).values_list("sessions", flat=True)) == 71
    assert follow_renames(workspace_id=cast.acme.pk, now=after + HOUR) == []


def test_a_way_back_is_followed_too(cast: Cast) -> None:
    through_the_day(cast, OLD, MORNING, 3)
    through_the_day(cast, NEW, MORNING + 3 * HOUR, 3)
    roll_up(workspace_id=cast.acme.pk, now=MORNING + 6 * HOUR)
    Problem.objects.create(workspace=cast.acme, scope="product", title="Dead clicks", page="/cards",
                           began_at=NOON, opened_at=NOON)  # fmt: skip
    follow_renames(workspace_id=cast.acme.pk, now=MORNING + 6 * HOUR)
    assert Problem.objects.get().page == "/v2/cards"
    # Rolled back: for a day the old name counts as the new one, so nothing is cut.
    through_the_day(cast, OLD, MORNING + 6 * HOUR, 2)
    roll_up(workspace_id=cast.acme.pk, now=MORNING + 8 * HOUR)
    assert set(Place.objects.values_list("page", flat=True)) == set(NEW)


def test_a_deploy_that_names_every_route_anew_leaves_each_page_its_team(cast: Cast) -> None:
    teams = {name: Team.objects.create(workspace=cast.acme, name=name) for name in ("A", "B", "C")}
    for pattern, name in (("/*", "A"), ("/cards", "B"), ("/rep*", "C")):
        PageOwner.objects.create(workspace=cast.acme, pattern=pattern, team=teams[name],
                                 acknowledge_minutes=30)  # fmt: skip
    through_the_day(cast, OLD, MORNING, 3)
    through_the_day(cast, NEW, MORNING + 3 * HOUR, 3)
    roll_up(workspace_id=cast.acme.pk, now=MORNING + 6 * HOUR)
    follow_renames(workspace_id=cast.acme.pk, now=MORNING + 6 * HOUR)

    found = dict(PageOwner.objects.values_list("pattern", "team__name"))
    assert found == {"/*": "A", "/cards": "B", "/rep*": "C", "/v2/cards": "B", "/v2/rep*": "C"}
    problem = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, began_at=NOON, now=NOON,
        place=Place.objects.get(kind="", page="/v2/cards"),
    )  # fmt: skip
    assert (problem.team, problem.due_at) == (teams["B"], NOON + timedelta(minutes=30))
    assert {one.subject for one in Entry.objects.filter(kind="settings")} == {
        "settings:page /v2/cards",
        "settings:page /v2/rep*",
    }


def test_what_was_said_of_the_new_name_stands_and_nobody_loses_a_page(cast: Cast) -> None:
    old, other = (Team.objects.create(workspace=cast.acme, name=name) for name in ("Old", "Other"))
    for pattern, team in (("/cards*", old), ("/v2/pay", other), ("/v2/c", other)):
        PageOwner.objects.create(workspace=cast.acme, pattern=pattern, team=team)
    for page in ("/v2/cards-of-others", "/v2/c", "/v2/pay"):
        Place.objects.create(workspace=cast.acme, page=page, first_at=NOON)
    PageOwner.objects.create(workspace=cast.acme, pattern="/*-others", team=other)

    follow_owner(cast.acme.pk, "/cards/pay", "/v2/pay", now=NOON)
    follow_owner(cast.acme.pk, "/cards/new", "/v2/cards/new", now=NOON)
    follow_owner(cast.acme.pk, "/cards", "/v2/cards", now=NOON)
    follow_owner(cast.acme.pk, "/nobodys", "/v2/nobodys", now=NOON)

    def name_of(page: str) -> str:
        owner = owner_of(cast.acme.pk, page)
        return owner.team.name if owner else ""

    assert name_of("/v2/pay") == "Other"
    assert name_of("/v2/cards-of-others") == "Other"
    assert (name_of("/v2/cards/new"), name_of("/v2/cards")) == ("Old", "Old")
    assert name_of("/v2/nobodys") == ""


@pytest.mark.parametrize(
    ("pattern", "before", "after", "then"),
    [
        ("/cards*", "/cards", "/v2/cards", "/v2/cards*"),
        ("/cards/*", "/cards/new", "/v2/cards/new", "/v2/cards/*"),
        ("/cards*", "/cards/new", "/karten/neu", "/karten/neu"),
        ("/cards", "/cards", "/karten", "/karten"),
        ("/*/new", "/cards/new", "/v2/cards/new", "/v2/cards/new"),
    ],
)
def test_a_pattern_follows_where_its_star_stands_for_the_same(
    pattern: str, before: str, after: str, then: str
) -> None:
    assert rename_pattern(pattern, before, after) == then


def test_a_route_in_brackets_is_itself() -> None:
    assert fits("/cards/[id]", "/cards/[id]")
    assert fits("/cards/[id]/pay", "/cards/[id]*")
    assert not fits("/cards/i", "/cards/[id]")


def test_a_new_page_beside_the_old_one_is_no_new_name(cast: Cast) -> None:
    through_the_day(cast, OLD, MORNING, 3)
    through_the_day(cast, OLD | NEW, MORNING + 3 * HOUR, 3)
    roll_up(workspace_id=cast.acme.pk, now=MORNING + 6 * HOUR)
    assert follow_renames(workspace_id=cast.acme.pk, now=MORNING + 6 * HOUR) == []


def test_an_element_with_another_fingerprint_goes_on(cast: Cast) -> None:
    def hit(element: str, at: datetime, number: int) -> None:
        session = used(cast, "/reports", (element,), at)
        signal = struck(session, element=element, at=at, key=str(number))
        type(signal).objects.filter(pk=signal.pk).update(element_name="button Save")

    for number in range(8):
        hit("button-aaa", MORNING + number * timedelta(minutes=5), number)
    roll_up(workspace_id=cast.acme.pk, now=MORNING + HOUR)
    old = Place.objects.get(kind="dead")
    for number in range(6):
        hit("button-bbb", MORNING + HOUR + number * timedelta(minutes=5), number)
    after = MORNING + 2 * HOUR
    roll_up(workspace_id=cast.acme.pk, now=after)
    [found] = follow_renames(workspace_id=cast.acme.pk, now=after)
    assert (found.what, found.page, found.old, found.new) == (
        "element", "/reports", "button-aaa", "button-bbb",
    )  # fmt: skip
    old.refresh_from_db()
    assert (old.element, Hit.objects.filter(place=old).count()) == ("button-bbb", 14)
    assert sum(Rate.objects.filter(place=old).values_list("sessions", flat=True)) == 14


def test_a_session_that_met_both_counts_once(cast: Cast) -> None:
    for number in range(30):
        session = used(cast, "/reports", ("button-aaa", "button-bbb")[number > 9 :][:1],
                       MORNING + number * timedelta(minutes=5))  # fmt: skip
        for element in (
            ("button-aaa", "button-bbb")
            if number == 9
            else ("button-aaa",) * (number < 9) or ("button-bbb",)
        ):
            signal = struck(session, element=element, at=session.started_at, key=element)
            type(signal).objects.filter(pk=signal.pk).update(element_name="button Save")
        roll_up(workspace_id=cast.acme.pk, now=session.started_at + timedelta(minutes=1))
    [found] = follow_renames(workspace_id=cast.acme.pk, now=NOON)
    assert found.new == "button-bbb"
    assert Hit.objects.count() == 30
    assert sum(Rate.objects.filter(place__kind="dead").values_list("sessions", flat=True)) == 30


def test_a_renamed_plan_keeps_its_history_and_an_upgrade_does_not(cast: Cast) -> None:
    def come_by(at: datetime) -> None:
        for contact in contacts:
            session = used(cast, "/reports", (), at, contact=contact)
            struck(session, at=at, key=str(at))

    accounts = [
        Account.objects.create(workspace=cast.acme, external_id=f"a{one}", name="A", plan="Team")
        for one in range(4)
    ]
    contacts = [
        Contact.objects.create(workspace=cast.acme, account=one, external_id=one.external_id)
        for one in accounts
    ]
    come_by(MORNING)
    roll_up(workspace_id=cast.acme.pk, now=MORNING + HOUR)
    team = Segment.objects.get(name="Team")
    Account.objects.filter(plan="Team").update(plan="Business")
    come_by(MORNING + 2 * HOUR)
    roll_up(workspace_id=cast.acme.pk, now=MORNING + 3 * HOUR)
    [found] = follow_renames(workspace_id=cast.acme.pk, now=MORNING + 3 * HOUR)
    assert (found.what, found.old, found.new) == ("plan", "Team", "Business")
    team.refresh_from_db()
    assert team.name == "Business"
    assert Hit.objects.filter(segment=team).count() == 8
    assert set(Segment.objects.values_list("name", flat=True)) == {"Business"}


def test_nothing_in_it(cast: Cast) -> None:
    assert follow_renames(workspace_id=cast.globex.pk, now=NOON) == []
    assert not Renamed.objects.exists()


def test_controls_that_some_sessions_use_both_of_are_two() -> None:
    assert is_same_element(ElementUse(sessions=200, old=0, new=9, both=0))
    assert is_same_element(ElementUse(sessions=200, old=50, new=50, both=0))
    assert not is_same_element(ElementUse(sessions=200, old=50, new=50, both=9))
    assert not is_same_element(ElementUse(sessions=2_000, old=50, new=50, both=0))
    assert not is_same_element(ElementUse(sessions=3, old=0, new=3, both=0))
    assert tells_apart("button Save")
    assert not tells_apart("button")


def test_a_plan_is_renamed_as_a_whole() -> None:
    assert is_renamed_plan({"Business": 5}, still=0) == "Business"
    assert is_renamed_plan({"Business": 5}, still=1) is None
    assert is_renamed_plan({"Business": 3, "Free": 3}, still=0) is None
    assert is_renamed_plan({"Business": 2}, still=0) is None
    assert is_renamed_plan({}, still=0) is None


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 30), max_size=8))
def test_two_new_pages_that_are_alike_are_not_told_apart(elements: dict[str, int]) -> None:
    old = PageUse(40, 0.0, 3600.0, elements)
    twins = {name: PageUse(40, 4000.0, 9000.0, elements) for name in ("/one", "/two")}
    assert match_pages({"/old": old}, twins, now=20_000.0) == {}
    alone = match_pages({"/old": old}, {"/one": twins["/one"]}, now=20_000.0)
    assert alone == ({"/old": "/one"} if len(elements) >= 3 else {})
