from datetime import timedelta

import pytest

from tests.cast import NOON
from vcsm.accounts.models import Member
from vcsm.assistant.words import person_called
from vcsm.escalation.models import Escalation


@pytest.mark.parametrize(
    ("wait", "words"),
    [(15, "Alice to join you here, within 15 minutes"), (20 * 60, "by 02 June, 08:00 UTC")],
)
def test_what_is_promised_is_what_is_stored(wait: int, words: str) -> None:
    escalation = Escalation(owner=Member(name="Alice"), due_at=NOON + timedelta(minutes=wait))
    assert words in person_called(escalation, NOON)


def test_nobody_is_named_who_was_not_asked() -> None:
    assert "a colleague" in person_called(Escalation(due_at=NOON), NOON)
