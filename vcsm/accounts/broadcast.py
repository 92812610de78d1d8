"""Tells open sockets that who they belong to may no longer listen; each looks for itself."""

from collections.abc import Iterable
from uuid import UUID

from vcsm.core.live import browser_group, members_group, signal_on_commit


def access_changed(workspace_id: int) -> None:
    """A member signed out or was taken out: the workspace's consoles look whether they may stay."""
    signal_on_commit(members_group(workspace_id), "check")


def contact_erased(browsers: Iterable[UUID]) -> None:
    """The contact's pages are hung up on; what they send from now on is nobody's."""
    for browser_id in browsers:
        signal_on_commit(browser_group(browser_id), "shut")
