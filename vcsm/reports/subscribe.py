"""Who of the members gets the weekly digest: those who asked for it, until they leave it."""

from datetime import datetime

from vcsm.accounts.models import Member
from vcsm.reports.models import DigestReader


def is_subscribed(member: Member) -> bool:
    return DigestReader.objects.filter(member=member).exists()


def subscribe(member: Member, *, wanted: bool, now: datetime) -> None:
    """Asking twice changes nothing."""
    if wanted:
        DigestReader.objects.get_or_create(member=member, defaults={"since": now})
    else:
        DigestReader.objects.filter(member=member).delete()


def addresses_of_readers() -> list[tuple[int, str]]:
    """Workspace and e-mail address; nobody who left the workspace."""
    rows = DigestReader.objects.filter(member__left_at=None, member__user__is_active=True)
    return list(
        rows.exclude(member__user__email="").values_list(
            "member__workspace_id", "member__user__email"
        )
    )
