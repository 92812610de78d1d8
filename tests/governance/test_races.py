"""Many workers at once, on real commits: a pulled switch holds, and nobody overspends a budget."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from uuid import uuid4

from django.db import connection, transaction

from tests.cast import Cast
from vcsm.accounts.models import Browser, Contact
from vcsm.governance.acts import record_act
from vcsm.governance.models import Act
from vcsm.governance.standing import read_standing
from vcsm.governance.switches import lift, stop

WORKERS = 5


def act_once(cast: Cast, contact: Contact, browser: Browser, use_case: str) -> bool:
    """As a deciding task does: asks, acts and writes it down in one transaction."""
    with transaction.atomic():
        standing = read_standing(
            workspace_id=cast.acme.pk,
            contact_id=contact.pk,
            browser_id=browser.pk,
            now=datetime.now(UTC),
        )
        if not standing.ask(use_case).allowed:
            return False
        record_act(standing, use_case=use_case, subject=f"thing:{uuid4()}")
        return True


def at_once(work: Callable[[int], None]) -> ThreadPoolExecutor:
    def run(number: int) -> None:
        try:
            work(number)
        finally:
            connection.close()

    pool = ThreadPoolExecutor(WORKERS)
    for number in range(WORKERS):
        pool.submit(run, number)
    return pool


def browsers(cast: Cast) -> list[tuple[Contact, Browser]]:
    contacts = [Contact.objects.create(workspace=cast.acme) for _ in range(WORKERS)]
    return [
        (one, Browser.objects.create(id=uuid4(), workspace=cast.acme, contact=one))
        for one in contacts
    ]


def test_nothing_is_done_once_a_switch_has_been_pulled(live_cast: Cast) -> None:
    theirs, over = browsers(live_cast), Event()

    def work(number: int) -> None:
        contact, browser = theirs[number]
        while not over.is_set():
            act_once(live_cast, contact, browser, "answer_questions")

    done = Act.objects.filter(workspace=live_cast.acme)
    ids = {"workspace_id": live_cast.acme.pk, "what": "workspace", "by": live_cast.bob}
    with at_once(work):
        try:
            for round in range(1, 6):
                while done.count() < round * 10:
                    pass
                stop(**ids, why="", now=datetime.now(UTC))  # type: ignore[arg-type]
                at_stop = done.count()
                for contact, browser in theirs:
                    assert not act_once(live_cast, contact, browser, "answer_questions")
                assert done.count() == at_stop
                lift(**ids, why="", now=datetime.now(UTC))  # type: ignore[arg-type]
        finally:
            over.set()


def test_workers_together_do_not_overspend_a_contact_s_budget(live_cast: Cast) -> None:
    vera = live_cast.vera
    devices = [
        Browser.objects.create(id=uuid4(), workspace=live_cast.acme, contact=vera)
        for _ in range(WORKERS)
    ]

    def work(number: int) -> None:
        for _ in range(6):
            act_once(live_cast, vera, devices[number], "offer_help")

    with at_once(work):
        pass
    assert Act.objects.filter(workspace=live_cast.acme, contact=vera).count() == 6
