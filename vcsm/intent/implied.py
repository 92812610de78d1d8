"""What a session implies: from searches, tracked events, pages, and the way through them.

It is recorded like an asked intent, with `source` implied and its evidence. A search is recorded
whatever it means, unless it found results and means none of the intents; a page or an event only
where it tells something new.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from vcsm.events import kinds
from vcsm.events.models import Session
from vcsm.intent.classify import (
    Source,
    Understood,
    store_certain,
    store_understood,
    understand_by,
)
from vcsm.intent.guess import Outcome
from vcsm.intent.looked_at import AT_ONCE, Seen, read_steps, take_next
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.paths import PathModel
from vcsm.intent.remembered import Known, known_for
from vcsm.intent.signs import matches_page, matches_track

TELLS_FROM = 0.7
"""Probability from which a page's or event's name counts as a wish, though nobody wrote it as
one."""
_WORDS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


# Plain SQL, since it runs for every struggle and the ORM would take longer than the query itself.
_BELIEVED = """
SELECT
  (SELECT paths::text FROM intent_taxonomy WHERE workspace_id = %(workspace)s),
  (SELECT intent_id FROM intent_capturedintent
    WHERE session_id = %(session)s AND source = 'implied' ORDER BY at DESC, id DESC LIMIT 1),
  EXISTS (SELECT FROM intent_intent
    WHERE workspace_id = %(workspace)s AND retired_at IS NULL AND signs <> '[]')
"""


@transaction.atomic
def imply(*, session_id: UUID) -> list[CapturedIntent]:
    """Looks at the session's new events and records what they imply.

    A second run finds nothing new; concurrent runs wait for each other.
    """
    return imply_in(Session.objects.get(id=session_id))


def imply_in(session: Session, at_most: int = AT_ONCE) -> list[CapturedIntent]:
    """Does the same in the caller's transaction, with the first `at_most` of the events."""
    fresh = take_next(session.pk, at_most)
    return _Finder(session).find(fresh) if fresh else []


class _Finder:
    """Goes through new events of one session, remembering the intent it believed in last."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._understood: dict[str, Understood] = {}
        with connection.cursor() as cursor:
            cursor.execute(_BELIEVED, {"workspace": session.workspace_id, "session": session.pk})
            paths, believed, has_signs = cursor.fetchone()
        self.paths = msgspec.json.decode(paths or b"{}", type=PathModel)
        self.believed: int | None = believed
        mine = Intent.objects.filter(workspace_id=session.workspace_id, retired_at=None)
        self.signs = list(mine.exclude(signs=[])) if has_signs else []

    @cached_property
    def _known(self) -> Known:
        return known_for(self.session.workspace_id)

    def _understand(self, text: str) -> Understood:
        """Reads each text once: the same page's title comes again and again."""
        if text not in self._understood:
            self._understood[text] = understand_by(self._known, text)
        return self._understood[text]

    def find(self, fresh: Sequence[Seen]) -> list[CapturedIntent]:
        found = [row for seen in fresh if (row := self._look(seen))]
        way = self._by_way(fresh[-1])
        return [*found, way] if way else found

    def _look(self, seen: Seen) -> CapturedIntent | None:
        match seen.event:
            case kinds.Search() as search:
                return self._searched(seen, search)
            case kinds.Track() as track:
                evidence = {"kind": "track", "name": track.name, "page": track.page}
                signed = self._signed(lambda sign: matches_track(sign, track.name))
                return self._named(seen, evidence, signed, spell_out(track.name))
            case kinds.Page() as page:
                evidence = {"kind": "page", "page": page.page, "title": page.title}
                signed = self._signed(lambda sign: matches_page(sign, page.page))
                return self._named(seen, evidence, signed, page.title or spell_out(page.page))
        return None

    def _searched(self, seen: Seen, search: kinds.Search) -> CapturedIntent | None:
        if not search.query.strip():
            return None
        understood = self._understand(search.query)
        nothing_found = not search.results
        if understood.guess.outcome is Outcome.NONE and not nothing_found:
            return None  # a search that found something is no sign of a wish for something else
        evidence: dict[str, Any] = {"kind": "search", "results": search.results}
        if understood.language:
            evidence["language"] = understood.language
        row = store_understood(understood, evidence=evidence, row=self._row(seen))
        self.believed = row.intent_id or self.believed
        return row

    def _named(
        self, seen: Seen, evidence: dict[str, Any], signed: Intent | None, text: str
    ) -> CapturedIntent | None:
        if signed is not None:
            return self._certain(seen, signed, 1.0, {**evidence, "sign": True})
        if len(_WORDS.findall(text)) < 2:
            return None  # "Settings" is a place, "Invite a colleague" a wish
        understood = self._understand(text)
        guess = understood.guess
        sure = guess.outcome is Outcome.SURE and guess.probability >= TELLS_FROM
        if not sure or guess.intent == str(self.believed):
            return None
        row = store_understood(understood, evidence=evidence, row=self._row(seen))
        self.believed = row.intent_id
        return row

    def _by_way(self, last: Seen) -> CapturedIntent | None:
        if self.paths.speaks_from is None:
            return None
        steps = read_steps(self.session.pk, (last.sequence, last.position))
        guessed = self.paths.guess(steps)
        if guessed is None:
            return None
        intent = Intent.objects.filter(
            pk=int(guessed[0]), workspace_id=self.session.workspace_id, retired_at=None
        ).first()
        evidence = {"kind": "path", "steps": list(steps[-8:])}
        return self._certain(last, intent, guessed[1], evidence) if intent else None

    def _certain(
        self, seen: Seen, intent: Intent, chance: float, evidence: dict[str, Any]
    ) -> CapturedIntent | None:
        if intent.pk == self.believed:
            return None
        self.believed = intent.pk
        return store_certain(intent, chance, evidence=evidence, row=self._row(seen))

    def _signed(self, matches: Callable[[str], bool]) -> Intent | None:
        return next((one for one in self.signs if any(map(matches, one.signs))), None)

    def _row(self, seen: Seen) -> dict[str, Any]:
        return {
            "workspace_id": self.session.workspace_id,
            "contact_id": self.session.contact_id,
            "session_id": self.session.pk,
            "source": Source.IMPLIED,
            "at": seen.at,
        }


def spell_out(name: str) -> str:
    """Returns a path or name as words: `/billing/add_card` → "billing add card"."""
    return " ".join(_WORDS.findall(_CAMEL.sub(" ", name).replace("_", " ")))
