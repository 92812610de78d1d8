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
"""Steps that the app's clock may be off, either way."""


def has_second_factor(user_id: int) -> bool:
    return SecondFactor.objects.filter(user_id=user_id, confirmed_at__isnull=False).exists()


def begin_second_factor(user: User, *, now: datetime) -> str:
    """The address an authenticator reads from a QR code; not in force before `confirm`.

    Called again before that, it gives the same one, so that a reloaded page shows one secret.
    Raises ValueError when one is in force: it must be taken off first.
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
    """With a right code it is in force, and ten recovery codes are told once; else None."""
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
    """Whether `code` is the app's now, or a recovery code; either is used up by this."""
    factor = _locked(user)
    if factor is None or factor.confirmed_at is None:
        return False
    if _take(factor, code, now):
        return True
    spent = RecoveryCode.objects.filter(user=user, hashed=_hash(code), used_at=None)
    return spent.update(used_at=now) == 1


@transaction.atomic
def remove_second_factor(user: User) -> None:
    """The caller has checked that it is them."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def members_with_second_factor() -> frozenset[int]:
    """Of the workspace that is in force, which may see nothing else of its members' factors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_members_with_second_factor()")
        return frozenset(member for (member,) in cursor.fetchall())


def take_off_second_factor(member_id: int) -> None:
    """Of a member of the workspace that is in force; the caller is an admin of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_take_off_second_factor(%s)", [member_id])


def reseal_second_factors() -> int:
    """Seals every secret anew under the first key; returns how many."""
    factors = list(SecondFactor.objects.all())
    for factor in factors:
        SecondFactor.objects.filter(pk=factor.pk).update(sealed=reseal(factor.sealed))
    return len(factors)


def _locked(user: User) -> SecondFactor | None:
    # Two requests with the same code must not both be let in.
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
    """Of 64 random bits: a plain keyed hash is enough, and can be looked up."""
    plain = code.strip().lower().encode()
    return hmac.new(settings.SECRET_KEY.encode(), plain, hashlib.sha256).hexdigest()
