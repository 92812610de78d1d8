import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vcsm.core import embeddings
from vcsm.core.progress import say_on
from vcsm.intent.evaluate import Trial, evaluate_intents
from vcsm.intent.rows import plain_label, read_rows


class Command(BaseCommand):
    help = "Scores the intent classifier on labelled texts and prints one JSON object."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--train", type=Path, required=True, help="CSV: text,category")
        parser.add_argument("--test", type=Path, required=True, help="CSV: text,category")
        parser.add_argument("--shots", type=int, help="examples per intent; all when not given")
        parser.add_argument("--seeds", type=int, default=5, help="draws of the shots")
        parser.add_argument("--oos-label", default="oos", help="test category of none of these")
        parser.add_argument("--names", action="store_true", help="intents' names teach too")

    def handle(self, **options: Any) -> None:
        for name in ("shots", "seeds"):
            if options[name] is not None and options[name] < 1:
                raise CommandError(f"--{name} must be at least 1.", returncode=2)
        outside = plain_label(options["oos_label"])
        trial = Trial(options["shots"], options["seeds"], outside, options["names"])
        try:
            report = evaluate_intents(
                read_rows(options["train"]),
                read_rows(options["test"]),
                trial=trial,
                feature=lambda text: embeddings.read(text).feature,
                familiar=embeddings.familiar_words(),
                tell=say_on(self.stderr),
            )
        except (ValueError, embeddings.EncoderMissing) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(report))
