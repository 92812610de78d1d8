"""Kill switches: for everything in a workspace, for one use case, for one agent."""

from datetime import datetime

from django.db import OperationalError, connection, transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.governance.allow import ASSISTANT, WORKSPACE
from vcsm.governance.broadcast import governance_changed
from vcsm.governance.models import Agent, Stop
from vcsm.governance.use_cases import find_use_case

PATIENCE_MS = 800
"""How long a stop waits for acts that are being decided at that moment. One that takes longer may
still finish; nothing that begins later does."""


class UnknownSwitch(Exception):
    """There is nothing of that name to stop."""


def stop(*, workspace_id: int, what: str, by: Member, why: str, now: datetime) -> Stop:
    """Pulls a kill switch: once it returns, no such act begins any more.

    Pulling it twice changes nothing. Raises `UnknownSwitch`.
    """
    _refuse_unknown(workspace_id, what)
    with transaction.atomic():
        _wait_for_acts(workspace_id)
        row, new = Stop.objects.get_or_create(
            workspace_id=workspace_id,
            what=what,
            lifted_at=None,
            defaults={"by": by, "at": now, "why": why},
        )
        if new:
            _write_down("stop", row, by, why, now)
    return row


def lift(*, workspace_id: int, what: str, by: Member, why: str, now: datetime) -> bool:
    """Lifts a kill switch, so that earlier approvals hold again; False if it was not pulled."""
    with transaction.atomic():
        row = (
            Stop.objects.select_for_update()
            .filter(workspace_id=workspace_id, what=what, lifted_at=None)
            .first()
        )
        if row is None:
            return False
        row.lifted_by, row.lifted_at = by, now
        row.save(update_fields=["lifted_by", "lifted_at"])
        _write_down("lift", row, by, why, now)
    return True


def _wait_for_acts(workspace_id: int) -> None:
    """Waits for acts whose standing was read before this (`standing.read_standing`)."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('acts'), %s)", [workspace_id])
    except OperationalError:
        # A decision is taking longer than that: the switch is pulled all the same.
        return
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 0")


def _refuse_unknown(workspace_id: int, what: str) -> None:
    kind, _, key = what.partition(":")
    known = {
        WORKSPACE: what == WORKSPACE,
        "use_case": find_use_case(key) is not None,
        "agent": key == ASSISTANT
        or Agent.objects.filter(workspace_id=workspace_id, key=key).exists(),
    }
    if not known.get(kind, False):
        raise UnknownSwitch(f"There is nothing called {what!r} to stop.")


def _write_down(kind: str, row: Stop, by: Member, why: str, now: datetime) -> None:
    append_entry(
        workspace_id=row.workspace_id,
        kind=kind,
        actor=by,
        subject=row.what,
        body={"why": why},
        at=now,
    )
    governance_changed(row.workspace_id)
