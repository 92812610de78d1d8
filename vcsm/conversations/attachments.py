"""Files that contacts send: checked by content, kept, and joined to the message."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from vcsm.accounts.models import Browser
from vcsm.conversations.file_check import CheckedFile
from vcsm.conversations.models import Attachment, Conversation, Message

MAX_AN_HOUR = 30
MAX_BYTES_A_DAY = 60 * 1024 * 1024
"""Limit for one browser: a single page must not fill the disk."""
UNSAID = timedelta(days=1)
"""A file that no message has claimed after this time was uploaded and abandoned."""


class NotKept(Exception):
    """The file is fine but is not taken; `code` says why (see `keep_file`)."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@transaction.atomic
def keep_file(*, file_id: UUID, browser_id: UUID, file: CheckedFile, now: datetime) -> Attachment:
    """Stores it, once however often it is sent. Raises `NotKept`: `too_many`, `wrong_file`."""
    # One upload of a browser at a time, so that the sums below hold.
    browser = Browser.objects.select_for_update().get(pk=browser_id)
    known = Attachment.objects.filter(pk=file_id).first()
    if known is not None:
        if known.browser_id != browser_id:
            raise NotKept("wrong_file", "This id is another file's.")
        return known
    theirs = Attachment.objects.filter(browser=browser)
    theirs.filter(message=None, uploaded_at__lt=now - UNSAID).delete()
    lately = theirs.filter(uploaded_at__gt=now - timedelta(hours=1)).count()
    today = theirs.filter(uploaded_at__gt=now - timedelta(days=1)).aggregate(sum=Sum("size"))
    if lately >= MAX_AN_HOUR or (today["sum"] or 0) + len(file.data) > MAX_BYTES_A_DAY:
        raise NotKept("too_many", "Too many files in so short a time.")
    return Attachment.objects.create(
        id=file_id,
        workspace_id=browser.workspace_id,
        contact_id=browser.contact_id,
        browser=browser,
        name=file.name,
        kind=file.kind,
        size=len(file.data),
        data=file.data,
        uploaded_at=now,
    )


def attach(message: Message, *, conversation: Conversation, files: Sequence[UUID]) -> None:
    """Joins uploaded files to a message; files of another browser or message are left alone."""
    Attachment.objects.filter(
        pk__in=files, browser_id=conversation.browser_id, message=None
    ).update(message=message, contact_id=conversation.contact_id)


def file_for_contact(*, file_id: UUID, browser_id: UUID, workspace_id: int) -> Attachment | None:
    """Returns the file if the browser's present contact sent it from there, else None."""
    return Attachment.objects.filter(
        pk=file_id,
        browser_id=browser_id,
        workspace_id=workspace_id,
        contact__browsers=browser_id,
    ).first()
