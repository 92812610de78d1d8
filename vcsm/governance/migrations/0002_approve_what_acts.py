"""Approves what workspaces from before the guardrails did already, so that they go on doing it."""

from datetime import UTC, datetime

from django.db import migrations

LEVELS = {
    "offer_help": "auto",
    "answer_questions": "undoable",
    "tell_state": "auto",
    "call_person": "auto",
    "tell_problem": "undoable",
}


def approve(apps, editor):
    now = datetime.now(UTC)
    apps.get_model("governance", "Approval").objects.bulk_create(
        apps.get_model("governance", "Approval")(
            workspace_id=workspace,
            use_case=use_case,
            level=level,
            at=now,
            why="It did this before guardrails came.",
        )
        for workspace in apps.get_model("accounts", "Workspace").objects.values_list("pk", flat=True)
        for use_case, level in LEVELS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_start")]
    operations = [migrations.RunPython(approve, migrations.RunPython.noop)]
