"""Adds to the facts how likely a human is needed, what is at stake, and what a minute costs now."""

import logging
from datetime import datetime, timedelta

import msgspec

from vcsm.escalation.budget import Demand, price_of_minute, remember, reserve
from vcsm.escalation.decide import Facts
from vcsm.escalation.features import features_of
from vcsm.escalation.learn import read_model
from vcsm.escalation.models import Decision, Escalation, Policy
from vcsm.escalation.probability import believe
from vcsm.escalation.worth import Stakes

log = logging.getLogger(__name__)

HISTORY = timedelta(days=14)
MOST = 2_000
"""Past cases that a price looks at."""


def weigh(facts: Facts, *, workspace_id: int, now: datetime) -> Facts:
    """All of it is stored with the decision, which can be made again when the rest has changed."""
    policy = Policy.objects.filter(workspace_id=workspace_id).first()
    stakes = read_stakes(policy.stakes if policy else {})
    model, calibration = read_model(workspace_id)
    weighed = msgspec.structs.replace(
        facts,
        belief=believe(model, features_of(facts), calibration=calibration),
        stakes=stakes,
    )
    if policy is None or policy.minutes_a_day is None:
        return weighed
    price = _price(policy.minutes_a_day, stakes, workspace_id=workspace_id, now=now)
    return msgspec.structs.replace(weighed, price=price)


def read_stakes(written: object) -> Stakes:
    """The written ones where a workspace's own make no sense: a wrong number calls nobody off."""
    try:
        stakes = msgspec.convert(written, Stakes)
    except msgspec.ValidationError as error:
        log.warning("A policy's stakes are ignored: %s", error)
        return Stakes()
    if stakes.minutes <= 0:
        log.warning("A policy's stakes are ignored: minutes must be more than 0")
        return Stakes()
    return stakes


def _price(a_day: float, stakes: Stakes, *, workspace_id: int, now: datetime) -> float:
    """Days are UTC's. An escalation costs its minutes from the moment it is opened."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day_left = 1 - (now - midnight) / timedelta(days=1)
    opened = Escalation.objects.filter(workspace_id=workspace_id)
    spent = opened.filter(opened_at__gte=midnight, opened_at__lte=now).count() * stakes.minutes
    asked = opened.filter(
        opened_at__gte=midnight - HISTORY,
        opened_at__lt=midnight,
        reason__in=("asked", "matter"),
    ).count()
    kept = reserve(cases_a_day=asked / HISTORY.days, minutes=stakes.minutes, day_left=day_left)
    return price_of_minute(
        left=a_day - spent - kept,
        a_day=a_day,
        day_left=day_left,
        demand=_demand(workspace_id, midnight),
    )


def _demand(workspace_id: int, until: datetime) -> Demand:
    """What called for a human on the days before, or would have but for the budget."""
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
