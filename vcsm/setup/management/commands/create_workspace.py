"""Creates a workspace and prints the link that lets its first admin in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.forms import ValidationError
from django.utils import timezone

from vcsm.accounts.models import CURRENCY
from vcsm.setup.found import found_workspace
from vcsm.setup.permits import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="of the company, as contacts read it")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="of the first admin")
        parser.add_argument("--slug", default="", help="short name; otherwise made from the name")
        parser.add_argument(
            "--currency",
            default=CURRENCY,
            help=f"what its amounts are in (ISO 4217), such as EUR; otherwise {CURRENCY}",
        )
        parser.add_argument(
            "--origin", default="http://localhost:8000", help="where the console is reached"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        origin = options["origin"].rstrip("/")
        if not origin.startswith(("http://", "https://")):
            raise CommandError(
                f"{origin!r} is not an origin; write one such as https://vcsm.acme.com."
            )
        try:
            validate_email(options["admin"])
            workspace, token = found_workspace(
                name=options["name"],
                slug=options["slug"],
                currency=options["currency"],
                email=options["admin"],
                now=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(f"{options['admin']!r} is not an e-mail address.") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The workspace {workspace.slug} was created; "
            f"its amounts are in {workspace.currency}.\n"
            "Open this link to sign in as its first admin:\n"
            f"  {origin}/console/join/{token}\n"
            "It works once, within seven days."
        )
