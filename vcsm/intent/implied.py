"""What a session implies: from searches, tracked events, pages, and the way between them.

The record is the one of an asked intent, with `source` implied and its evidence. A search is
recorded whatever it means; a page or an event only where it tells something new.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from vcsm.events import kinds
from vcsm.events.models import Session
from vcsm.events.sessions import decode_event
from vcsm.intent.classify import Source, store_certain, store_understood, understand
from vcsm.intent.guess import Outcome
from vcsm.intent.models import CapturedIntent, ImpliedCursor, Intent, Taxonomy
from vcsm.intent.paths import PathModel, name_page
from vcsm.intent.signs import TRACK, matches_page, matches_track

AT_ONCE = 60
"""Events looked at in one call; the rest waits for the next."""
TELLS_FROM = 0.7
"""Probability from which a page's or event's name, which nobody wrote as a wish, says one."""
WAY = 200

# Locked whether it was there or is made now, so that two at once wait for each other.
_CURSOR = """
INSERT INTO intent_impliedcursor AS held (session_id, sequence, position) VALUES (%s, 0, -1)
ON CONFLICT (session_id) DO UPDATE SET sequence = held.sequence RETURNING sequence, position
"""
_NEW = """
SELECT sequence, position, at, body::text FROM events_event
WHERE session_id = %s AND sequence >= %s AND (sequence, position) > (%s, %s)
  AND kind IN ('search', 'track', 'page')
ORDER BY sequence, position LIMIT %s
"""
_STEPS = """
SELECT kind, page, body->>'name' FROM events_event
WHERE session_id = %s AND kind IN ('track', 'page') AND (sequence, position) <= (%s, %s)
ORDER BY sequence DESC, position DESC LIMIT %s
"""
_WAITING = """
SELECT s.id FROM events_session s
LEFT JOIN intent_impliedcursor c ON c.session_id = s.id
WHERE s.seen_at >= %s AND EXISTS (
  SELECT FROM events_event e WHERE e.session_id = s.id
    AND e.sequence >= coalesce(c.sequence, 0)
    AND (e.sequence, e.position) > (coalesce(c.sequence, 0), coalesce(c.position, -1))
    AND e.kind IN ('search', 'track', 'page')
)
ORDER BY s.seen_at DESC LIMIT %s
"""
_WORDS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class _Seen:
    sequence: int
    position: int
    at: datetime
    event: kinds.Any


@transaction.atomic
def imply(*, session_id: UUID) -> list[CapturedIntent]:
    """Looks at what is new in the session and records what it implies. Run twice it finds nothing
    the second time; two at once wait for each other."""
    return imply_in(Session.objects.get(id=session_id))


def imply_in(session: Session) -> list[CapturedIntent]:
    """The same in the caller's transaction."""
    fresh = _read_new(session.pk, _lock_cursor(session.pk))
    if not fresh:
        return []
    found = _Finder(session).find(fresh)
    ImpliedCursor.objects.filter(pk=session.pk).update(
        sequence=fresh[-1].sequence, position=fresh[-1].position
    )
    return found


class _Finder:
    """Goes through new events of one session, remembering what was believed last."""

    def __init__(self, session: Session) -> None:
        self.session = session
        workspace = session.workspace_id
        mine = Intent.objects.filter(workspace_id=workspace, retired_at=None)
        self.signs = [intent for intent in mine if intent.signs]
        held = Taxonomy.objects.filter(pk=workspace).values_list("paths", flat=True).first()
        self.paths = msgspec.convert(held, PathModel) if held else PathModel()
        newest = CapturedIntent.objects.filter(session=session, source=Source.IMPLIED)
        last = newest.order_by("-at", "-pk").values_list("intent_id", flat=True).first()
        self.believed: int | None = last

    def find(self, fresh: Sequence[_Seen]) -> list[CapturedIntent]:
        found = [row for seen in fresh if (row := self._look(seen))]
        way = self._by_way(fresh[-1])
        return [*found, way] if way else found

    def _look(self, seen: _Seen) -> CapturedIntent | None:
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

    def _searched(self, seen: _Seen, search: kinds.Search) -> CapturedIntent | None:
        if not search.query.strip():
            return None
        understood = understand(workspace_id=self.session.workspace_id, text=search.query)
        nothing_found = not search.results
        if understood.guess.outcome is Outcome.NONE and not nothing_found:
            return None  # a search that found what it looked for is no wish for anything else
        evidence: dict[str, Any] = {"kind": "search", "results": search.results}
        if understood.language:
            evidence["language"] = understood.language
        row = store_understood(understood, evidence=evidence, row=self._row(seen))
        self.believed = row.intent_id or self.believed
        return row

    def _named(
        self, seen: _Seen, evidence: dict[str, Any], signed: Intent | None, text: str
    ) -> CapturedIntent | None:
        if signed is not None:
            return self._certain(seen, signed, 1.0, {**evidence, "sign": True})
        if len(_WORDS.findall(text)) < 2:
            return None  # "Settings" is a place, "Invite a colleague" a wish
        understood = understand(workspace_id=self.session.workspace_id, text=text)
        guess = understood.guess
        sure = guess.outcome is Outcome.SURE and guess.probability >= TELLS_FROM
        if not sure or guess.intent == str(self.believed):
            return None
        row = store_understood(understood, evidence=evidence, row=self._row(seen))
        self.believed = row.intent_id
        return row

    def _by_way(self, last: _Seen) -> CapturedIntent | None:
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
        self, seen: _Seen, intent: Intent, chance: float, evidence: dict[str, Any]
    ) -> CapturedIntent | None:
        if intent.pk == self.believed:
            return None
        self.believed = intent.pk
        return store_certain(intent, chance, evidence=evidence, row=self._row(seen))

    def _signed(self, matches: Callable[[str], bool]) -> Intent | None:
        return next((one for one in self.signs if any(map(matches, one.signs))), None)

    def _row(self, seen: _Seen) -> dict[str, Any]:
        return {
            "workspace_id": self.session.workspace_id,
            "contact_id": self.session.contact_id,
            "session_id": self.session.pk,
            "source": Source.IMPLIED,
            "at": seen.at,
        }


def waiting_sessions(*, since: datetime, at_most: int) -> list[UUID]:
    """Sessions seen since then whose stored events go beyond what we looked at, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, (since, at_most))
        return [session_id for (session_id,) in cursor.fetchall()]


def _lock_cursor(session_id: UUID) -> tuple[int, int]:
    """Sequence and position of the event looked at last."""
    with connection.cursor() as cursor:
        cursor.execute(_CURSOR, [session_id])
        sequence, position = cursor.fetchone()
    return sequence, position


def _read_new(session_id: UUID, after: tuple[int, int]) -> list[_Seen]:
    with connection.cursor() as cursor:
        cursor.execute(_NEW, (session_id, after[0], *after, AT_ONCE))
        rows = cursor.fetchall()
    return [_Seen(seq, position, at, decode_event(body)) for seq, position, at, body in rows]


def read_steps(session_id: UUID, upto: tuple[int, int]) -> tuple[str, ...]:
    """The pages and tracked events of a session as steps of a way, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, (session_id, *upto, WAY))
        rows = cursor.fetchall()[::-1]
    return tuple(
        f"{TRACK}{name}" if kind == "track" else name_page(page) for kind, page, name in rows
    )


def spell_out(name: str) -> str:
    """`/billing/add_card` and `inviteSent` as words."""
    return " ".join(_WORDS.findall(_CAMEL.sub(" ", name).replace("_", " ")))
