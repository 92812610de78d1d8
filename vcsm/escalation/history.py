"""What is known of an account (or a contact without one) from before this session."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from vcsm.accounts.models import Contact
from vcsm.escalation.models import Verdict

LATELY = timedelta(days=90)


def days_known(contact: Contact, now: datetime) -> int:
    """Whole days since the first contact of the account was seen."""
    since = contact.created_at
    if contact.account_id is not None:
        found = Contact.objects.filter(account_id=contact.account_id)
        since = found.aggregate(first=Min("created_at"))["first"] or since
    return max(0, (now - since).days)


def judged_lately(contact: Contact, now: datetime) -> tuple[int, int]:
    """How many escalations of the account were needed, and how many false alarms, by verdict."""
    mine = Q(escalation__contact_id=contact.pk)
    if contact.account_id is not None:
        mine |= Q(escalation__account_id=contact.account_id)
    counts = Verdict.objects.filter(mine, at__gt=now - LATELY, at__lte=now).aggregate(
        needed=Count("pk", filter=Q(false_alarm=False)),
        false=Count("pk", filter=Q(false_alarm=True)),
    )
    return counts["needed"], counts["false"]
