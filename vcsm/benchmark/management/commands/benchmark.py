import json
from argparse import REMAINDER, ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

BENCHMARKS = {
    "capture": "vcsm.benchmark.capture",
    "capture_gap": "vcsm.benchmark.capture_gap",
    "hostile": "vcsm.benchmark.capture_hostile",
    "console": "vcsm.benchmark.console",
    "decisions": "vcsm.benchmark.decisions",
    "detectors": "vcsm.benchmark.detectors",
    "guardrails": "vcsm.benchmark.guardrails",
    "fanout": "vcsm.benchmark.load.fanout",
    "greetings": "vcsm.benchmark.load.greetings",
    "idle": "vcsm.benchmark.load.idle",
    "latency": "vcsm.benchmark.load.latency",
    "tasks": "vcsm.benchmark.load.tasks",
    "fingerprints": "vcsm.benchmark.fingerprints",
    "ingest": "vcsm.benchmark.load.ingest",
    "problems": "vcsm.benchmark.problems",
    "report": "vcsm.benchmark.report",
    "road": "vcsm.benchmark.road",
    "demo_truth": "vcsm.demo.score",
    "understand": "vcsm.benchmark.understand",
    "understood": "vcsm.benchmark.understood",
}
"""Name → module with `run(**options) -> dict`, and `add_options(parser)` where it takes any.

Imported by name, so that measuring one thing loads nothing of the others.
"""


class Command(BaseCommand):
    help = "Measures one thing and prints one JSON object: manage.py benchmark NAME [options]."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own attribute

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(BENCHMARKS))
        parser.add_argument("options", nargs=REMAINDER, help="NAME --help lists them")

    def handle(self, *args: Any, **options: Any) -> None:
        module = import_module(BENCHMARKS[options["name"]])
        parser = ArgumentParser(prog=f"manage.py benchmark {options['name']}")
        if hasattr(module, "add_options"):
            module.add_options(parser)
        result = module.run(**vars(parser.parse_args(options["options"])))
        self.stdout.write(json.dumps(result, indent=1))
