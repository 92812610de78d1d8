"""Two members claim one escalation at the same moment: one wins, the other is told who."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from django.db import connection

from tests.cast import NOON, Cast
from vcsm.conversations.models import Takeover
from vcsm.conversations.post import conversation_of
from vcsm.escalation.decide import Facts, decide
from vcsm.escalation.open import open_or_update
from vcsm.escalation.work import AlreadyTaken, resolve, take_over


def claim(escalation: UUID, member: int, start: Barrier) -> str:
    try:
        start.wait()
        take_over(escalation_id=escalation, member_id=member, now=NOON)
        return "won"
    except AlreadyTaken as error:
        return error.owner_name
    finally:
        connection.close()


def test_one_wins_and_the_other_is_told_who(live_cast: Cast, django_db_blocker: object) -> None:
    unblock: Callable[..., object] = django_db_blocker.unblock  # type: ignore[attr-defined]
    with unblock():  # type: ignore[attr-defined]
        for _ in range(5):
            session = live_cast.session()
            escalation = open_or_update(
                session=session,
                decision=decide(Facts(struggle=0.95)),
                signal=None,
                intent=None,
                conversation=conversation_of(session),
                summary="Stuck",
                now=NOON,
            )
            start = Barrier(2)
            members = {live_cast.alice.pk: "Alice", live_cast.bob.pk: "Bob"}
            with ThreadPoolExecutor(2) as threads:
                told = dict(
                    zip(
                        members.values(),
                        threads.map(claim, [escalation.pk] * 2, members, [start] * 2),
                        strict=True,
                    )
                )
            (winner,) = [name for name, result in told.items() if result == "won"]
            (loser,) = [name for name in told if name != winner]
            assert told[loser] == winner
            escalation.refresh_from_db()
            assert escalation.owner and escalation.owner.name == winner
            assert Takeover.objects.filter(conversation__contact=session.contact_id).count() >= 1
            resolve_it(escalation.pk, escalation.owner.pk)


def resolve_it(escalation: UUID, member: int) -> None:
    resolve(
        escalation_id=escalation,
        member_id=member,
        done=True,
        worked=True,
        false_alarm=False,
        note="",
        now=NOON,
    )
