"""Tells open sockets that the person behind them may have lost access."""

from collections.abc import Iterable
from uuid import UUID

from vcsm.core.live import browser_group, members_group, signal_on_commit


def access_changed(workspace_id: int) -> None:
    """Makes each open console of the workspace check whether its member still has access."""
    signal_on_commit(members_group(workspace_id), "check")


def contact_erased(browsers: Iterable[UUID]) -> None:
    """Closes the sockets of an erased contact's browsers."""
    for browser_id in browsers:
        signal_on_commit(browser_group(browser_id), "shut")
