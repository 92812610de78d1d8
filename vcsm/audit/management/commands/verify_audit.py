import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.accounts.models import Workspace
from vcsm.audit.verify import verify_chains


class Command(BaseCommand):
    help = "Finds audit entries that were changed, removed or inserted; exits 1 if there are any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", help="its slug; default: all")
        parser.add_argument("--json", action="store_true", help="one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["workspace"]
        if slug and not Workspace.objects.filter(slug=slug).exists():
            raise CommandError(f"There is no workspace {slug!r}.")
        chains = verify_chains(workspace=slug)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(chain) for chain in chains], indent=1))
        else:
            for chain in chains:
                self.stdout.write(f"{chain.workspace}: {chain.entries} entries, {chain.hash}")
                for finding in chain.findings:
                    self.stdout.write(f"  {finding}")
        if any(chain.findings for chain in chains):
            raise SystemExit(1)
