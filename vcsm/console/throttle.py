"""The API's limit for each member, so that a runaway script slows down nobody else."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from vcsm.accounts.limits import API_MEMBER, wait_for


class MemberThrottle(BaseThrottle):
    """Answers 429 with `Retry-After` in whole seconds."""

    waited = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        self.waited = wait_for(API_MEMBER, request.user.pk) if request.user.pk else 0.0
        return self.waited == 0.0

    def wait(self) -> float | None:
        return self.waited or None
