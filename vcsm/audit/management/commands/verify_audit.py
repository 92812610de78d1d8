import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.accounts.models import Workspace
from vcsm.audit.verify import Anchor, verify_chains


class Command(BaseCommand):
    help = "Finds audit entries that were changed, removed or inserted; exits 1 if there are any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", help="its slug; default: all")
        parser.add_argument("--json", action="store_true", help="one JSON list")
        parser.add_argument(
            "--anchors", type=Path, help="what --json printed earlier, kept where nobody changes it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["workspace"]
        if slug and not Workspace.objects.filter(slug=slug).exists():
            raise CommandError(f"There is no workspace {slug!r}.")
        anchors = read_anchors(options["anchors"]) if options["anchors"] else {}
        chains = verify_chains(workspace=slug, anchors=anchors)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(chain) for chain in chains], indent=1))
        else:
            for chain in chains:
                self.stdout.write(f"{chain.workspace}: {chain.entries} entries, {chain.hash}")
                for finding in chain.findings:
                    self.stdout.write(f"  {finding}")
        if any(chain.findings for chain in chains):
            raise SystemExit(1)


class WrittenDown(msgspec.Struct):
    """The fields of `--json` output that an anchor needs."""

    workspace: str
    entries: int
    hash: str


def read_anchors(file: Path) -> dict[str, Anchor]:
    """Reads anchors by workspace slug; CommandError if the file is not what `--json` prints."""
    try:
        read = msgspec.json.decode(file.read_bytes(), type=list[WrittenDown])
    except OSError as error:
        raise CommandError(f"The file cannot be opened: {error.strerror}.") from error
    except msgspec.DecodeError as error:
        raise CommandError(f"The file is not what --json prints: {error}.") from error
    return {one.workspace: Anchor(one.entries, one.hash) for one in read if one.entries}
