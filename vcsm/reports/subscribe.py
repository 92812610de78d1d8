"""Which members get the weekly digest: those who asked for it, until they unsubscribe."""

from datetime import datetime

from vcsm.accounts.models import Member
from vcsm.reports.models import DigestReader


def is_subscribed(member: Member) -> bool:
    return DigestReader.objects.filter(member=member).exists()


def subscribe(member: Member, *, wanted: bool, now: datetime) -> None:
    """Subscribes or unsubscribes the member. Asking twice changes nothing."""
    if wanted:
        DigestReader.objects.get_or_create(member=member, defaults={"since": now})
    else:
        DigestReader.objects.filter(member=member).delete()


def addresses_of_readers() -> list[tuple[int, str]]:
    """Returns workspace id and e-mail address of each reader who has not left the workspace."""
    rows = DigestReader.objects.filter(member__left_at=None, member__user__is_active=True)
    return list(
        rows.exclude(member__user__email="").values_list(
            "member__workspace_id", "member__user__email"
        )
    )
