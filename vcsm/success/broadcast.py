"""Tells a contact's open pages, after commit, that what they show has changed."""

from vcsm.accounts.models import Browser
from vcsm.core.live import browser_group, publish_on_commit


def home_changed(contact_id: int) -> None:
    """Makes every browser that the contact is in read its home again."""
    for browser_id in Browser.objects.filter(contact_id=contact_id).values_list("pk", flat=True):
        publish_on_commit(browser_group(browser_id), {"to": contact_id, "type": "changed"})
