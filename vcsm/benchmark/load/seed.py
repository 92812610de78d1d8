"""`python -m vcsm.benchmark.load.seed COUNT` makes that many workspaces and prints their keys."""

import json
import sys

import django


def make_workspaces(count: int) -> list[str]:
    """New workspaces with one widget key each, open to any local origin."""
    from vcsm.accounts.models import WidgetKey, Workspace

    workspaces = Workspace.objects.bulk_create(
        Workspace(slug=f"load-{number}", name=f"Load {number}") for number in range(count)
    )
    origins = ["http://localhost:*", "http://127.0.0.1:*"]
    keys = WidgetKey.objects.bulk_create(
        WidgetKey(workspace=workspace, origins=origins) for workspace in workspaces
    )
    return [key.key for key in keys]


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(make_workspaces(int(sys.argv[1]))))
