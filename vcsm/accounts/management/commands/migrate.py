"""Django's `migrate`, and then the row-level security of what it made."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate

from vcsm.accounts.policies import RoleMissing, apply_policies


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options.get("plan") or options.get("check_unapplied"):
            return
        try:
            covered = apply_policies()
        except RoleMissing as missing:
            raise CommandError(str(missing)) from None
        if options["verbosity"] > 0:
            self.stdout.write(f"  Row-level security on {len(covered)} tables.")
