"""Changes a workspace's settings for its detectors: thresholds, switches, flows, help pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from vcsm.accounts.models import Member, Workspace
from vcsm.audit.append import append_entry
from vcsm.friction.thresholds import FrictionSettings


def change_settings(in_force: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the settings in force with `changes` on top; null puts one back to its default.

    Raises ValueError naming the first one that is not a setting or out of range, be it a change or
    a setting in force.
    """
    for name, value in changes.items():
        if value is None:
            FrictionSettings.refuse_unknown(name)
    changed = {name: value for name, value in {**in_force, **changes}.items() if value is not None}
    FrictionSettings.from_dict(changed)
    return changed


def tune_friction(
    *, workspace_id: int, changes: Mapping[str, Any], by: Member | str, now: datetime
) -> dict[str, Any]:
    """Puts changes in force for sessions that connect from now on; returns all settings in force.

    If two members change different settings at once, both changes are kept. Raises ValueError as
    `change_settings` does; then nothing changes.
    """
    with transaction.atomic():
        workspace = Workspace.objects.select_for_update().get(pk=workspace_id)
        changed = change_settings(workspace.friction_settings, changes)
        if changed == workspace.friction_settings:
            return changed
        workspace.friction_settings = changed
        workspace.save(update_fields=["friction_settings"])
        append_entry(
            workspace_id=workspace_id,
            kind="friction_settings",
            actor=by,
            subject=f"workspace:{workspace.slug}",
            body={"changes": dict(changes), "in_force": changed},
            at=now,
        )
    return changed
