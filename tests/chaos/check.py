"""Compares what was acknowledged with what is stored and shown. Reads the load's ledger, the
database (with its own SQL) and a member's console over HTTP. Each check returns its findings, empty
when all is well."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg

LIVELY = 1.0
"""Seconds: a session that is being served gets an acknowledgement more often than this."""
ASKED = "Can I talk to a person please?"


@dataclass
class Told:
    """One session as the load's ledger tells it."""

    batches: dict[int, int] = field(default_factory=dict)
    acks_at: list[float] = field(default_factory=list)
    messages: dict[str, tuple[int, str]] = field(default_factory=dict)
    shown: dict[int, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    refused: list[Any] = field(default_factory=list)


def read_ledger(path: Path) -> dict[str, Told]:
    sessions: dict[str, Told] = defaultdict(Told)
    for line in path.read_text().splitlines():
        entry = json.loads(line)
        told = sessions[entry["session"]]
        if "batch" in entry:
            told.batches[entry["batch"]] = entry["events"]
            told.acks_at.append(entry["at"])
        elif "message" in entry:
            told.messages[entry["message"]] = (entry["seq"], entry["text"])
        elif "shown" in entry:
            told.shown[entry["shown"]].add((entry["author"], entry["text"]))
        else:
            told.refused.append(entry["refused"])
    return sessions


def check_events(sessions: dict[str, Told], database: psycopg.Connection) -> list[str]:
    """Every acknowledged batch is stored once and whole; no event twice; no session has a hole."""
    found = []
    rows: dict[str, Counter[int]] = defaultdict(Counter)
    for session, sequence, times in database.execute(
        "SELECT session_id::text, sequence, count(*) FROM events_event GROUP BY 1, 2"
    ):
        rows[session][sequence] = times
    twice = database.execute(
        "SELECT count(*) FROM (SELECT 1 FROM events_event "
        "GROUP BY session_id, sequence, position HAVING count(*) > 1) AS doubled"
    ).fetchone()
    assert twice is not None
    if twice[0]:
        found.append(f"{twice[0]} events are stored twice")
    for session, told in sessions.items():
        # A batch is noted without its size when only a later hello told that it was stored.
        for sequence, events in told.batches.items():
            if rows[session][sequence] != events and events:
                found.append(f"{session} batch {sequence}: {rows[session][sequence]} of {events}")
            if not rows[session][sequence]:
                found.append(f"{session} batch {sequence} is lost")
        last = max(rows[session], default=0)
        if sorted(rows[session]) != list(range(1, last + 1)):
            found.append(f"{session} has a hole before batch {last}")
    return found


def check_messages(sessions: dict[str, Told], database: psycopg.Connection) -> list[str]:
    """Every acknowledged message is stored once, under the number that was acknowledged; each
    number was shown to the contact with one text only; every message is answered."""
    found = []
    stored: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for client_id, seq, text in database.execute(
        "SELECT client_id, seq, text FROM conversations_message WHERE author = 'contact'"
    ):
        stored[client_id].append((seq, text))
    for session, told in sessions.items():
        for message, said in told.messages.items():
            if stored[message] != [said]:
                found.append(f"{session} message {message}: {said} is stored as {stored[message]}")
        found += [
            f"{session} showed number {seq} as {texts}"
            for seq, texts in told.shown.items()
            if len(texts) > 1
        ]
    waiting = database.execute(
        "SELECT count(*) FROM conversations_message WHERE author = 'contact' AND handled_at IS NULL"
    ).fetchone()
    assert waiting is not None
    if waiting[0]:
        found.append(f"{waiting[0]} messages were never answered")
    return found


def check_escalations(sessions: dict[str, Told], database: psycopg.Connection) -> list[str]:
    """A contact who asked for a person has one escalation; each struggle is one signal."""
    found = []
    opened = Counter(
        row[0]
        for row in database.execute(
            "SELECT session_id::text FROM escalation_escalation WHERE reason = 'asked'"
        )
    )
    for session, told in sessions.items():
        asked = any(text == ASKED for _, text in told.messages.values())
        if asked and opened[session] != 1:
            found.append(f"{session} asked for a person: {opened[session]} escalations")
    for what, statement in (
        (
            "contacts have two escalations for one cause",
            "SELECT contact_id, cause FROM escalation_escalation GROUP BY 1, 2 HAVING count(*) > 1",
        ),
        (
            "bursts became more or less than one signal",
            "SELECT e.session_id FROM events_event e WHERE e.kind = 'burst' AND 1 <> "
            "(SELECT count(*) FROM friction_frictionsignal s WHERE s.session_id = e.session_id "
            "AND s.kind = 'rage')",
        ),
    ):
        rows = database.execute(statement).fetchall()
        if rows:
            found.append(f"{len(rows)} {what}")
    return found


def check_console(sessions: dict[str, Told], shown: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Every acknowledged message is in `shown`: what the console shows a member, by session."""
    found = []
    for session, told in sessions.items():
        if session not in shown:
            continue
        texts = Counter(one["text"] for one in shown[session] if one["author"] == "contact")
        for _, text in told.messages.values():
            if texts[text] != 1:
                found.append(f"{session}: the console shows {text!r} {texts[text]} times")
        numbers = [one["seq"] for one in shown[session]]
        if numbers != sorted(set(numbers)):
            found.append(f"{session}: the console shows messages out of order")
    return found


def silences(sessions: dict[str, Told], blows: list[tuple[float, str]]) -> dict[str, list[float]]:
    """Returns, by blow, how many seconds after it the session that waited longest got its next
    acknowledgement. Blows that fall into a silence begun by an earlier one are not counted."""
    longest: dict[int, float] = dict.fromkeys(range(len(blows)), 0.0)
    later: set[int] = set()
    for told in sessions.values():
        for before, after in pairwise(sorted(told.acks_at)):
            inside = [number for number, (at, _) in enumerate(blows) if before < at < after]
            if inside:
                first = inside[0]
                longest[first] = max(longest[first], after - blows[first][0])
                later.update(inside[1:] if after - before > LIVELY else [])
    waits: dict[str, list[float]] = defaultdict(list)
    for number, (_, name) in enumerate(blows):
        if number not in later:
            waits[name].append(longest[number])
    return waits


def plant(database: psycopg.Connection) -> None:
    """Loses, doubles and empties a few rows, to see whether the checks find them; roll it back."""
    for statement in (
        "DELETE FROM events_batchbody WHERE (session_id, sequence) = "
        "(SELECT session_id, sequence FROM events_batchbody ORDER BY 1, 2 LIMIT 1)",
        "INSERT INTO events_batchbody SELECT * FROM events_batchbody WHERE (session_id, sequence)"
        " = (SELECT session_id, sequence FROM events_batchbody ORDER BY 1 DESC, 2 LIMIT 1)",
        "UPDATE conversations_message SET text = 'another' WHERE id = "
        "(SELECT id FROM conversations_message WHERE author = 'contact' ORDER BY id LIMIT 1)",
        "UPDATE escalation_escalation SET reason = 'other' WHERE reason = 'asked'",
    ):
        database.execute(statement)
