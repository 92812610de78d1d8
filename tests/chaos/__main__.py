"""`python -m tests.chaos [--kills N] [--widgets N] [--seed N] [--only NAME …] [--home PATH]`.

Prints one JSON object; exit code 1 when anything was lost, doubled or left undone.
"""

import argparse
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.chaos import upgrade
from tests.chaos.blows import BLOWS, ON_HOSTS
from tests.chaos.clock import Clock, make_clock
from tests.chaos.network import Network, NoNamespaces, network
from tests.chaos.parts import Hurt, add_parts, services
from vcsm.embedded.cache import share_cache
from vcsm.embedded.start import default_home

QUIET_SECONDS = 400
"""How long to wait for the work that blows have delayed; the run ends once nothing waits."""


def main() -> int:
    options = _parse()
    home = Path(options.home or tempfile.mkdtemp(prefix="vcsm-chaos-"))
    home.mkdir(parents=True, exist_ok=True)
    if options.disk:
        subprocess.run(["mount", "-t", "tmpfs", "-o", _size(options), "tmpfs", home], check=True)
    home.chmod(0o755)
    if not (home / "cache").exists():
        share_cache(home, of=default_home())
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))  # so that all is undone
    try:
        with ExitStack() as stack:
            net = _hosts(options, stack)
            clock = _clock(options, home)
            told = run(stack.enter_context(services(home, net, clock)), options)
    finally:
        if options.disk:
            subprocess.run(["umount", "--lazy", home], check=True)
        if not options.home:
            shutil.rmtree(home, ignore_errors=True)
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 1 if told["found"] else 0


def _hosts(options: argparse.Namespace, stack: ExitStack) -> Network | None:
    """Makes the hosts that some blows need; where it cannot, those are left out and named."""
    if not ON_HOSTS & set(options.only):
        return None
    try:
        return stack.enter_context(network())
    except NoNamespaces as error:
        _leave_out(options, ON_HOSTS, str(error))
        return None


def _clock(options: argparse.Namespace, home: Path) -> Clock | None:
    if "move_clock" not in options.only:
        return None
    clock = make_clock(home)
    if clock is None:
        _leave_out(options, {"move_clock"}, "no C compiler to make one with")
    return clock


def _leave_out(options: argparse.Namespace, blows: set[str], why: str) -> None:
    options.only = [name for name in options.only if name not in blows]
    sys.stderr.write(f"left out: {', '.join(sorted(blows))}: {why}\n")
    if not options.only:
        raise SystemExit("no blow is left")


def run(hurt: Hurt, options: argparse.Namespace) -> dict[str, Any]:
    cast = _prepare(hurt, options)
    add_parts(hurt)
    ledger = hurt.home / "ledger.jsonl"
    load = _start_load(hurt, cast.key.key, ledger, options.widgets)
    try:
        time.sleep(2)
        blows, revived = _beat_up(hurt, options)
        load.send_signal(signal.SIGTERM)
        code = _wait(hurt, load)
    finally:
        load.kill()
    waited = _wait_for_quiet(hurt)
    return {
        **_judge(hurt, cast, ledger, blows, load_failed=bool(code)),
        "blows": len(blows),
        "kinds": sorted({name for _, name in blows}),
        "parts_started_again": revived,
        "seconds_until_nothing_waited": round(waited, 1),
    }


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--widgets", type=int, default=12)
    parser.add_argument("--pause", type=float, default=3.0, help="mean seconds between blows")
    parser.add_argument("--minutes", type=float, default=90, help="no blow after this")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", nargs="*", choices=sorted(BLOWS), default=sorted(set(BLOWS) - {"fill_disk"})
    )
    parser.add_argument("--disk", type=int, help="MB of a disk of its own (as root), for fill_disk")
    parser.add_argument("--home", help="kept afterwards; default: a folder that is removed")
    parser.add_argument(
        "--before", type=Path, metavar="FOLDER", help="upgrade amid the blows, from that checkout"
    )
    return parser.parse_args()


def _size(options: argparse.Namespace) -> str:
    return f"size={options.disk}m"


def _prepare(hurt: Hurt, options: argparse.Namespace) -> Any:
    os.environ.update(
        DATABASE_URL=hurt.database_url,
        REDIS_URL=hurt.redis_url,
        VCSM_HOME=str(hurt.home),
        DJANGO_SETTINGS_MODULE="vcsm.config.settings",
        VCSM_LOG_LEVEL="WARNING",
    )
    import django

    django.setup()
    from django.core.management import call_command

    from tests.cast import make_cast
    from tests.lessons import teach

    if options.before:
        hurt.code = options.before.resolve()
        return upgrade.begin(hurt.code)
    call_command("migrate", verbosity=0)
    cast = make_cast(suffix=f"-{int(time.time())}", origins=("http://127.0.0.1:*",))
    teach(cast.acme)
    return cast


def _start_load(hurt: Hurt, key: str, ledger: Path, widgets: int) -> "subprocess.Popen[str]":
    given = {
        "address": hurt.address,
        "key": key,
        "origin": "http://127.0.0.1:1",
        "widgets": widgets,
        "ledger": str(ledger),
    }
    load = subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.load"], stdin=subprocess.PIPE, text=True
    )
    assert load.stdin is not None
    load.stdin.write(json.dumps(given) + "\n")
    load.stdin.close()
    return load


def _beat_up(hurt: Hurt, options: argparse.Namespace) -> tuple[list[tuple[float, str]], int]:
    """Deals blow after blow at random moments, even before the last has been recovered from."""
    draw = random.Random(options.seed)
    blows, revived = [], 0
    end = time.monotonic() + options.minutes * 60
    steps = upgrade.steps(options.kills) if options.before else {}
    for number in range(options.kills):
        if time.monotonic() > end:
            break
        if number in steps:
            blows.append((time.time(), steps[number].__name__))
            steps[number](hurt)
        # Every kind is used: the first blows take the kinds in turn, later ones are drawn.
        names = options.only
        name = names[number] if number < len(names) else draw.choice(names)
        blows.append((time.time(), name))
        try:
            BLOWS[name](hurt, draw)
        except Exception as error:  # what is down already cannot be hit
            sys.stderr.write(f"{name}: {error}\n")
        time.sleep(0.05)
        revived += len(hurt.raise_dead())
        if number % 25 == 24:
            sys.stderr.write(f"{number + 1} blows\n")
        until = time.monotonic() + draw.uniform(0.2, 1.8) * options.pause
        while time.monotonic() < until:
            time.sleep(0.1)
            revived += len(hurt.raise_dead())
    return blows, revived


def _wait(hurt: Hurt, load: "subprocess.Popen[str]") -> int:
    deadline = time.monotonic() + QUIET_SECONDS
    while load.poll() is None and time.monotonic() < deadline:
        hurt.raise_dead()
        time.sleep(0.2)
    if load.poll() is None:
        load.kill()
    return load.wait()


def _wait_for_quiet(hurt: Hurt) -> float:
    """Waits until every message is answered and every struggle handled; returns the seconds."""
    from tests.chaos.database import waiting

    began = time.monotonic()
    while time.monotonic() - began < QUIET_SECONDS:
        hurt.raise_dead()
        if not waiting(hurt.database_url):
            break
        time.sleep(0.5)
    return time.monotonic() - began


def _judge(
    hurt: Hurt, cast: Any, ledger: Path, blows: list[tuple[float, str]], *, load_failed: bool
) -> dict[str, Any]:
    import psycopg

    from tests.chaos import check, database

    sessions = check.read_ledger(ledger)
    shown = database.shown_to_member(cast)
    checks = (check.check_events, check.check_messages, check.check_escalations)
    with psycopg.connect(hurt.database_url) as connection:
        found = [one for look in checks for one in look(sessions, connection)]
        check.plant(connection)
        blind = [look.__name__ for look in checks if not look(sessions, connection)]
        connection.rollback()
    found += [f"{name} finds nothing of what was planted" for name in blind]
    found += check.check_console(sessions, shown)
    if load_failed:
        found.append("the load could not finish what it had begun")
    waits = check.silences(sessions, blows)
    return {
        "found": found,
        "sessions": len(sessions),
        "batches_acknowledged": sum(len(told.batches) for told in sessions.values()),
        "events_acknowledged": sum(sum(told.batches.values()) for told in sessions.values()),
        "messages_acknowledged": sum(len(told.messages) for told in sessions.values()),
        "conversations_read_in_the_console": len(shown),
        "frames_refused": sum(len(told.refused) for told in sessions.values()),
        "longest_silence_s": {
            name: {
                "times": len(times),
                "median": round(statistics.median(times), 2),
                "worst": round(max(times), 2),
            }
            for name, times in sorted(waits.items())
        },
    }


if __name__ == "__main__":
    sys.exit(main())
