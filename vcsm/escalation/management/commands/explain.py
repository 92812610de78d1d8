import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.escalation.explain import (
    FactsUnreadable,
    explain,
    explanation_to_json,
    explanation_to_text,
)
from vcsm.escalation.models import Decision


class Command(BaseCommand):
    help = (
        "Makes a stored decision again from its stored facts and says why; exits 1 if it differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("decision", type=int, help="its id")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        stored = Decision.objects.filter(pk=options["decision"]).first()
        if stored is None:
            raise CommandError(f"There is no decision {options['decision']}.")
        try:
            explanation = explain(stored)
        except FactsUnreadable as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(explanation_to_json(explanation), indent=1))
        else:
            self.stdout.write(explanation_to_text(explanation))
        if explanation.differs:
            raise SystemExit(1)
