"""Who gets the week's digest, as rows, and sending each of them once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from vcsm.problems.models import Team
from vcsm.reports.digest.gather import gather_digest
from vcsm.reports.digest.mail import make_message
from vcsm.reports.models import DigestMail
from vcsm.reports.subscribe import addresses_of_readers

AT_ONCE = 100
TOLD = 500


def write_digests(*, now: datetime) -> int:
    """A row for each address of a team and of a member who asked for it, for the week that ended
    last Monday; who is both gets one."""
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
    """Sends what waits. Where no mail server is set, nothing is claimed and nothing is lost."""
    if not settings.SMTP_URL:
        return 0
    sent = 0
    waiting = DigestMail.objects.filter(claimed_at=None, until__gt=now - timedelta(days=7))
    for row in waiting.select_related("workspace").order_by(F("until"))[:AT_ONCE]:
        if not DigestMail.objects.filter(pk=row.pk, claimed_at=None).update(claimed_at=now):
            continue
        sent += _send(row, now)
    return sent


def _send(row: DigestMail, now: datetime) -> int:
    digest = gather_digest(row.workspace, until=row.until, to=row.to, address=settings.VCSM_ADDRESS)
    try:
        make_message(digest, to=row.to).send()
    except OSError as error:  # smtplib's errors are among them
        DigestMail.objects.filter(pk=row.pk).update(failed=str(error)[:TOLD])
        return 0
    DigestMail.objects.filter(pk=row.pk).update(sent_at=now)
    return 1
