import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vcsm.accounts.models import Workspace
from vcsm.core.safe_http import NotRead
from vcsm.knowledge.importing import Imported, import_articles
from vcsm.knowledge.reading import read_some
from vcsm.knowledge.sources import find_pages


class Command(BaseCommand):
    help = (
        "Makes articles of Markdown and HTML: a folder, a file of addresses (.txt), a sitemap "
        "(.xml), or addresses of pages and sitemaps. Again: changes what has changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="its slug")
        parser.add_argument("source", nargs="+")
        parser.add_argument("--overwrite", action="store_true", help="also what members edited")
        parser.add_argument(
            "--private", action="store_true", help="read addresses of your own network too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace {options['workspace']!r}.")
        try:
            places = [
                place
                for source in options["source"]
                for place in find_pages(source, private=options["private"])
            ]
        except NotRead as error:
            raise CommandError(str(error)) from error
        imported = Imported()
        for imported in import_articles(
            places,
            workspace_id=workspace.pk,
            at=timezone.now(),
            private=options["private"],
            overwrite=options["overwrite"],
        ):
            self.stderr.write(f"{imported.done} of {imported.total}", ending="\r")
        self.stderr.write("")
        # Long articles would wait for a worker, and there may be none.
        read_some(clock=timezone.now, until=datetime.max.replace(tzinfo=UTC))
        self.stdout.write(json.dumps(asdict(imported), ensure_ascii=False))
        if imported.failed == imported.total:
            raise CommandError("Nothing could be read.")
