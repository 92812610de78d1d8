"""Time-based one-time codes (RFC 6238) and recovery codes, for members who sign in."""

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction

from vcsm.accounts.models import RecoveryCode, SecondFactor
from vcsm.core.sealed import reseal, seal, unseal

RECOVERY_CODES = 10
STEP = 30
DRIFT = 1
"""Steps of `STEP` seconds by which the app's clock may be off, either way."""


def has_second_factor(user_id: int) -> bool:
    return SecondFactor.objects.filter(user_id=user_id, confirmed_at__isnull=False).exists()


def begin_second_factor(user: User, *, now: datetime) -> str:
    """Returns the address for the QR code that an authenticator app reads.

    The factor is in force only after `confirm_second_factor`. Until then, further calls return the
    same address, so that a reloaded page shows the same secret. Raises ValueError if a second
    factor is in force: it must be taken off first.
    """
    factor, made = SecondFactor.objects.get_or_create(
        user=user, defaults={"sealed": seal(pyotp.random_base32()), "made_at": now}
    )
    if factor.confirmed_at is not None:
        raise ValueError("a second factor is in force already")
    return pyotp.TOTP(unseal(factor.sealed)).provisioning_uri(
        name=user.get_username(), issuer_name="VCSM"
    )


@transaction.atomic
def confirm_second_factor(user: User, code: str, *, now: datetime) -> list[str] | None:
    """Puts the factor in force if `code` is right; returns ten recovery codes, to be shown once.

    Returns None if the code is wrong or there is no factor to confirm.
    """
    factor = _locked(user)
    if factor is None or factor.confirmed_at is not None or not _take(factor, code, now):
        return None
    SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=now)
    codes = [f"{secrets.token_hex(4)}-{secrets.token_hex(4)}" for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, hashed=_hash(code)) for code in codes)
    return codes


@transaction.atomic
def check_second_factor(user: User, code: str, *, now: datetime) -> bool:
    """Tells whether `code` is the app's current code or a recovery code; either is then used up."""
    factor = _locked(user)
    if factor is None or factor.confirmed_at is None:
        return False
    if _take(factor, code, now):
        return True
    spent = RecoveryCode.objects.filter(user=user, hashed=_hash(code), used_at=None)
    return spent.update(used_at=now) == 1


@transaction.atomic
def remove_second_factor(user: User) -> None:
    """Removes the user's factor and recovery codes; the caller has verified the user."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def members_with_second_factor() -> frozenset[int]:
    """Returns the ids of the current workspace's members who have a second factor.

    A workspace may know nothing else of its members' factors.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_members_with_second_factor()")
        return frozenset(member for (member,) in cursor.fetchall())


def take_off_second_factor(member_id: int) -> None:
    """Removes the factor of a member of the current workspace; the caller is an admin of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_take_off_second_factor(%s)", [member_id])


def reseal_second_factors() -> int:
    """Seals every secret anew under the first of `VCSM_ENCRYPTION_KEYS`; returns how many."""
    factors = list(SecondFactor.objects.all())
    for factor in factors:
        SecondFactor.objects.filter(pk=factor.pk).update(sealed=reseal(factor.sealed))
    return len(factors)


def _locked(user: User) -> SecondFactor | None:
    # Of two requests with the same code, only one may be let in.
    return SecondFactor.objects.select_for_update().filter(user=user).first()


def _take(factor: SecondFactor, code: str, now: datetime) -> bool:
    given = code.replace(" ", "")
    totp, current = pyotp.TOTP(unseal(factor.sealed)), int(now.timestamp()) // STEP
    for step in range(current - DRIFT, current + DRIFT + 1):
        right = hmac.compare_digest(totp.at(step * STEP).encode(), given.encode())
        if right and step > factor.last_step:
            SecondFactor.objects.filter(pk=factor.pk).update(last_step=step)
            return True
    return False


def _hash(code: str) -> str:
    """Returns a plain keyed hash: enough for 64 random bits, and it can be looked up."""
    plain = code.strip().lower().encode()
    return hmac.new(settings.SECRET_KEY.encode(), plain, hashlib.sha256).hexdigest()
