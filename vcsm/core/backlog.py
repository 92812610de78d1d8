"""How much waits in a queue: whoever would add what may be there already asks first."""

import redis
from django.conf import settings

from vcsm.core.queue import lists_of


def queue_length(queue: str) -> int:
    """Tasks no worker has fetched yet; 0 for a broker that is away or is no Valkey or Redis."""
    if not settings.CELERY_BROKER_URL.startswith(("redis", "unix")):
        return 0
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=1) as client:
            return sum(int(client.llen(name)) for name in lists_of(queue))
    except redis.RedisError:
        return 0
