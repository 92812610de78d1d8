"""Writes the week's digests as rows, one for each address, and sends them.

Mail cannot be sent exactly once: nobody can tell whether a worker died before or after the server
took it. So a digest whose sender fell silent is sent again under the same Message-ID, by which a
mailbox recognises a duplicate. The alternative would lose a week's digest without a trace.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from vcsm.problems.models import Team
from vcsm.reports.digest.gather import gather_digest
from vcsm.reports.digest.mail import make_message
from vcsm.reports.models import DigestMail
from vcsm.reports.subscribe import addresses_of_readers

AT_ONCE = 100
TOLD = 500
CLAIM = timedelta(minutes=10)
"""Longer than the sending task may run; an older claim counts as abandoned."""
TRIES = 3


def write_digests(*, now: datetime) -> int:
    """Writes a row for each address of a team, and of a member who asked for it, for the week that
    ended last Monday; returns how many are new. An address that is both gets one."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    until = midnight - timedelta(days=now.weekday())
    teams = Team.objects.exclude(email="").values_list("workspace_id", "email")
    rows = [
        DigestMail(workspace_id=one, to=email, until=until)
        for one, email in {*teams, *addresses_of_readers()}
    ]
    before = DigestMail.objects.filter(until=until).count()
    DigestMail.objects.bulk_create(rows, ignore_conflicts=True)
    return DigestMail.objects.filter(until=until).count() - before


def send_digests(*, now: datetime) -> int:
    """Sends waiting digests, each tried at most `TRIES` times; returns how many went out.

    Without a mail server nothing is claimed, so nothing is lost.
    """
    if not settings.SMTP_URL:
        return 0
    waiting = _unclaimed(now).filter(until__gt=now - timedelta(days=7))
    sent = 0
    for row in waiting.select_related("workspace").order_by("tries", "until")[:AT_ONCE]:
        claimed = {"claimed_at": now, "tries": F("tries") + 1}
        if _unclaimed(now).filter(pk=row.pk).update(**claimed):
            sent += _send(row, now)
    return sent


def _unclaimed(now: datetime) -> QuerySet[DigestMail]:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    return DigestMail.objects.filter(free, sent_at=None, tries__lt=TRIES)


def _send(row: DigestMail, now: datetime) -> int:
    digest = gather_digest(row.workspace, until=row.until, to=row.to, address=settings.VCSM_ADDRESS)
    message = make_message(digest, to=row.to)
    message.extra_headers["Message-ID"] = f"<digest-{row.pk}@vcsm>"
    try:
        message.send()
    except OSError as error:  # smtplib's errors are among them
        DigestMail.objects.filter(pk=row.pk).update(failed=str(error)[:TOLD])
        return 0
    DigestMail.objects.filter(pk=row.pk).update(sent_at=now)
    return 1
