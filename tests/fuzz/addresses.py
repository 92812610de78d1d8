"""The console's API as its own OpenAPI document describes it, against the running server.

Schemathesis makes requests that the document allows and requests that it does not. To these are
added the workspace's real ids, odd values in place of good ones, and bodies that are not JSON.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import redis
import schemathesis
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.fuzz.member import SignedIn
from tests.fuzz.odd import BODIES, jsonable, season, texts, tokens
from tests.isolation.material import Material

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
LEAVE_OUT = {"/console/api/articles/import"}
"""Reads addresses of the web; its own tests give it a server on this machine."""


@dataclass
class Answers:
    """What came back: how often each status, and every answer that is a fault of the server."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def note(self, said: str, status: int) -> None:
        self.statuses[status] += 1
        # 503 is an answer: nobody can be asked just now, and it says how long to wait.
        if status >= 500 and status != 503:
            self.broken.append(f"{status} {said}"[:2_000])


def fuzz_addresses(members: list[SignedIn], acme: Material, *, examples: int) -> Answers:
    """Calls every operation of the document, `examples` times each."""
    answers = Answers()
    document = members[0].call("GET", "/console/api/schema").json()
    schema = schemathesis.openapi.from_dict(document)
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path not in LEAVE_OUT:
            _fuzz_operation(operation, members, acme, answers, examples)
    return answers


def _fuzz_operation(
    operation: Any, members: list[SignedIn], acme: Material, answers: Answers, examples: int
) -> None:
    cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in MODES])

    @settings(
        max_examples=examples,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
        database=None,
    )
    @given(cases, st.data())
    def one(case: Any, data: st.DataObject) -> None:
        member = data.draw(st.sampled_from(members))
        _send(case, member, data.draw, acme, answers)

    one()


def _send(case: Any, member: SignedIn, draw: Any, acme: Material, answers: Answers) -> None:
    keys = (*acme.numbers, *(str(one) for one in acme.uuids))
    path = case.operation.path
    for name, value in (case.path_parameters or {}).items():
        known = [key for key in keys if isinstance(key, int) == path.endswith(_INTEGER)]
        real = draw(st.sampled_from(known or keys)) if draw(st.integers(0, 3)) else value
        path = path.replace(f"{{{name}}}", quote(str(real), safe=""))
    headers = {"Content-Type": case.media_type or "application/json"}
    if draw(st.integers(0, 9)) == 0:
        headers["Authorization"] = draw(tokens)
    if draw(st.integers(0, 5)) == 0:
        body = draw(st.sampled_from(BODIES))
    else:
        body = jsonable(season(draw, case.body, keys)) if _has_body(case) else b""
    query = season(draw, dict(case.query or {}), keys)
    if draw(st.integers(0, 4)) == 0:
        query[draw(st.sampled_from(GUESSES))] = draw(texts)
    try:
        told = member.call(
            case.method, path, params=_plain(query), data=body, headers=_latin(headers)
        )
    except UnicodeError:
        return  # the client itself cannot send that
    answers.note(f"{case.method} {path} {query} {body[:300]!r} as {member.role}", told.status_code)
    if told.status_code == 429:
        forget_limits()
    if told.status_code in (401, 403) and member.call("GET", "/console/api/me").status_code != 200:
        member.restore()


GUESSES = (
    "limit",
    "after",
    "before",
    "period",
    "q",
    "page",
    "search",
    "state",
    "account",
    "format",
)
_INTEGER = ("account_id}", "key_id}", "member_id}", "cluster_id}", "intent_id}", "article_id}")


def forget_limits() -> None:
    """Resets the limits as a quiet minute would; another test checks that they hold."""
    with redis.Redis.from_url(django_settings.REDIS_URL) as client:
        for key in client.scan_iter("vcsm:limit:*"):
            client.delete(key)


def _has_body(case: Any) -> bool:
    return type(case.body).__name__ != "NotSet"


def _plain(query: dict[str, Any]) -> dict[str, Any]:
    """Makes texts sendable: an address cannot hold halves of surrogate pairs."""
    return {
        str(name).encode("utf-8", "replace").decode(): _text(value) for name, value in query.items()
    }


def _text(value: Any) -> Any:
    if isinstance(value, list):
        return [_text(one) for one in value]
    return str(value).encode("utf-8", "replace").decode()[:4_000]


def _latin(headers: dict[str, str]) -> dict[str, bytes]:
    return {name: value.encode("latin-1", "replace") for name, value in headers.items()}
