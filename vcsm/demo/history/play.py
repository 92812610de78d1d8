"""Plays the days since the demo last ran, at most four weeks, up to a few minutes ago."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Max

from vcsm.accounts.models import Browser, Contact, Workspace
from vcsm.accounts.scope import in_workspace
from vcsm.demo.banking77 import read_utterances
from vcsm.demo.history.desk import Desk
from vcsm.demo.history.plan import AFTER, PastVisit, plan_day
from vcsm.demo.history.road import PastRoad
from vcsm.demo.history.visit import PlayedVisit
from vcsm.demo.northbank import VERA
from vcsm.escalation.audits import ask_audits, draw_audits
from vcsm.events.models import Session
from vcsm.events.partitions import create_partitions
from vcsm.intent.clusters import refresh_clusters
from vcsm.intent.ways import learn_ways
from vcsm.problems.day_columns import pack_days
from vcsm.problems.models import Release
from vcsm.problems.prove import prove
from vcsm.problems.roll_up import roll_up
from vcsm.problems.watch import look

DAYS = 28
BROKEN_DAYS = 6
"""Days for which the release that broke *Export* has been out when the demo is first made."""
LAST_MINUTES = timedelta(minutes=5)
"""Time before now at which the live customers take over."""
LOOKS = (time(6), time(12), time(18), time(23, 59))
"""When the detection looks in a played day. Live it runs every minute, and sees the same steps
whenever it does."""

Tell = Callable[[int, int], None]
"""Called with the days played, and the days there are to play."""


def play_history(workspace: Workspace, *, now: datetime, tell: Tell, days: int = DAYS) -> int:
    """Plays the missing days and returns how many visits that were; a second run plays none.

    All identified contacts come, but for Vera, who is the newcomer. A day is begun once: after an
    interruption the next run goes on with the following day.
    """
    missing = _missing_days(workspace.pk, now, days)
    if not missing:
        return 0
    create_partitions(today=missing[0], ahead=len(missing))
    past = _Past(workspace, missing[-1], now)
    with past.road:
        for number, day in enumerate(missing, start=1):
            past.play_day(day)
            tell(number, len(missing))
    with in_workspace(workspace.pk):
        refresh_clusters(workspace_id=workspace.pk, now=now)
        learn_ways(workspace_id=workspace.pk, now=now)
    return past.visits


def _missing_days(workspace_id: int, now: datetime, days: int) -> list[date]:
    today = now.date()
    last = Session.objects.filter(workspace_id=workspace_id).aggregate(at=Max("started_at"))["at"]
    first = today - timedelta(days=days)
    if last is not None:
        first = max(first, last.date() + timedelta(days=1))
    return [first + timedelta(days=offset) for offset in range((today - first).days + 1)]


class _Past:
    def __init__(self, workspace: Workspace, today: date, now: datetime) -> None:
        self._workspace, self._until = workspace, now - LAST_MINUTES
        self._desk = Desk(workspace.pk, random.Random("desk"))
        self._wants = read_utterances()
        broke = Release.objects.filter(workspace=workspace, name=AFTER).first()
        self._broke_on = broke.first_at.date() if broke else today - timedelta(days=BROKEN_DAYS)
        contacts = Contact.objects.filter(workspace=workspace).exclude(external_id=None)
        self._contacts = {
            contact.external_id: contact
            for contact in contacts
            if contact.external_id and contact.external_id != VERA
        }
        self._browsers: dict[str, Browser] = {}
        self.road = PastRoad()
        self.visits = 0

    def play_day(self, day: date) -> None:
        stuck: dict[UUID, bool] = {}
        visits = plan_day(day, broke_on=self._broke_on, contacts=sorted(self._contacts))
        coming = next(visits, None)
        for at in LOOKS:
            moment = min(datetime.combine(day, at, UTC), self._until)
            while coming is not None and coming.began < moment - LAST_MINUTES:
                session, needed = self._play(coming)
                stuck[session] = needed
                coming = next(visits, None)
            self._look(moment)
        self._audit(stuck, min(datetime.combine(day, LOOKS[-1], UTC), self._until))

    def _play(self, past: PastVisit) -> tuple[UUID, bool]:
        with in_workspace(self._workspace.pk):
            visit = PlayedVisit(
                past,
                browser=self._browser(past.contact),
                road=self.road,
                wants=self._wants,
                friction_settings=self._workspace.friction_settings,
            )
            visit.play()
            self._desk.take_calls(visit.session.pk, visit.plan, now=visit.ended, until=self._until)
        self.visits += 1
        truth = visit.plan.truth
        return visit.session.pk, truth.stuck or truth.asks_person

    def _browser(self, contact: str) -> Browser:
        if contact not in self._browsers:
            self._browsers[contact] = Browser.objects.create(
                workspace=self._workspace, contact=self._contacts[contact]
            )
        return self._browsers[contact]

    def _look(self, moment: datetime) -> None:
        """Does what beat does every minute."""
        workspace_id = self._workspace.pk
        roll_up(workspace_id=workspace_id, now=moment)
        look(workspace_id=workspace_id, now=moment)
        prove(workspace_id=workspace_id, now=moment)
        pack_days(workspace_id=workspace_id, now=moment)
        with in_workspace(workspace_id):
            self._desk.own_problems(now=moment)

    def _audit(self, stuck: dict[UUID, bool], moment: datetime) -> None:
        draw_audits(now=moment)
        ask_audits(now=moment)
        with in_workspace(self._workspace.pk):
            self._desk.answer_audits(stuck, now=moment)
