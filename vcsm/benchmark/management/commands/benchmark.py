import json
import os
import subprocess
import sys
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
    "flood": "vcsm.benchmark.load.flood",
    "greetings": "vcsm.benchmark.load.greetings",
    "idle": "vcsm.benchmark.load.idle",
    "latency": "vcsm.benchmark.load.latency",
    "tasks": "vcsm.benchmark.load.tasks",
    "fingerprints": "vcsm.benchmark.fingerprints",
    "ingest": "vcsm.benchmark.load.ingest",
    "problems": "vcsm.benchmark.problems",
    "report": "vcsm.benchmark.report",
    "road": "vcsm.benchmark.road",
    "roll_up": "vcsm.benchmark.roll_up",
    "demo_truth": "vcsm.demo.score",
    "understand": "vcsm.benchmark.understand",
    "understood": "vcsm.benchmark.understood",
}
"""Name → module with `run(**options) -> dict`, and `add_options(parser)` where it takes any.

Imported by name, so that a measurement loads no other's code.
"""

READ_THE_DATABASE = ("report", "roll_up", "understand")
"""Benchmarks that are measured in this process and need a database; they get one of their own where
none is named or running."""


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
        asked = vars(parser.parse_args(options["options"]))
        if options["name"] in READ_THE_DATABASE and not os.environ.get("DATABASE_URL"):
            sys.exit(_run_on_its_own_database(options["name"], options["options"]))
        self.stdout.write(json.dumps(module.run(**asked), indent=1))


def _run_on_its_own_database(name: str, options: list[str]) -> int:
    """Runs the same command with services of its own; returns its exit code."""
    from vcsm.benchmark.load.serving import start_site
    from vcsm.benchmark.own_stack import ROOT

    with start_site() as site:
        again = [sys.executable, "manage.py", "benchmark", name, *options]
        return subprocess.run(again, cwd=ROOT, env={**os.environ, **site.env}).returncode
