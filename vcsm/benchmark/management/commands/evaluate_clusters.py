import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vcsm.core import embeddings
from vcsm.core.progress import say_on
from vcsm.intent.evaluate_clusters import evaluate_clusters
from vcsm.intent.rows import read_rows


class Command(BaseCommand):
    help = "Scores the grouping of unmet texts and prints one JSON object."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--texts", type=Path, required=True, help="CSV: text,category")
        parser.add_argument("--known", type=Path, help="CSV of the workspace's own intents")

    def handle(self, **options: Any) -> None:
        try:
            report = evaluate_clusters(
                read_rows(options["texts"]),
                read_rows(options["known"]) if options["known"] else [],
                features=lambda texts: embeddings.read_many(texts)[1],
                tell=say_on(self.stderr),
            )
        except (ValueError, embeddings.EncoderMissing) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(report))
