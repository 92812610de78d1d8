"""Adds to the facts how likely a human is needed, what is at stake, and the price of a minute."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from django.db import connection

from vcsm.escalation.budget import Demand, price_of_minute, remember
from vcsm.escalation.case import Rival
from vcsm.escalation.decide import Facts
from vcsm.escalation.features import features_of
from vcsm.escalation.learn import read_model
from vcsm.escalation.models import Decision
from vcsm.escalation.probability import Calibration, Model, believe, written_model
from vcsm.escalation.rivals import read_rivals
from vcsm.escalation.spending import HISTORY, read_spending
from vcsm.escalation.worth import Stakes

log = logging.getLogger(__name__)

MOST = 2_000
"""The most past cases that a price is made from."""


_IN_FORCE = """
SELECT policy.minutes_a_day, policy.stakes::text, threshold.send_from,
  EXISTS (SELECT FROM escalation_duty duty
    JOIN accounts_member member ON member.id = duty.member_id WHERE member.workspace_id = one.id),
  EXISTS (SELECT FROM escalation_learntmodel WHERE workspace_id = one.id)
    OR EXISTS (SELECT FROM escalation_sharedmodel)
FROM (SELECT %s::bigint AS id) one
LEFT JOIN escalation_policy policy ON policy.workspace_id = one.id
LEFT JOIN escalation_threshold threshold
  ON threshold.workspace_id = one.id AND threshold.ended_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Scales:
    """What a workspace weighs struggles with at one moment: its model, stakes, price and rivals.

    All of it is stored with the decision, so that this can be made again after the rest changed.
    """

    stakes: Stakes
    send_from: float | None
    model: Model
    calibration: Calibration | None
    price: float | None = None
    """Price of a minute; None: there is no budget."""
    rivals: tuple[Rival, ...] = ()

    def weigh(self, facts: Facts) -> Facts:
        return msgspec.structs.replace(
            facts,
            belief=believe(self.model, features_of(facts), calibration=self.calibration),
            stakes=self.stakes,
            send_from=self.send_from,
            price=self.price,
            rivals=self.rivals,
        )


def weigh(facts: Facts, *, workspace_id: int, now: datetime) -> Facts:
    return read_scales(workspace_id, now=now).weigh(facts)


def read_scales(workspace_id: int, *, now: datetime) -> Scales:
    """Reads a workspace's scales: one statement if nothing is learnt and no minutes are counted."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [workspace_id])
        minutes_a_day, written, send_from, has_duties, has_learnt = cursor.fetchone()
    stakes = read_stakes(msgspec.json.decode(written) if written else {})
    model, calibration = read_model(workspace_id) if has_learnt else (written_model(), None)
    scales = Scales(stakes, send_from, model, calibration)
    if minutes_a_day is None and not has_duties:
        return scales
    spending = read_spending(
        workspace_id, minutes_a_day=minutes_a_day, minutes=stakes.minutes, now=now
    )
    if spending is None:
        return scales
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    price = price_of_minute(
        left=spending.left,
        a_day=spending.a_day,
        day_left=spending.day_left,
        demand=_demand(workspace_id, midnight),
    )
    return replace(scales, price=price, rivals=read_rivals(workspace_id, now=now))


def read_stakes(written: object) -> Stakes:
    """Returns a workspace's stakes, or the defaults if they are invalid: deciding must go on."""
    try:
        stakes = msgspec.convert(written, Stakes)
    except msgspec.ValidationError as error:
        log.warning("A policy's stakes are ignored: %s", error)
        return Stakes()
    if stakes.minutes <= 0:
        log.warning("A policy's stakes are ignored: minutes must be more than 0")
        return Stakes()
    return stakes


def _demand(workspace_id: int, until: datetime) -> Demand:
    """Reads cases of the days before that called for a human, or would have but for the budget."""
    called = (
        Decision.objects.filter(
            workspace_id=workspace_id,
            at__gte=until - HISTORY,
            at__lt=until,
            rule__in=("worth_more_elsewhere", "struggle_after_help", "severe_struggle"),
            numbers__has_key="value",
        )
        .order_by("-at")
        .values_list("numbers", flat=True)[:MOST]
    )
    cases = [(float(numbers["value"]), float(numbers["minutes"])) for numbers in called]
    return remember(cases, days=HISTORY.days)
