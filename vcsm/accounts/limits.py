"""Limits how often somebody may do something: leaky buckets in Valkey, shared by all processes.

Limits go by identity and workspace rather than by address alone: an office of a thousand people
shares one address. While Valkey is away nothing is refused, because a limit must not take down what
it protects.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import redis
from django.conf import settings

log = logging.getLogger(__name__)

# GCRA, the form of a leaky bucket that ATM networks use: one number per name, the time at which the
# bucket would be empty. It is a script to be atomic, because two web processes may ask at once, and
# uses Valkey's clock, because theirs differ.
_TAKE = """
local now = redis.call('TIME')
local at = now[1] + now[2] / 1000000
local step, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local empty = math.max(at, tonumber(redis.call('GET', KEYS[1]) or '0'))
local wait = empty - step * (burst - 1) - at
if wait > 0 then return tostring(wait) end
if ARGV[3] == '0' then return '0' end
redis.call('SET', KEYS[1], tostring(empty + step), 'EX', math.ceil(step * burst) + 1)
return '0'
"""

_GIVE_BACK = """
local empty = redis.call('GET', KEYS[1])
if empty then
  redis.call('SET', KEYS[1], tostring(tonumber(empty) - tonumber(ARGV[1])), 'KEEPTTL')
end
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """A share: `times` at once, and as many again over the next `seconds`."""

    name: str
    times: int
    seconds: float


SIGN_IN_PAIR = Limit("sign-in-pair", 10, 300)
"""Wrong passwords for one name from one address."""
SIGN_IN_NAME = Limit("sign-in-name", 60, 3_600)
"""Wrong passwords for one name from anywhere: more, or strangers could lock a member out."""
SIGN_IN_ADDRESS = Limit("sign-in-address", 100, 300)
"""Wrong passwords from one address: generous, for offices."""
SIGN_IN_KNOWN = Limit("sign-in-known", 10, 3_600)
"""Wrong passwords in a browser where the member has signed in before; then the others apply."""
CODE = Limit("code", 5, 300)
"""Wrong one-time codes of one member: of a million codes, three are right at any time."""
OWN_PASSWORD = Limit("own-password", 5, 300)
"""Wrong current passwords of one signed-in member: it may be somebody else at their desk."""
PASSWORD_LINK_NAME = Limit("password-link-name", 5, 3_600)
"""Links for a new password asked for under one name, whether or not anybody has that name."""
PASSWORD_LINK_ADDRESS = Limit("password-link-address", 20, 300)
"""Links for a new password asked for from one address."""
API_MEMBER = Limit("api-member", 1_200, 60)
"""One member's requests to the console's API."""


SAY_BROWSER = Limit("say-browser", 30, 60)
SAY_WORKSPACE = Limit("say-workspace", 6_000, 60)
"""Contacts' messages, by browser and by workspace; a widget told to wait sends them later."""
HELLO_WORKSPACE = Limit("hello-workspace", 20_000, 60)
"""Greetings, each of which may create a session: a hostile page holds up only its workspace."""


def wait_for(limit: Limit, who: object, *, take: bool = True) -> float:
    """Takes one from `who`'s share; returns 0.0, or the seconds to wait if none is left.

    With `take` False it only asks. Returns 0.0 while Valkey is away.
    """
    try:
        waited = _client(settings.REDIS_URL).eval(
            _TAKE, 1, _key(limit, who), limit.seconds / limit.times, limit.times, int(take)
        )
    except redis.RedisError as error:
        log.warning("limits are not in force: %s", error)
        return 0.0
    return float(waited)


def take_of_each(shares: Sequence[tuple[Limit, str]]) -> float:
    """Takes one from each share and returns 0.0, or takes none and returns the seconds to wait."""
    for number, (limit, who) in enumerate(shares):
        waited = wait_for(limit, who)
        if waited:
            give_back(shares[:number])
            return waited
    return 0.0


def give_back(shares: Sequence[tuple[Limit, str]]) -> None:
    """Gives back one to each share. For what counts only if it fails: one is taken before the
    outcome is known, because a thousand may try at once."""
    try:
        for limit, who in shares:
            step = limit.seconds / limit.times
            _client(settings.REDIS_URL).eval(_GIVE_BACK, 1, _key(limit, who), step)
    except redis.RedisError as error:
        log.warning("limits are not in force: %s", error)


@lru_cache(maxsize=2)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)


def _key(limit: Limit, who: object) -> str:
    return f"vcsm:limit:{limit.name}:{who}"[:300]
