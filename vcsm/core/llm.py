"""One question to an OpenAI-compatible endpoint, where one is configured.

It may be slow, wrong, gone or hostile: callers check what comes back and do without when nothing
does.
"""

import http.client
import json
import logging
import urllib.request
from collections.abc import Mapping, Sequence

from django.conf import settings

from vcsm.core.in_time import InTimeHandler

log = logging.getLogger(__name__)

SECONDS = 12.0
"""From the question to the last byte of its answer."""
LONGEST_ANSWER = 200_000
"""Bytes read of an answer, at most."""
_UNUSABLE = (
    OSError, http.client.HTTPException, ValueError, LookupError, TypeError, RecursionError,
)  # fmt: skip
"""Nobody there or too slow, no HTTP, no JSON, JSON of another shape or a thousand deep."""


def is_configured() -> bool:
    return bool(settings.LLM_URL)


def complete(messages: Sequence[Mapping[str, str]], *, most_tokens: int = 400) -> str | None:
    """Returns the text of the first choice, or None when nothing usable came in time; never raises.

    `messages` are `{"role", "content"}`. No streaming, no tools: text in, text out.
    """
    if not is_configured():
        return None
    body = {
        "model": settings.LLM_MODEL,
        "messages": list(messages),
        "temperature": 0,
        "max_tokens": most_tokens,
    }
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.LLM_KEY:
        headers["Authorization"] = f"Bearer {settings.LLM_KEY}"
    address = settings.LLM_URL.rstrip("/") + "/chat/completions"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    opener = urllib.request.build_opener(InTimeHandler(SECONDS))
    try:
        with opener.open(request, timeout=SECONDS) as response:
            answer = json.loads(response.read(LONGEST_ANSWER))
        text = answer["choices"][0]["message"]["content"]
    except _UNUSABLE as error:
        log.warning("the language model gave nothing usable: %s", error)
        return None
    return text if isinstance(text, str) and text.strip() else None
