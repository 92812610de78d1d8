"""Finds what contacts ask for that no intent covers, and who asks, ready to become an intent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
from django.db.models import Sum

from vcsm.accounts.models import Account
from vcsm.core import embeddings
from vcsm.intent.closeness import unit
from vcsm.intent.discover import (
    AT_MOST,
    REAL_FROM,
    USUAL_DISTANCE,
    Group,
    discover,
    learn_distance,
)
from vcsm.intent.guess import Floats, Outcome, stack_features
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.person import wants_human
from vcsm.intent.taxonomy import read_examples, save_intent


@dataclass(frozen=True)
class UnmetGroup:
    title: str
    """The message in the middle of the group, as a contact wrote it."""
    phrases: tuple[str, ...]
    messages: tuple[str, ...]
    """The texts, nearest to the middle first."""
    captured_ids: tuple[int, ...]
    contacts: int
    accounts: int
    annual_revenue: Decimal
    """Annual revenue of those accounts together."""
    first_at: datetime
    last_at: datetime
    earlier: int
    """Number of messages in the first half of the period, to show the trend."""
    centre: Floats
    """(width,) of length 1."""
    days: tuple[int, ...]
    """Messages on each day of the period, oldest first."""


def find_unmet(
    *, workspace_id: int, since: datetime, until: datetime, at_least: int = REAL_FROM
) -> list[UnmetGroup]:
    """Groups the texts rejected in the period, largest group first.

    Texts that ask for a person are left out, because the contact is given one, and so are those in
    a language the encoder does not read. The same period gives the same groups. Only vectors of the
    present encoder are grouped, and only the newest AT_MOST texts.
    """
    rejected = (
        CapturedIntent.objects.filter(
            workspace_id=workspace_id,
            outcome=Outcome.NONE,
            corrected_at=None,
            at__gte=since,
            at__lt=until,
            encoder_id=embeddings.encoder_id(),
        )
        .exclude(text="")
        .exclude(evidence__has_key="language")
        .select_related("contact")
        .order_by("-at", "-pk")[:AT_MOST]
    )
    rows = [row for row in rejected if not wants_human(row.text)][::-1]
    if not rows:
        return []
    features = np.stack([row.vector for row in rows]).astype(np.float32)
    groups = discover([row.text for row in rows], features, distance=_distance(workspace_id))
    return [
        _describe([rows[i] for i in group.members], group, since, until)
        for group in groups
        if len(group.members) >= at_least
    ]


def adopt_group(
    *, workspace_id: int, name: str, captured_ids: Sequence[int], title: str = ""
) -> Intent:
    """Turns a group into an intent whose examples are its messages, to be edited afterwards."""
    texts = CapturedIntent.objects.filter(workspace_id=workspace_id, pk__in=captured_ids)
    return save_intent(
        workspace_id=workspace_id,
        name=name,
        title=title,
        examples=list(texts.order_by("pk").values_list("text", flat=True)),
    )


def _distance(workspace_id: int) -> float:
    examples = read_examples(workspace_id)
    if not examples:
        return USUAL_DISTANCE
    number = {intent: place for place, intent in enumerate({one.intent: None for one in examples})}
    labels = np.array([number[example.intent] for example in examples], np.intp)
    return learn_distance(unit(stack_features(examples)), labels)


def _describe(
    rows: Sequence[CapturedIntent], group: Group, since: datetime, until: datetime
) -> UnmetGroup:
    accounts = {row.contact.account_id for row in rows if row.contact.account_id is not None}
    revenue = Account.objects.filter(pk__in=accounts).aggregate(sum=Sum("annual_revenue"))["sum"]
    middle = since + (until - since) / 2
    days = Counter((row.at - since).days for row in rows)
    return UnmetGroup(
        title=group.title,
        phrases=group.phrases,
        messages=tuple(row.text for row in rows),
        captured_ids=tuple(row.pk for row in rows),
        contacts=len({row.contact_id for row in rows}),
        accounts=len(accounts),
        annual_revenue=revenue or Decimal(0),
        first_at=min(row.at for row in rows),
        last_at=max(row.at for row in rows),
        earlier=sum(row.at < middle for row in rows),
        centre=group.centre,
        days=tuple(days[day] for day in range(max(1, -(-(until - since) // timedelta(days=1))))),
    )
