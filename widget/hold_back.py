"""Refuses a frame above somebody's share, with the time to wait; nothing of it is kept."""

from vcsm.accounts.limits import Limit, wait_for
from widget.protocol import Error, Refused


def hold_back(limit: Limit, who: object, *, message: str | None = None) -> None:
    """Raises `Refused` (`overloaded`, `retry_after` in seconds) if `who` has used up their share.

    Without `message`, the frame is a greeting: refusing it ends the connection, which the widget
    opens again later.
    """
    waited = wait_for(limit, who)
    if waited:
        raise Refused(
            Error(
                "overloaded",
                "More than its share: try again later.",
                message=message,
                closes=message is None,
                retry_after=max(1.0, round(waited, 1)),
            )
        )
