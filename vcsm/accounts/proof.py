"""Checks tokens that prove who a contact is: JSON Web Tokens (RFC 7519) signed with HS256.

The product's server makes one for whoever is logged in, good for minutes. `check_token` refuses
what RFC 8725 (JWT best practices) warns of: another algorithm, a key that the token names but the
workspace does not have, missing claims, another audience, a long life.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

import jwt
from django.db import IntegrityError, transaction

from vcsm.accounts.identity_keys import secret_of
from vcsm.accounts.models import IdentityKey, UsedToken

ALGORITHM = "HS256"
LONGEST_LIFE = 3_600
"""Seconds between `iat` and `exp`."""
LEEWAY = 30
"""Seconds that two servers' clocks may differ."""
LONGEST_TOKEN = 4_096
LONGEST_ID = 64
"""Characters of `sub` and of the account's id; names and e-mail may have 120."""

Why = Literal["missing", "expired", "invalid"]


class NotProven(Exception):
    """A token proves nothing. `why` is for the widget; the message, which never holds the token, is
    for a log."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says. `digest` identifies the token; absent texts are empty."""

    contact: str
    name: str
    email: str
    account: str
    account_name: str
    digest: str
    expires_at: datetime


def check_token(
    token: str, *, keys: Sequence[IdentityKey], audience: str, origin: str, now: datetime
) -> Claims:
    """Returns the token's claims. Raises NotProven.

    `aud` must equal `audience`, the workspace's slug. `origin` is the page's: a token with a claim
    `origin` is good only there.
    """
    if not token:
        raise NotProven("missing", "no token")
    if len(token) > LONGEST_TOKEN:
        raise NotProven("invalid", "the token is too long")
    payload = _verified(token, keys, audience)
    issued, expires = _moment(payload, "iat"), _moment(payload, "exp")
    if not 0 < expires - issued <= LONGEST_LIFE:
        raise NotProven("invalid", f"exp must come after iat, within {LONGEST_LIFE} s")
    if issued > now.timestamp() + LEEWAY:
        raise NotProven("invalid", "issued in the future")
    if "nbf" in payload and _moment(payload, "nbf") > now.timestamp() + LEEWAY:
        raise NotProven("invalid", "not valid yet")
    if expires <= now.timestamp() - LEEWAY:
        raise NotProven("expired", "the token has expired")
    if payload.get("origin", origin) != origin:
        raise NotProven("invalid", "made for pages of another origin")
    return _claims(payload, token, expires)


def bind_token(claims: Claims, *, workspace_id: int, browser_id: UUID) -> None:
    """Binds a token to the first browser that brings it. Raises NotProven for any other browser."""
    try:
        with transaction.atomic():
            UsedToken.objects.create(
                workspace_id=workspace_id,
                digest=claims.digest,
                browser_id=browser_id,
                expires_at=claims.expires_at,
            )
    except IntegrityError:
        used = UsedToken.objects.filter(workspace_id=workspace_id, digest=claims.digest).first()
        if used is None or used.browser_id != browser_id:
            raise NotProven("invalid", "the token was used in another browser") from None


def forget_expired_tokens(*, now: datetime) -> int:
    """Forgets the tokens now refused for their age; returns how many."""
    before = datetime.fromtimestamp(now.timestamp() - 2 * LEEWAY, UTC)
    return UsedToken.objects.filter(expires_at__lt=before).delete()[0]


def _verified(token: str, keys: Sequence[IdentityKey], audience: str) -> Mapping[str, Any]:
    """Returns the payload of a token with a valid signature; the caller checks its times."""
    try:
        header = jwt.get_unverified_header(token)
        # The key is chosen by its name among the workspace's own: a token that names none, or
        # brings its own key (`jwk`, `jku`, `x5u`), is refused.
        key = next(key for key in keys if key.kid == header.get("kid"))
        payload: Mapping[str, Any] = jwt.decode(
            token,
            secret_of(key),
            algorithms=[ALGORITHM],
            audience=audience,
            options={
                "require": ["sub", "aud", "iat", "exp"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
                "strict_aud": True,
            },
        )
    except StopIteration:
        raise NotProven("invalid", "no live key of that kid") from None
    except (jwt.InvalidTokenError, ValueError, TypeError, RecursionError) as error:
        raise NotProven("invalid", f"not a token of ours: {type(error).__name__}") from None
    return payload


def _moment(payload: Mapping[str, Any], name: str) -> float:
    value = payload.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e11:
        raise NotProven("invalid", f"{name} is not a time")
    return float(value)


def _claims(payload: Mapping[str, Any], token: str, expires: float) -> Claims:
    told = payload.get("account") or {}
    account = told if isinstance(told, dict) else {"id": told}
    return Claims(
        contact=_text(payload, "sub", LONGEST_ID, required=True),
        name=_text(payload, "name", 120),
        email=_text(payload, "email", 120),
        account=_text(account, "id", LONGEST_ID),
        account_name=_text(account, "name", 120),
        # The digest leaves the signature out, since that can be spelt in several ways.
        digest=hashlib.sha256(token.rpartition(".")[0].encode()).hexdigest(),
        expires_at=datetime.fromtimestamp(expires, UTC),
    )


def _text(claims: Mapping[str, Any], name: str, most: int, *, required: bool = False) -> str:
    value = claims.get(name) or ""
    unstorable = isinstance(value, str) and ("\x00" in value or not value.isprintable())
    if not isinstance(value, str) or unstorable or len(value) > most or (required and not value):
        raise NotProven("invalid", f"{name} is not text of up to {most} characters")
    return value
