"""One round of everything, in a workspace of its own, and its results."""

from collections import Counter
from dataclasses import dataclass, field
from traceback import format_exc
from uuid import uuid4

from tests.cast import Cast, make_cast
from tests.fuzz.addresses import Answers, fuzz_addresses
from tests.fuzz.doors import fuzz_bodies, fuzz_doors
from tests.fuzz.log import faults
from tests.fuzz.member import SignedIn
from tests.fuzz.socket import fuzz_socket
from tests.isolation.material import Material, read_material
from tests.isolation.scene import make_split
from tests.stack import Stack
from vcsm.accounts.models import Member


@dataclass(frozen=True)
class Place:
    """A workspace with something of everything in it, and a member of every role."""

    cast: Cast
    acme: Material
    members: list[SignedIn]
    """An admin first; somebody who is not signed in last."""


@dataclass
class Tally:
    requests: Counter[int] = field(default_factory=Counter)
    conversations: int = 0
    broken: list[str] = field(default_factory=list)

    def add(self, answers: Answers) -> None:
        self.requests += answers.statuses
        self.broken += answers.broken


def make_place(stack: Stack) -> Place:
    cast = make_cast(suffix=f"-{uuid4().hex[:8]}", origins=(stack.origin,))
    make_split(cast)
    roles = [Member.Role.ADMIN, Member.Role.LEAD, Member.Role.PRODUCT, Member.Role.CSM, None]
    return Place(
        cast=cast,
        acme=read_material(cast.acme.pk, known_to=cast.globex.pk),
        members=[SignedIn(cast.acme, role, stack.origin) for role in roles],
    )


def one_round(stack: Stack, tally: Tally, *, turn: int, examples: int, talks: int) -> None:
    """Runs one round and adds its results to `tally`. `turn` must differ each time."""
    place = make_place(stack)
    key = place.cast.key.key
    tally.add(fuzz_bodies(place.members[0], turn=turn, each=examples))
    place.members[0].restore()
    tally.add(fuzz_doors(place.members, key, examples=5 * examples))
    try:
        fuzz_socket(port=stack.port, key=key, origin=stack.origin, examples=talks)
    except Exception:  # the conversation that broke is reported, and the rounds go on
        tally.broken.append(format_exc()[-4_000:])
    tally.conversations += talks
    tally.add(fuzz_addresses(place.members, place.acme, examples=examples))


def logged(stack: Stack) -> list[str]:
    """Returns the faults that the servers logged."""
    return [fault for part in stack.children for fault in faults(stack.log(part))]
