"""`python -m tests.fuzz [--minutes N] [--examples N]`: a VCSM of its own, round after round.

Prints one JSON object; exit code 1 when anything broke. Draws differ from run to run.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from vcsm.embedded.cache import share_cache
from vcsm.embedded.start import default_home, start_services


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--examples", type=int, default=5, help="of each address in a round")
    parser.add_argument("--talks", type=int, default=30, help="conversations in a round")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    home = Path(tempfile.mkdtemp(prefix="vcsm-fuzz-"))
    home.chmod(0o755)
    share_cache(home, of=default_home())
    try:
        with start_services(home) as services:
            os.environ.update(services.environment(), VCSM_HOME=str(home))
            os.environ["DJANGO_SETTINGS_MODULE"] = "vcsm.config.settings"
            told = run(options)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 1 if told["broken"] or told["logged"] else 0


def run(options: argparse.Namespace) -> dict[str, object]:
    import django

    django.setup()
    from django.core.management import call_command
    from hypothesis import settings

    settings.register_profile("explore", deadline=None)
    settings.load_profile("explore")
    call_command("migrate", verbosity=0)
    from tests.fuzz.rounds import Tally, logged, one_round
    from tests.stack import start_stack

    tally, rounds, began = Tally(), 0, time.monotonic()
    with start_stack() as stack:
        while time.monotonic() - began < options.minutes * 60:
            one_round(stack, tally, turn=rounds, examples=options.examples, talks=options.talks)
            rounds += 1
            sys.stderr.write(f"{rounds} rounds, {tally.requests.total()} requests\n")
        found = logged(stack)
    return {
        "broken": tally.broken,
        "logged": found,
        "rounds": rounds,
        "requests": tally.requests.total(),
        "by_status": dict(sorted(tally.requests.items())),
        "conversations": tally.conversations,
        "minutes": round((time.monotonic() - began) / 60, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
