"""Sends a week's friction digest now, or writes the message to a file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from vcsm.accounts.models import Workspace
from vcsm.reports.digest.gather import gather_digest
from vcsm.reports.digest.mail import make_message


class Command(BaseCommand):
    help = "Sends the digest of the last seven days to one address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, help="an e-mail address")
        parser.add_argument("--workspace", help="its slug; not needed where there is only one")
        parser.add_argument("--dry-run", metavar="FILE", help="write the message there instead")

    def handle(self, *args: Any, **options: Any) -> None:
        to = options["to"]
        try:
            validate_email(to)
        except ValidationError as error:
            raise CommandError(f"{to!r} is not an e-mail address.") from error
        workspace = _workspace(options["workspace"])
        until = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        digest = gather_digest(workspace, until=until, to=to, address=settings.VCSM_ADDRESS)
        message = make_message(digest, to=to)
        if options["dry_run"]:
            try:
                Path(options["dry_run"]).write_bytes(message.message().as_bytes())
            except OSError as error:
                told = f"{options['dry_run']} cannot be written: {error.strerror}."
                raise CommandError(told) from error
            self.stdout.write(f"Wrote {options['dry_run']}: {message.subject}")
            return
        if not settings.SMTP_URL:
            raise CommandError("SMTP_URL is not set, so nothing can be sent; try --dry-run FILE.")
        try:
            message.send()
        except OSError as error:
            raise CommandError(f"The mail server did not take it: {error}") from error
        self.stdout.write(f"Sent to {to}: {message.subject}")


def _workspace(slug: str | None) -> Workspace:
    found = Workspace.objects.filter(slug=slug) if slug else Workspace.objects.all()
    if not slug and found.count() > 1:
        raise CommandError("There are several workspaces; name one with --workspace SLUG.")
    workspace = found.first()
    if workspace is None:
        raise CommandError(f"There is no workspace {slug!r}." if slug else "There is no workspace.")
    return workspace
