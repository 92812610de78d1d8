"""What is in no document: the pages and forms around the console, and the widget's HTTP doors.

They are read from the URL conf and the ASGI application, so that a new address is called the day it
is added. Bodies that are not JSON also go to every address of the document.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.addresses import LEAVE_OUT, Answers, forget_limits
from tests.fuzz.member import SignedIn
from tests.fuzz.odd import BODIES, texts, tokens
from tests.isolation.calls import addresses
from vcsm.config import asgi

FIELDS = ("username", "password", "code", "next", "name", "key", "id", "session", "sequence", "at")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW", "x" * 40)
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "application/gzip",
    "text/plain; charset=utf-7",
    "application/x-www-form-urlencoded; charset=nonsense",
    "\x80/\xff",
    "",
)
BLOBS = (
    *BODIES,
    b"\x1f\x8b\x08" + b"\x00" * 40,
    b"--x\r\n\r\n",
    b"a=" + b"%ff" * 50,
    b"&=" * 3_000,
)
MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="a"; filename="\x00"\r\n\r\n1\r\n--x--\r\n'
)


def fuzz_doors(members: list[SignedIn], key: str, *, examples: int) -> Answers:
    answers = Answers()
    for route in _routes():
        _fuzz_door(route, members, key, answers, examples)
    return answers


def fuzz_bodies(member: SignedIn, *, turn: int = 0, each: int = len(BODIES)) -> Answers:
    """Sends `each` of the odd bodies to every operation that takes one, starting with a different
    body for each operation and each `turn`."""
    answers = Answers()
    for number, (method, path) in enumerate(_with_bodies(member)):
        for one in range(each):
            body = BODIES[(turn + number + one) % len(BODIES)]
            told = member.call(method, path, data=body, headers={"Content-Type": JSON})
            answers.note(f"{method} {path} {body[:60]!r}", told.status_code)
    forget_limits()
    return answers


JSON = "application/json"


def _with_bodies(member: SignedIn) -> Iterator[tuple[str, str]]:
    document = member.call("GET", "/console/api/schema").json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if "requestBody" in operation and path not in LEAVE_OUT:
                for name in operation.get("parameters", ()):
                    whole = name["schema"].get("type") == "integer"
                    path = path.replace(f"{{{name['name']}}}", "1" if whole else str(uuid4()))
                yield method.upper(), path


def _routes() -> list[str]:
    pages = [one.route for one in addresses() if not one.route.startswith("console/api/")]
    doors = [str(one.pattern) for one in asgi.pages if str(one.pattern).startswith("widget/")]
    return [*pages, *doors, "console/api/nowhere", "nowhere", "static/nowhere.js"]


def _fuzz_door(
    route: str, members: list[SignedIn], key: str, answers: Answers, examples: int
) -> None:
    pairs = st.dictionaries(st.sampled_from(FIELDS), texts, max_size=4)

    @settings(
        max_examples=examples,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
        database=None,
    )
    @given(
        st.sampled_from(members),
        st.sampled_from(METHODS),
        pairs,
        st.sampled_from(KINDS),
        st.sampled_from((*BLOBS, MULTIPART)) | pairs,
        tokens,
        st.data(),
    )
    def one(
        member: SignedIn,
        method: str,
        query: dict[str, str],
        kind: str,
        body: Any,
        token: str,
        data: st.DataObject,
    ) -> None:
        path = "/" + route
        while "<" in path:
            before, _, rest = path.partition("<")
            converter, _, after = rest.partition(">")
            uuid = converter.startswith("uuid") and data.draw(st.booleans())
            said = str(uuid4()) if uuid else quote(_sayable(data.draw(texts))[:2_000], safe="")
            path = before + said + after
        if route.startswith("widget/") and data.draw(st.integers(0, 3)):
            query = {"key": key, "id": str(uuid4()), "session": str(uuid4()), **query}
        headers = {
            "Content-Type": kind,
            "Authorization": token,
            "Origin": member.address,
            "x-vcsm-browser": str(uuid4()),
        }
        told = member.call(
            method,
            path,
            params={name: _sayable(text)[:3_000] for name, text in query.items()},
            data=_form(body) if isinstance(body, dict) else body,
            headers={name: value.encode("latin-1") for name, value in headers.items()},
        )
        answers.note(f"{method} {path} {query} {kind} as {member.role}", told.status_code)
        if route.endswith("logout"):
            member.restore()

    one()
    forget_limits()


def _form(pairs: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode("utf-8", "surrogatepass") for name, text in pairs.items()}


def _sayable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
