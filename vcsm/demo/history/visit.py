"""One past visit, played by its own clock: what the widget would have sent, and the help given."""

import random
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec
from django.db.models import F

from vcsm.accounts.models import Browser
from vcsm.assistant.react import react
from vcsm.assistant.reply import reply
from vcsm.conversations.models import Message, Nudge
from vcsm.conversations.nudges import answer_nudge, open_nudges
from vcsm.conversations.post import conversation_of, post_message
from vcsm.demo.customers.script import HOME, Step
from vcsm.demo.customers.temperaments import Visit, plan_visit
from vcsm.demo.history.plan import PastVisit
from vcsm.demo.history.road import PastRoad
from vcsm.events.incoming import SessionContext
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal

ANSWER_SECONDS = 4
DISMISSES = 2 / 3
"""Share who dismiss a nudge, of those who do not accept it; the others leave it where it is."""


class PlayedVisit:
    """A visit under way; `ended` is the time its clock has reached."""

    def __init__(
        self,
        past: PastVisit,
        *,
        browser: Browser,
        road: PastRoad,
        wants: dict[str, tuple[str, ...]],
        friction_settings: dict[str, object],
    ) -> None:
        self.plan: Visit = plan_visit(past.temperament, seed=past.seed, wants=wants)
        self.ended: datetime = past.began
        self._browser, self._road = browser, road
        self._rng = random.Random(past.seed)
        self._waiting: list[AnyEvent] = []
        self._sequence = 0
        self._accepted = False
        self.session = Session.objects.create(
            id=uuid4(),
            workspace_id=browser.workspace_id,
            contact=browser.contact,
            browser=browser,
            started_at=past.began,
            seen_at=past.began,
            page=HOME,
            release=past.release,
        )
        self._context = SessionContext(
            workspace_id=browser.workspace_id,
            session_id=self.session.pk,
            browser_id=browser.pk,
            contact_id=browser.contact_id,
            clock_offset=0.0,
            friction_settings=friction_settings,
        )

    def play(self) -> None:
        """Plays every step at its time; the assistant reacts to each struggle when it is judged."""
        for step in self.plan.steps:
            if not (step.struggle and self._accepted):
                self._take(step)
        self._send()

    def _take(self, step: Step) -> None:
        self.ended += timedelta(seconds=step.after)
        at = int(self.ended.timestamp() * 1000)
        self._waiting += [msgspec.structs.replace(event, at=at) for event in step.events]
        if step.say or any(event.__struct_config__.tag in _JUDGED for event in step.events):
            self._send()
        if step.say:
            self._say(step.say)

    def _send(self) -> None:
        if not self._waiting:
            return
        self._sequence += 1
        self._road.send(self._context, sequence=self._sequence, events=self._waiting, at=self.ended)
        self._waiting = []
        waiting = FrictionSignal.objects.filter(
            session=self.session, reacted_revision__lt=F("revision")
        )
        if waiting.exists():
            react(session_id=self.session.pk, now=self.ended)
            for nudge in open_nudges(self.session):
                self._answer(nudge)

    def _say(self, text: str) -> None:
        message = post_message(
            conversation=conversation_of(self.session),
            author=Message.Author.CONTACT,
            text=text,
            now=self.ended,
            client_id=str(uuid4()),
        )
        self.ended += timedelta(seconds=1)
        reply(message_id=message.pk, now=self.ended)

    def _answer(self, nudge: Nudge) -> None:
        at = self.ended + timedelta(seconds=ANSWER_SECONDS)
        states = ["shown"]
        if self._rng.random() < self.plan.accepts:
            states.append("accepted")
            self._accepted = True
        elif self._rng.random() < DISMISSES:
            states.append("dismissed")
        for state in states:
            answer_nudge(nudge_id=nudge.pk, browser_id=self._browser.pk, state=state, now=at)


_JUDGED = frozenset({"verdict", "burst", "search"})
"""Tags of the events after which a detector may find something."""
