"""Stores what a contact says we believe wrongly about them."""

from datetime import datetime

from vcsm.accounts.models import Contact
from vcsm.success.broadcast import home_changed
from vcsm.success.models import Correction


def correct(*, contact: Contact, subject: str, said: str, now: datetime) -> None:
    """Stores what the contact says about a subject, in place of anything said before."""
    Correction.objects.update_or_create(
        contact=contact,
        subject=subject,
        defaults={"workspace_id": contact.workspace_id, "said": said, "at": now},
    )
    home_changed(contact.pk)


def corrected_subjects(contact_id: int) -> set[str]:
    return set(Correction.objects.filter(contact_id=contact_id).values_list("subject", flat=True))
