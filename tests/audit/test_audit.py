import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.cast import NOON, Cast
from tests.stack import ROOT
from vcsm.accounts.models import Member
from vcsm.audit.append import KINDS, append_entry
from vcsm.audit.look import note_look
from vcsm.audit.models import Entry, Head, Link
from vcsm.audit.read import read_entries
from vcsm.audit.verify import START, Chain, verify_chains
from vcsm.conversations.post import conversation_of
from vcsm.escalation.decide import Facts, decide
from vcsm.escalation.models import Escalation
from vcsm.escalation.open import open_or_update
from vcsm.escalation.record import record_decision
from vcsm.escalation.work import hand_back, resolve, take_over


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def commit() -> None:
    """Fires what the database does at commit; the tests' own transaction never gets there."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")


def tamper(sql: str) -> None:
    """As somebody who owns the server: no trigger, no foreign key stands in the way."""
    run("SET session_replication_role = replica")
    run(sql)
    run("SET session_replication_role = origin")


@pytest.fixture
def five(cast: Cast) -> Cast:
    for number in range(5):
        append_entry(
            workspace_id=cast.acme.pk,
            kind="decision",
            actor=None,
            subject=f"decision:{number}",
            body={"b": number, "a": "€ and\nmore"},
            at=NOON,
        )
    commit()
    return cast


OURS = ("acme", "globex")
"""Tests with real servers leave chains of other workspaces in the database."""


def chains() -> list[Chain]:
    return [chain for chain in verify_chains() if chain.workspace in OURS]


def findings() -> list[str]:
    return [finding for chain in chains() for finding in chain.findings]


def link(place: int) -> Link:
    return Link.objects.get(workspace__slug="acme", sequence=place)


def entry(place: int) -> Entry:
    return link(place).entry


def test_it_works(five: Cast) -> None:
    (chain,) = verify_chains(workspace="acme")
    assert (chain.entries, chain.findings) == (5, ())
    assert chain.hash == link(5).hash != START
    assert link(1).previous == START
    assert entry(1).body == '{"a":"€ and\\nmore","b":0}'


@pytest.mark.parametrize("table", ["audit_entry", "audit_link", "audit_head"])
@pytest.mark.parametrize(
    "sql", ["UPDATE {} SET workspace_id = workspace_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_database_refuses_to_change_or_remove(five: Cast, table: str, sql: str) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|only moves on"), transaction.atomic():
        run(sql.format(table))
    assert findings() == []


TAMPERED: dict[str, tuple[Callable[[], str], str]] = {
    "changed": (
        lambda: f"UPDATE audit_entry SET body = '{{}}' WHERE id = {entry(3).pk}",
        "at place 3 was changed",
    ),
    "another time": (
        lambda: f"UPDATE audit_entry SET at = at + '1us' WHERE id = {entry(2).pk}",
        "at place 2 was changed",
    ),
    "removed": (
        lambda: f"DELETE FROM audit_entry WHERE id = {entry(2).pk}",
        "at place 2 was removed",
    ),
    "removed with its link": (
        lambda: "DELETE FROM audit_link WHERE sequence = 2",
        "Place 2 was removed",
    ),
    "the end removed": (
        lambda: "DELETE FROM audit_link WHERE sequence >= 4",
        "Places 4 to 5 were removed",
    ),
    "all removed": (lambda: "DELETE FROM audit_link", "Places 1 to 5 were removed"),
    "inserted": (
        lambda: (
            "INSERT INTO audit_entry (workspace_id, at, kind, actor, subject, body) "
            "SELECT workspace_id, at, kind, actor, subject, body FROM audit_entry "
            f"WHERE id = {entry(1).pk}"
        ),
        "was inserted past the chain",
    ),
    "linked anew": (
        lambda: "UPDATE audit_link SET previous = hash WHERE sequence = 4",
        "Place 4 does not follow",
    ),
    "the end renamed": (
        lambda: f"UPDATE audit_head SET hash = '{START}'",
        "The end of the chain is not the one",
    ),
    "the end set back": (
        lambda: "UPDATE audit_head SET sequence = 4",
        "Place 5 was inserted after the end",
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_removed_or_inserted_is_found(five: Cast, how: str) -> None:
    sql, sentence = TAMPERED[how]
    tamper(sql())
    assert [finding for finding in findings() if sentence in finding], findings()
    with pytest.raises(SystemExit):
        call_command("verify_audit", stdout=StringIO())


def test_what_was_taken_off_the_end_shows_against_a_hash_kept_elsewhere(
    five: Cast, tmp_path: Path
) -> None:
    kept = tmp_path / "anchors.json"
    out = StringIO()
    call_command("verify_audit", "--workspace", "acme", "--json", stdout=out)
    kept.write_text(out.getvalue())
    before = link(3).hash
    tamper(
        f"DELETE FROM audit_entry WHERE id IN ({entry(4).pk}, {entry(5).pk});"
        "DELETE FROM audit_link WHERE sequence > 3;"
        f"UPDATE audit_head SET sequence = 3, hash = '{before}'"
    )
    assert findings() == [], "the chain by itself is whole: this is what only an anchor shows"
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--workspace", "acme", "--anchors", str(kept), stdout=out)
    assert "Places 4 to 5 were there when the hash was written down" in out.getvalue()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"workspace": "acme"}]'])
def test_what_is_no_file_of_anchors(cast: Cast, tmp_path: Path, text: str) -> None:
    (tmp_path / "anchors.json").write_text(text)
    with pytest.raises(CommandError, match="not what --json prints"):
        call_command("verify_audit", "--anchors", str(tmp_path / "anchors.json"))


def test_a_look_is_noted_once(cast: Cast) -> None:
    def look(part: str, minutes: int, member: Member) -> None:
        note_look(
            member=member, subject="escalation:1", part=part, now=NOON + timedelta(minutes=minutes)
        )

    look("detail", 0, cast.alice)
    look("detail", 10, cast.alice)
    look("replay", 10, cast.alice)
    look("detail", 10, cast.bob)
    look("detail", 16, cast.alice)
    seen = read_entries(workspace_id=cast.acme.pk, kind="view", actor="alice")
    assert [line.body for line in seen.lines] == [
        '{"part":"detail"}',
        '{"part":"replay"}',
        '{"part":"detail"}',
    ]
    assert read_entries(workspace_id=cast.globex.pk).lines == ()


def test_entries_are_read_in_pieces(five: Cast) -> None:
    first = read_entries(workspace_id=five.acme.pk, limit=3)
    rest = read_entries(workspace_id=five.acme.pk, limit=3, before=first.older)
    assert [line.place for line in (*first.lines, *rest.lines)] == [5, 4, 3, 2, 1]
    assert rest.older is None
    assert read_entries(workspace_id=five.acme.pk, subject="decision:4").lines[0].place == 5


def test_each_workspace_has_a_chain_of_its_own(five: Cast) -> None:
    append_entry(
        workspace_id=five.globex.pk,
        kind="verdict",
        actor=five.charlie,
        subject="x",
        body={},
        at=NOON,
    )
    commit()
    assert [(chain.workspace, chain.entries) for chain in chains()] == [
        ("acme", 5),
        ("globex", 1),
    ]
    assert Head.objects.get(workspace=five.globex).sequence == 1


def test_the_command_as_json(five: Cast) -> None:
    out = StringIO()
    call_command("verify_audit", "--workspace", "acme", "--json", stdout=out)
    (told,) = json.loads(out.getvalue())
    assert (told["entries"], told["findings"]) == (5, [])
    with pytest.raises(CommandError, match="no workspace 'nowhere'"):
        call_command("verify_audit", "--workspace", "nowhere")


def test_no_entries(cast: Cast) -> None:
    assert chains() == []


@pytest.mark.parametrize(("kind", "subject"), [("gossip", "x"), ("verdict", "two\nlines")])
def test_what_is_no_entry(cast: Cast, kind: str, subject: str) -> None:
    with pytest.raises(ValueError, match="kind|line"):
        append_entry(
            workspace_id=cast.acme.pk, kind=kind, actor=None, subject=subject, body={}, at=NOON
        )


def test_every_kind_is_documented() -> None:
    words = (ROOT / "docs" / "governance.md").read_text()
    assert not [kind for kind in KINDS if f"`{kind}`" not in words]


def test_what_members_and_the_assistant_do_is_in_it(cast: Cast) -> None:
    session, facts = cast.session(), Facts(struggle=0.95)
    decision = decide(facts)
    escalation = open_or_update(
        session=session,
        decision=decision,
        signal=None,
        intent=None,
        conversation=conversation_of(session),
        summary="Stuck",
        now=NOON,
    )
    stored = record_decision(
        session=session, facts=facts, decision=decision, now=NOON, escalation=escalation
    )
    ids = {"escalation_id": escalation.pk, "member_id": cast.alice.pk, "now": NOON}
    for step in (take_over, take_over, hand_back):
        step(**ids)
    resolve(**ids, done=True, worked=None, false_alarm=False, note="told her")
    commit()

    assert findings() == []
    ours = Entry.objects.filter(workspace=cast.acme).order_by("pk")
    told = list(ours.values_list("kind", "subject", "actor"))
    about, alice = f"escalation:{escalation.pk}", f"member:{cast.alice.pk} Alice"
    assert told == [
        ("decision", f"decision:{stored.pk}", "assistant"),
        ("take_over", about, alice),
        ("hand_back", about, alice),
        ("verdict", about, alice),
    ]
    assert json.loads(ours.get(kind="verdict").body)["note"] == "told her"


def test_what_is_rolled_back_was_never_written(cast: Cast) -> None:
    with pytest.raises(Escalation.DoesNotExist), transaction.atomic():
        record_decision(session=cast.session(), facts=Facts(), decision=decide(Facts()), now=NOON)
        raise Escalation.DoesNotExist
    assert not Entry.objects.filter(workspace=cast.acme).exists()
