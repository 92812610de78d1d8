"""Tokens that say who a contact is: the right one passes, and nothing else does."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOON, ORIGIN, Cast
from vcsm.accounts.identity_keys import (
    TooManyKeys,
    add_identity_key,
    live_identity_keys,
    retire_identity_key,
    secret_of,
)
from vcsm.accounts.models import IdentityKey, UsedToken
from vcsm.accounts.proof import (
    Claims,
    NotProven,
    bind_token,
    check_token,
    forget_expired_tokens,
)

pytestmark = pytest.mark.django_db
AT = int(NOON.timestamp())


def good_claims(**more: Any) -> dict[str, Any]:
    return {"sub": "vera", "aud": "acme", "iat": AT, "exp": AT + 300, **more}


def sign(key: IdentityKey, claims: dict[str, Any] | None = None, **header: Any) -> str:
    return jwt.encode(
        good_claims() if claims is None else claims,
        secret_of(key),
        algorithm="HS256",
        headers={"kid": key.kid, **header},
    )


def check(token: str, cast: Cast, origin: str = ORIGIN) -> Claims:
    keys = live_identity_keys(cast.acme.pk)
    return check_token(token, keys=keys, audience="acme", origin=origin, now=NOON)


def why(token: str, cast: Cast) -> str:
    with pytest.raises(NotProven) as refused:
        check(token, cast)
    assert token == "" or token not in str(refused.value)
    return refused.value.why


@pytest.fixture
def key(cast: Cast) -> IdentityKey:
    return add_identity_key(workspace_id=cast.acme.pk, now=NOON)[0]


def test_it_works(cast: Cast, key: IdentityKey) -> None:
    told = {"name": "Vera", "email": "vera@kestrel.example", "account": {"id": "kestrel"}}
    claims = check(sign(key, good_claims(**told)), cast)
    assert (claims.contact, claims.name, claims.account) == ("vera", "Vera", "kestrel")
    assert check(sign(key, good_claims(account="kestrel")), cast).account == "kestrel"


def test_two_keys_live_and_a_third_must_wait(cast: Cast, key: IdentityKey) -> None:
    other, secret = add_identity_key(workspace_id=cast.acme.pk, now=NOON)
    assert secret_of(other) == secret and secret not in other.sealed
    assert check(sign(key), cast).contact == check(sign(other), cast).contact == "vera"
    with pytest.raises(TooManyKeys):
        add_identity_key(workspace_id=cast.acme.pk, now=NOON)
    retire_identity_key(key, now=NOON)
    assert why(sign(key), cast) == "invalid"
    assert check(sign(other), cast).contact == "vera"


@pytest.mark.parametrize(
    "claims",
    [
        good_claims(aud="globex"),
        good_claims(aud=["acme", "globex"]),
        good_claims(aud=""),
        good_claims(sub=""),
        good_claims(sub=7),
        good_claims(sub="x" * 65),
        good_claims(sub="ve\x00ra"),
        good_claims(sub={"id": "vera"}),
        good_claims(iat=AT + 120, exp=AT + 300),
        good_claims(exp=AT + 3_601),
        good_claims(iat=AT - 7_200),
        good_claims(exp="soon"),
        good_claims(exp=True),
        good_claims(exp=1e400),
        good_claims(iat=None),
        good_claims(exp=AT),
        good_claims(nbf=AT + 120),
        good_claims(origin="https://evil.example"),
        good_claims(origin=None),
        good_claims(name=["Vera"]),
        good_claims(account={"id": ["kestrel"]}),
        {name: value for name, value in good_claims().items() if name != "aud"},
        {name: value for name, value in good_claims().items() if name != "exp"},
        {name: value for name, value in good_claims().items() if name != "iat"},
        {name: value for name, value in good_claims().items() if name != "sub"},
    ],
)
def test_claims_that_are_not_ours_prove_nothing(
    claims: dict[str, Any], cast: Cast, key: IdentityKey
) -> None:
    assert why(sign(key, claims), cast) == "invalid"


def test_an_old_token_is_told_to_be_old(cast: Cast, key: IdentityKey) -> None:
    assert why(sign(key, good_claims(iat=AT - 400, exp=AT - 100)), cast) == "expired"
    assert why("", cast) == "missing"


def test_a_token_made_for_one_origin_is_good_only_there(cast: Cast, key: IdentityKey) -> None:
    token = sign(key, good_claims(origin=ORIGIN))
    assert check(token, cast).contact == "vera"
    with pytest.raises(NotProven):
        check(token, cast, origin="https://staging.acme.example")


def _forged(key: IdentityKey, foreign: str) -> list[str]:
    """Tokens in the ways that libraries have been tricked (RFC 8725, section 2)."""
    claims, secret = good_claims(), secret_of(key)
    head, body, signature = sign(key).split(".")
    other = _part({**claims, "sub": "bob"})
    none = [_part({"alg": alg, "kid": key.kid}) for alg in ("none", "None", "nOnE", "NONE", "")]
    kids: list[Any] = ["", "k_0", None, f"{key.kid}\x00", f"../{key.kid}", [key.kid], 0, {}]
    return [
        *(f"{header}.{body}.{ending}" for header in none for ending in ("", signature)),
        *(_signed(claims, key, alg) for alg in ("HS384", "HS512")),
        *(_with_header(claims, secret, {"alg": "HS256", "kid": kid}) for kid in kids),
        _with_header(claims, secret, {"alg": "HS256"}),
        _with_header(claims, "", {"alg": "HS256", "kid": key.kid}),
        _with_header(claims, foreign, {"alg": "HS256", "kid": key.kid}),
        _with_header(
            claims,
            "mine",
            {"alg": "HS256", "kid": key.kid, "jwk": {"kty": "oct", "k": "bWluZQ"}},
        ),
        _with_header(claims, secret, {"alg": "HS256", "kid": key.kid, "crit": ["exp"]}),
        _with_header(claims, secret, {"alg": ["HS256"], "kid": key.kid}),
        _with_header(claims, secret, {"alg": "RS256", "kid": key.kid}),
        f"{head}.{other}.{signature}",
        f"{head}.{body}.",
        f"{head}.{body}",
        f"{head}.{body}.{signature}.{signature}",
        f"{head}.{body}.{signature[:-4]}",
        f"{head}.{body}.{signature[::-1]}",
        f"{head}..{signature}",
        f"{_part([])}.{body}.{signature}",
        "a.b.c",
        "...",
        "\x00",
        "[" * 2_000,
        sign(key) + "x" * 5_000,
        _part({}) * 3,
    ]


def test_no_forged_token_passes(cast: Cast, key: IdentityKey) -> None:
    _, foreign = add_identity_key(workspace_id=cast.globex.pk, now=NOON)
    forged = _forged(key, foreign)
    assert len(forged) > 40
    for token in forged:
        assert why(token, cast) == "invalid", token


def test_a_key_of_another_workspace_is_none_of_ours(cast: Cast, key: IdentityKey) -> None:
    theirs, _ = add_identity_key(workspace_id=cast.globex.pk, now=NOON)
    IdentityKey.objects.filter(pk=theirs.pk).update(kid=key.kid)
    theirs.refresh_from_db()
    assert why(sign(theirs), cast) == "invalid"
    assert why(sign(theirs, good_claims(aud="globex")), cast) == "invalid"


def test_a_token_stays_with_the_browser_that_brought_it(cast: Cast, key: IdentityKey) -> None:
    mine, thiefs = uuid4(), uuid4()
    claims = check(sign(key), cast)
    for _ in range(2):
        bind_token(claims, workspace_id=cast.acme.pk, browser_id=mine)
    with pytest.raises(NotProven):
        bind_token(claims, workspace_id=cast.acme.pk, browser_id=thiefs)
    assert forget_expired_tokens(now=NOON) == 0
    assert forget_expired_tokens(now=NOON + timedelta(hours=1)) == 1
    assert not UsedToken.objects.exists()


@given(
    st.one_of(
        st.text(max_size=80),
        st.tuples(st.binary(max_size=40), st.binary(max_size=60), st.binary(max_size=40)).map(
            lambda parts: ".".join(base64.urlsafe_b64encode(part).decode() for part in parts)
        ),
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists).map(
            lambda value: f"{_part({'alg': 'HS256', 'kid': value})}.{_part(value)}.AAAA"
        ),
    )
)
def test_noise_is_refused_and_never_breaks_anything(token: str) -> None:
    with pytest.raises(NotProven):
        check_token(token, keys=[], audience="acme", origin=ORIGIN, now=NOON)


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _signed(claims: dict[str, Any], key: IdentityKey, algorithm: str) -> str:
    return jwt.encode(claims, secret_of(key), algorithm=algorithm, headers={"kid": key.kid})


def _with_header(claims: dict[str, Any], secret: str, header: dict[str, Any]) -> str:
    """Signed with HS256, whatever the header says."""
    import hashlib
    import hmac

    signed = f"{_part(header)}.{_part(claims)}"
    made = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(made).decode().rstrip('=')}"
