"""Half a minute of what `make fuzz` does for as long as one likes; the same cases in every run."""

from collections.abc import Iterator

import pytest

from tests.fuzz.addresses import fuzz_addresses
from tests.fuzz.doors import fuzz_bodies, fuzz_doors
from tests.fuzz.log import faults
from tests.fuzz.rounds import Place, logged, make_place
from tests.fuzz.socket import fuzz_socket
from tests.stack import Stack

pytestmark = pytest.mark.long


@pytest.fixture
def place(stack: Stack, django_db_blocker: object) -> Iterator[Place]:
    """Each test's own: what the one before did to its keys and members was meant.

    Nothing that a test here does may end in a fault of the servers.
    """
    before = len(logged(stack))
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield make_place(stack)
    assert logged(stack)[before:] == []


def test_the_api_answers_whatever_comes(place: Place) -> None:
    answers = fuzz_addresses(place.members, place.acme, examples=3)
    assert answers.broken == []
    # Requests that get past the door and deeper, and not refusals alone.
    assert answers.statuses[200] > 40 and answers.statuses[400] > 40
    assert answers.statuses.total() > 250


def test_bodies_that_are_no_json_are_refused(place: Place) -> None:
    answers = fuzz_bodies(place.members[0], each=2)
    assert answers.broken == []
    assert answers.statuses[400] > 50


def test_pages_forms_and_the_widgets_doors_answer_whatever_comes(place: Place) -> None:
    answers = fuzz_doors(place.members, place.cast.key.key, examples=8)
    assert answers.broken == []
    assert answers.statuses.total() > 100


def test_the_socket_keeps_its_promises_whatever_is_said(place: Place, stack: Stack) -> None:
    fuzz_socket(port=stack.port, key=place.cast.key.key, origin=stack.origin, examples=8)


def test_it_would_find_a_fault() -> None:
    at, trace = "2026-01-01 00:00:00,000", "Traceback (most recent call last):\nRecursionError"
    broke = f"{at} ERROR django.request Internal Server Error: /x\n{trace}"
    assert faults(f"{at} INFO vcsm fine\n{broke}\n{at} INFO vcsm fine") == [broke]
    assert len(faults(f"Task exception was never retrieved\n{trace}")) == 1
    assert faults(f"{at} WARNING django.request Bad Request: /x\n{trace}") == []
