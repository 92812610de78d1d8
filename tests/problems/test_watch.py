"""The detection over stored rates: one problem for one cause, verified by the rate, back again."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.cast import NOON, Cast
from tests.problems.test_roll_up import saw, struck
from vcsm.accounts.models import Account, Browser, Contact
from vcsm.events.models import Session
from vcsm.events.partitions import create_partitions
from vcsm.problems import watch_data
from vcsm.problems.apart import set_apart
from vcsm.problems.lifecycle import (
    NotNow,
    acknowledge,
    claim_fix,
    join_problem,
    open_problem,
)
from vcsm.problems.merging import absorb
from vcsm.problems.models import (
    Hit,
    PageOwner,
    PageVisit,
    Place,
    Problem,
    Rate,
    Release,
    Segment,
    Team,
    WatchState,
)
from vcsm.problems.prove import prove
from vcsm.problems.roll_up import roll_up
from vcsm.problems.watch import look
from vcsm.reports.asked import Asked
from vcsm.reports.friction import friction_report

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Product:
    """Two pages, three places, four weeks of thirty sessions an hour and few hits."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.segment = Segment.objects.create(workspace=cast.acme, name="Growth")
        early = NOON - timedelta(days=40)
        self.release = Release.objects.create(workspace=cast.acme, name="1", first_at=early)
        self.browser = Browser.objects.create(workspace=cast.acme, contact=cast.vera)
        self.pages = {page: self._place("", page, "") for page in ("/reports", "/cards")}
        self.save = self._place("dead", "/reports", "save")
        self.rage = self._place("rage", "/reports", "save")
        self.pay = self._place("dead", "/cards", "pay")
        hours = [NOON - timedelta(hours=number) for number in range(1, 28 * 24)]
        Rate.objects.bulk_create(
            self._rate(place, hour, 30) for place in self.pages.values() for hour in hours
        )
        Rate.objects.bulk_create(
            self._rate(place, hour, 1) for place in (self.save, self.pay) for hour in hours[::12]
        )
        self.contacts = [
            Contact.objects.create(
                workspace=cast.acme,
                account=Account.objects.create(
                    workspace=cast.acme, external_id=f"a{number}", name=f"Account {number}"
                ),
            )
            for number in range(30)
        ]

    def _place(self, kind: str, page: str, element: str) -> Place:
        return Place.objects.create(
            workspace=self.cast.acme, kind=kind, page=page, element=element, name=element,
            first_at=NOON,
        )  # fmt: skip

    def _rate(self, place: Place, hour: datetime, sessions: int) -> Rate:
        return Rate(
            workspace=self.cast.acme, place=place, hour=hour, segment=self.segment,
            release=self.release, sessions=sessions, signals=sessions,
        )  # fmt: skip

    def pass_by(self, since: datetime, minutes: int, *, hit: tuple[Place, ...] = (),
                every: int = 3, account: int | None = None) -> None:  # fmt: skip
        """A session every two minutes on each page; every third minute one that is hit."""
        for minute in range(minutes):
            at = since + minute * MINUTE
            contact = self.contacts[account if account is not None else minute % 30]
            if minute % 2 == 0:
                for page in self.pages.values():
                    PageVisit.objects.create(place=page, session=self.session(contact, at), at=at)
            if hit and minute % every == 1:
                session = self.session(contact, at)
                for place in hit:
                    Hit.objects.create(
                        workspace=self.cast.acme, place=place, session=session, contact=contact,
                        account=contact.account, segment=self.segment, release=self.release,
                        at=at, signals=1, severity=0.5,
                    )  # fmt: skip

    def session(self, contact: Contact, at: datetime) -> Session:
        return Session.objects.create(
            id=uuid4(), workspace=self.cast.acme, contact=contact, browser=self.browser,
            started_at=at, seen_at=at,
        )  # fmt: skip

    def look(self, at: datetime) -> list[Problem]:
        look(workspace_id=self.cast.acme.pk, now=at + MINUTE)
        prove(workspace_id=self.cast.acme.pk, now=at + MINUTE)
        return list(Problem.objects.filter(workspace=self.cast.acme).exclude(state="merged"))


@pytest.fixture
def product(cast: Cast) -> Product:
    made = Product(cast)
    made.look(NOON)
    return made


def test_it_works(product: Product) -> None:
    team = Team.objects.create(workspace=product.cast.acme, name="Reporting")
    PageOwner.objects.create(workspace=product.cast.acme, pattern="/reports*", team=team)
    product.pass_by(NOON, 16, hit=(product.save, product.rage))
    [problem] = product.look(NOON + 16 * MINUTE)
    assert problem.scope == "product"
    assert problem.page == "/reports"
    assert problem.team == team
    assert abs(problem.began_at - NOON) < timedelta(minutes=10)
    assert [step.what for step in problem.steps.order_by("pk")] == ["opened", "assigned"]


def test_nothing_new_is_no_problem(product: Product) -> None:
    product.pass_by(NOON, 120)
    assert product.look(NOON + 120 * MINUTE) == []


def test_one_account_in_trouble_is_its_own_matter(product: Product) -> None:
    product.pass_by(NOON, 40, hit=(product.save,), account=7)
    [problem] = product.look(NOON + 40 * MINUTE)
    assert (problem.scope, problem.account) == ("account", product.contacts[7].account)


def everything(product: Product) -> Problem:
    """As it stands when all pages were noticed to be worse at noon, the control among them."""
    fleet = open_problem(
        workspace_id=product.cast.acme.pk, scope="fleet", account_id=None, place=None,
        began_at=NOON, now=NOON,
    )  # fmt: skip
    for place in (*product.pages.values(), product.save):
        usual = 0.02 if place.kind else 0.05
        join_problem(fleet, place_id=place.pk, onset=NOON, at=NOON, usual=usual, bad=4 * usual)
    return fleet


def test_what_everything_took_in_is_set_apart_when_it_is_far_worse(product: Product) -> None:
    fleet = everything(product)
    product.pass_by(NOON, 100, hit=(product.save,))
    set_apart(fleet, step=watch_data.step_of(NOON + 100 * MINUTE))
    own = Problem.objects.exclude(pk=fleet.pk).get()
    assert (own.scope, own.page, own.state) == ("product", "/reports", "open")
    assert {row.place for row in own.places.all()} == {product.save, product.pages["/reports"]}
    assert [row.place for row in fleet.places.all()] == [product.pages["/cards"]]


def test_a_session_that_is_hit_in_many_ways_is_hit_once_on_its_page(product: Product) -> None:
    fleet = everything(product)
    ways = [product._place(kind, "/reports", "save") for kind in ("error_click", "u_turn")]
    product.pass_by(NOON, 100, hit=(product.save, product.rage, *ways, product.pay))
    set_apart(fleet, step=watch_data.step_of(NOON + 100 * MINUTE))
    assert not Problem.objects.exclude(pk=fleet.pk).exists()


def test_what_was_its_own_problem_before_is_that_again(product: Product) -> None:
    product.pass_by(NOON, 20, hit=(product.save,))
    [own] = product.look(NOON + 20 * MINUTE)
    acknowledge(own, member=product.cast.alice, now=NOON + 21 * MINUTE)
    fleet = everything(product)
    absorb(fleet, own, at=NOON + 22 * MINUTE)
    product.pass_by(NOON + 22 * MINUTE, 80, hit=(product.save,))
    set_apart(fleet, step=watch_data.step_of(NOON + 102 * MINUTE))
    own.refresh_from_db()
    assert (own.state, own.merged_into) == ("acknowledged", None)
    assert [step.what for step in own.steps.order_by("pk")][-2:] == ["merged", "restored"]
    assert own.places.filter(place=product.save).exists()
    assert Problem.objects.exclude(pk=fleet.pk).count() == 1


def test_what_is_as_bad_as_everything_stays_part_of_it(product: Product) -> None:
    fleet = everything(product)
    product.pass_by(NOON, 100, hit=(product.save, product.pay))
    set_apart(fleet, step=watch_data.step_of(NOON + 100 * MINUTE))
    assert not Problem.objects.exclude(pk=fleet.pk).exists()
    assert fleet.places.count() == 3


def test_only_the_rate_verifies(product: Product) -> None:
    product.pass_by(NOON, 20, hit=(product.save,))
    [problem] = product.look(NOON + 20 * MINUTE)
    acknowledge(problem, member=product.cast.alice, now=NOON + 21 * MINUTE)
    claim_fix(problem, member=product.cast.alice, now=NOON + 22 * MINUTE)
    # Nobody comes by: silence proves nothing.
    assert product.look(NOON + 180 * MINUTE)[0].state == "claimed"
    product.pass_by(NOON + 180 * MINUTE, 120)
    assert product.look(NOON + 300 * MINUTE)[0].state == "verified"


def test_what_comes_back_is_the_same_problem(product: Product) -> None:
    product.pass_by(NOON, 20, hit=(product.save,))
    product.look(NOON + 20 * MINUTE)
    product.pass_by(NOON + 20 * MINUTE, 180)
    assert product.look(NOON + 200 * MINUTE)[0].state == "verified"
    product.pass_by(NOON + 200 * MINUTE, 30, hit=(product.save,))
    [again] = product.look(NOON + 230 * MINUTE)
    assert again.state == "open"
    assert "reopened" in [step.what for step in again.steps.all()]


def test_a_source_that_stopped_is_blind(product: Product) -> None:
    product.look(NOON + 180 * MINUTE)
    blind = WatchState.objects.get(pk=product.cast.acme.pk).blind
    assert {one["page"] for one in blind} == {"/reports", "/cards"}


@pytest.mark.parametrize("off", [-DAY, DAY], ids=["a day behind", "a day ahead"])
def test_clocks_a_day_off_hide_no_problem_and_make_none(product: Product, off: timedelta) -> None:
    """Set after the session began, so that even its own clock's offset is wrong."""
    cast, hour = product.cast, timedelta(hours=1)
    create_partitions(today=NOON.date())
    roll_up(workspace_id=cast.acme.pk, now=NOON)
    for minute in range(20):
        came = NOON + minute * MINUTE
        session = product.session(product.contacts[minute], came)
        for sequence, page in enumerate(product.pages):
            saw(session, page, at=came + off, received=came, sequence=sequence)
        if minute % 2:
            struck(session, element="save", at=came + off)
    later = NOON + 21 * MINUTE
    roll_up(workspace_id=cast.acme.pk, now=later)

    [problem] = product.look(later)
    assert problem.page == "/reports"
    assert abs(problem.began_at - NOON) < timedelta(minutes=15)
    assert WatchState.objects.get(pk=cast.acme.pk).blind == []
    now, before, after = (
        friction_report(Asked(cast.acme.pk, NOON + one, NOON + one + hour), now=later)
        for one in (timedelta(), -DAY, DAY)
    )
    [line] = now.lines
    assert (line.element, line.sessions, line.seen) == ("save", 10, 20)
    assert now.totals.sessions_seen == 20
    assert [one.totals.sessions for one in (before, after)] == [0, 0]


def test_two_cannot_acknowledge(product: Product) -> None:
    product.pass_by(NOON, 20, hit=(product.save,))
    [problem] = product.look(NOON + 20 * MINUTE)
    acknowledge(problem, member=product.cast.alice, now=NOON)
    with pytest.raises(NotNow):
        acknowledge(problem, member=product.cast.bob, now=NOON)


def test_pages_without_end_are_not_all_watched(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept in memory is bounded: the busiest pages, and what stands on them."""
    Rate.objects.filter(place=product.pages["/cards"]).update(sessions=1)
    monkeypatch.setattr(watch_data, "WATCHED_PAGES", 1)
    places, on, pages = watch_data.read_streams(product.cast.acme.pk, NOON - 28 * DAY)
    reports = product.pages["/reports"].pk
    assert (places.tolist(), on.tolist(), pages.tolist()) == (
        [product.save.pk],
        [reports],
        [reports],
    )
    product.pass_by(NOON, 16, hit=(product.save,))
    assert [one.page for one in product.look(NOON + 16 * MINUTE)] == ["/reports"]


def test_a_workspace_with_nothing_in_it(cast: Cast) -> None:
    assert look(workspace_id=cast.globex.pk, now=NOON) == 0
    assert prove(workspace_id=cast.globex.pk, now=NOON) == []


def test_no_rate_is_kept_that_no_session_can_have(product: Product) -> None:
    """Where half are hit on a usual day, "fifteen times as bad" is more than everybody; and against
    what cannot be, a day on which it is as bad as ever would be proof that it is over."""
    problem = open_problem(
        workspace_id=product.cast.acme.pk, scope="product", account_id=None, place=product.save,
        began_at=NOON, now=NOON,
    )  # fmt: skip
    row = join_problem(problem, place_id=product.save.pk, onset=NOON, at=NOON, usual=0.48, bad=7.2)
    assert row.bad == 1.0
    product.pass_by(NOON, 60, hit=(product.save,))
    assert prove(workspace_id=product.cast.acme.pk, now=NOON + 60 * MINUTE) == []
    row.refresh_from_db()
    assert row.proof < 0.5
