import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vcsm.core import embeddings
from vcsm.core.progress import say_on
from vcsm.intent.rows import read_rows
from vcsm.knowledge.evaluate import evaluate_answers


class Command(BaseCommand):
    help = "Scores search and answers over a folder of articles and prints one JSON object."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=Path, required=True, help="folder of Markdown files")
        parser.add_argument(
            "--questions", type=Path, required=True, help="CSV: question,article; empty: none"
        )

    def handle(self, **options: Any) -> None:
        try:
            questions = read_rows(options["questions"], columns=("question", "article"))
            report = evaluate_answers(options["articles"], questions, tell=say_on(self.stderr))
        except (ValueError, embeddings.EncoderMissing) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(report))
