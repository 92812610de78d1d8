"""`manage.py contact_data export|erase WORKSPACE CONTACT`: all that is stored about one person."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vcsm.accounts.contact_data import erase_contact, export_contact
from vcsm.accounts.models import Contact
from vcsm.audit.append import append_entry


class Command(BaseCommand):
    help = "Writes everything stored about a contact as JSON, or erases it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["export", "erase"])
        parser.add_argument("workspace", help="the workspace's slug")
        parser.add_argument("contact", help="the id your product identifies the contact with")

    def handle(self, *args: Any, act: str, workspace: str, contact: str, **options: Any) -> None:
        found = Contact.objects.filter(workspace__slug=workspace, external_id=contact).first()
        if found is None:
            raise CommandError(f"There is no contact {contact!r} in the workspace {workspace!r}.")
        key, workspace_id = found.pk, found.workspace_id
        if act == "export":
            written: object = export_contact(found)
        else:
            written = erase_contact(found)
        append_entry(
            workspace_id=workspace_id,
            kind=act,
            actor="command line",
            subject=f"contact:{key}",
            body={},
            at=datetime.now(UTC),
        )
        self.stdout.write(json.dumps(written, ensure_ascii=False, indent=2))
