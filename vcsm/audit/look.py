"""Notes in the audit that a member looked at a contact's data."""

from datetime import datetime, timedelta

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry, name_of
from vcsm.audit.models import Entry

ONE_LOOK = timedelta(minutes=15)
"""An open page reads again at every hint; within this time that counts as one look."""


def note_look(*, member: Member, subject: str, part: str, now: datetime) -> None:
    """Notes a look, once in `ONE_LOOK` for each subject and part.

    `subject` is such as `escalation:<id>`; `part` is one word, such as detail or replay.
    """
    looks = Entry.objects.filter(
        workspace_id=member.workspace_id,
        subject=subject,
        kind="view",
        actor=name_of(member),
        at__gt=now - ONE_LOOK,
        body__contains=f'"{part}"',
    )
    if looks.exists():
        return
    append_entry(
        workspace_id=member.workspace_id,
        kind="view",
        actor=member,
        subject=subject,
        body={"part": part},
        at=now,
    )
