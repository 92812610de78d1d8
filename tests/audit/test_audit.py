import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.cast import NOON, Cast
from tests.stack import ROOT
from vcsm.audit.append import KINDS, append_entry
from vcsm.audit.models import Entry, Head, Link
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
