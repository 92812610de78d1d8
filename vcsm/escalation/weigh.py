"""Adds to the facts how likely a human is needed, what is at stake, and what a minute costs now."""

import logging
from datetime import datetime

import msgspec

from vcsm.escalation.budget import Demand, price_of_minute, remember
from vcsm.escalation.decide import Facts
from vcsm.escalation.features import features_of
from vcsm.escalation.learn import read_model
from vcsm.escalation.models import Decision, Policy
from vcsm.escalation.probability import believe
from vcsm.escalation.proven import threshold_in_force
from vcsm.escalation.rivals import read_rivals
from vcsm.escalation.spending import HISTORY, read_spending
from vcsm.escalation.worth import Stakes

log = logging.getLogger(__name__)

MOST = 2_000
"""Past cases that a price looks at."""


def weigh(facts: Facts, *, workspace_id: int, now: datetime) -> Facts:
    """All of it is stored with the decision, which can be made again when the rest has changed."""
    row = Policy.objects.filter(workspace_id=workspace_id).first() or Policy()
    stakes = read_stakes(row.stakes)
    in_force = threshold_in_force(workspace_id)
    model, calibration = read_model(workspace_id)
    weighed = msgspec.structs.replace(
        facts,
        belief=believe(model, features_of(facts), calibration=calibration),
        stakes=stakes,
        send_from=in_force.send_from if in_force else None,
    )
    spending = read_spending(
        workspace_id, minutes_a_day=row.minutes_a_day, minutes=stakes.minutes, now=now
    )
    if spending is None:
        return weighed
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    price = price_of_minute(
        left=spending.left,
        a_day=spending.a_day,
        day_left=spending.day_left,
        demand=_demand(workspace_id, midnight),
    )
    return msgspec.structs.replace(weighed, price=price, rivals=read_rivals(workspace_id, now=now))


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
