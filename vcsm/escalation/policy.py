"""A workspace's policy as a file: read, checked as a whole, put in force, written to the audit."""

from datetime import datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from django.db import transaction
from msgspec import Meta, Struct

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.escalation.broadcast import deciding_changed
from vcsm.escalation.hours import Hours
from vcsm.escalation.models import Policy
from vcsm.escalation.worth import Stakes

Share = Annotated[float, Meta(gt=0, lt=1)]
Amount = Annotated[float, Meta(ge=0, le=1e9)]


LONGEST_KEPT = 20_000
"""How many bytes of a refused policy are kept."""


class PolicyUnreadable(Exception):
    """The file is not a valid policy; the message is one sentence. The policy in force stays."""


class StakesFile(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Fields of `worth.Stakes`; those left out keep their defaults."""

    minutes: Annotated[float, Meta(gt=0, le=480)] = Stakes().minutes
    minute_cost: Amount = Stakes().minute_cost
    margin: Annotated[float, Meta(ge=0, le=1)] = Stakes().margin
    uplift: Annotated[float, Meta(ge=0, le=1)] = Stakes().uplift
    annoyance: Amount = Stakes().annoyance
    revenue_if_unknown: Amount = Stakes().revenue_if_unknown


Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Part = Annotated[float, Meta(ge=0, le=1)]


class QuietFile(Struct, frozen=True, forbid_unknown_fields=True):
    """Hours in which only urgent deadlines run; they may cross midnight."""

    starts: Clock
    ends: Clock
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.starts == self.ends:
            raise ValueError("quiet hours that end when they start would never end")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone {self.zone!r}") from error


class PolicyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole policy; a file need only name what differs from these defaults."""

    minutes_a_day: Amount | None = None
    max_false_share: Share = 0.2
    confidence: Share = 0.9
    verdict_share: Part = 0.5
    silence_share: Part = 0.02
    quiet: QuietFile | None = None
    stakes: StakesFile = StakesFile()


class Refused(Struct, frozen=True):
    """A policy that was refused: its text, what is wrong with it, when, and by whom it was sent."""

    text: str
    problem: str
    at: datetime
    by: str


def put_in_force(
    *, workspace_id: int, text: bytes, now: datetime, by: Member | None = None
) -> PolicyFile:
    """Replaces the whole policy.

    Raises `PolicyUnreadable`: then the old one stays in force, and the refused text is kept with
    the reason, so that the page can show both.
    """
    try:
        policy = _parse(text)
    except PolicyUnreadable as error:
        _keep_refused(workspace_id, text, str(error), now=now, by=by)
        raise
    _enforce(workspace_id, policy, now=now, by=by)
    return policy


def _enforce(workspace_id: int, policy: PolicyFile, *, now: datetime, by: Member | None) -> None:
    fields = msgspec.to_builtins(policy)
    with transaction.atomic():
        Policy.objects.update_or_create(
            workspace_id=workspace_id, defaults={**fields, "refused": None}
        )
        append_entry(
            workspace_id=workspace_id,
            kind="policy",
            actor=by,
            subject=f"workspace:{workspace_id}",
            body=fields,
            at=now,
        )
        deciding_changed(workspace_id)


def read_refused(workspace_id: int) -> Refused | None:
    """Returns the latest policy that was refused, unless one has been put in force since."""
    kept = Policy.objects.filter(workspace_id=workspace_id).values_list("refused", flat=True)
    return msgspec.convert(kept.first(), Refused | None)


def write_policy(policy: PolicyFile) -> str:
    """Writes a file that would put the same policy in force."""
    whole = msgspec.to_builtins(policy)
    whole["stakes"] = msgspec.structs.asdict(policy.stakes)
    return msgspec.json.format(msgspec.json.encode(whole)).decode()


def change_policy(*, by: Member, changes: object, now: datetime) -> PolicyFile:
    """Replaces only the named fields. Raises `PolicyUnreadable`, and then changes nothing."""
    if not isinstance(changes, dict):
        raise PolicyUnreadable("Not put in force: a policy is an object with named fields.")
    now_in_force = msgspec.to_builtins(read_policy(by.workspace_id))
    try:
        text = msgspec.json.encode({**now_in_force, **changes})
    except (TypeError, msgspec.EncodeError) as error:
        raise PolicyUnreadable(f"Not put in force: {error}.") from error
    policy = _parse(text)
    _enforce(by.workspace_id, policy, now=now, by=by)
    return policy


def read_policy(workspace_id: int) -> PolicyFile:
    """Returns the policy in force, or the defaults."""
    row = Policy.objects.filter(workspace_id=workspace_id).first()
    if row is None:
        return PolicyFile()
    return PolicyFile(
        minutes_a_day=row.minutes_a_day,
        max_false_share=row.max_false_share,
        confidence=row.confidence,
        verdict_share=row.verdict_share,
        silence_share=row.silence_share,
        quiet=msgspec.convert(row.quiet, QuietFile | None),
        stakes=msgspec.convert(row.stakes, StakesFile),
    )


def quiet_hours(policy: PolicyFile) -> Hours | None:
    quiet = policy.quiet
    if quiet is None:
        return None
    return Hours(time.fromisoformat(quiet.starts), time.fromisoformat(quiet.ends), quiet.zone)


def _parse(text: bytes) -> PolicyFile:
    try:
        return msgspec.json.decode(text, type=PolicyFile)
    except msgspec.ValidationError as error:
        raise PolicyUnreadable(f"Not put in force: {error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PolicyUnreadable(f"Not put in force, because it is not JSON: {error}.") from error


def _keep_refused(
    workspace_id: int, text: bytes, problem: str, *, now: datetime, by: Member | None
) -> None:
    readable = text[:LONGEST_KEPT].decode("utf-8", "replace").replace("\x00", "")
    refused = Refused(readable, problem, now, by.name if by else "")
    with transaction.atomic():
        Policy.objects.update_or_create(
            workspace_id=workspace_id, defaults={"refused": msgspec.to_builtins(refused)}
        )
        deciding_changed(workspace_id)
