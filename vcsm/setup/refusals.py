"""Origins turned away lately, which the set-up page shows while it waits for a first event.

They are kept in Valkey for an hour, five for each key. A lost one costs a sentence on a page, so an
error is only logged.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime

import redis
from django.conf import settings

log = logging.getLogger(__name__)

KEPT_SECONDS = 3_600
KEPT = 5


@dataclass(frozen=True, slots=True)
class TurnedAway:
    origin: str
    at: datetime


def note_refusal(*, key_id: int, origin: str, at: datetime) -> None:
    """Notes that a key in force was used from an `origin` that is not on its list."""
    name = _name(key_id)
    try:
        with redis.Redis.from_url(settings.REDIS_URL) as client, client.pipeline() as pipe:
            pipe.lpush(name, json.dumps([origin[:200], at.isoformat()]))
            pipe.ltrim(name, 0, KEPT - 1)
            pipe.expire(name, KEPT_SECONDS)
            pipe.execute()
    except redis.RedisError:
        log.warning("a refused origin was not noted", exc_info=True)


def read_refusals(key_id: int) -> list[TurnedAway]:
    """Returns the latest refusals, newest first, each origin once; none if Valkey is down."""
    try:
        with redis.Redis.from_url(settings.REDIS_URL) as client:
            rows = [json.loads(row) for row in client.lrange(_name(key_id), 0, KEPT - 1)]
    except redis.RedisError:
        log.warning("refused origins could not be read", exc_info=True)
        return []
    newest: dict[str, TurnedAway] = {}
    for origin, at in rows:
        newest.setdefault(origin, TurnedAway(origin, datetime.fromisoformat(at)))
    return list(newest.values())


def _name(key_id: int) -> str:
    return f"vcsm:refused:{key_id}"
