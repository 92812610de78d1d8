"""Runs all of VCSM under one process: which parts, in which order, with which settings."""

import json
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from socket import socket

from vcsm.embedded.data_folder import LOG_AHEAD
from vcsm.embedded.farewell import Farewell
from vcsm.embedded.note import read_note, write_note
from vcsm.embedded.parts import beat, manage, web, worker
from vcsm.embedded.port import address, bind_port
from vcsm.embedded.start import SECRET_NOTE, Services, start_services
from vcsm.embedded.supervise import Say, Stopped, Supervisor

_UNCHECKED = "--skip-checks"
"""Django's checks load every address of the console, which takes seconds; the tests make them."""


@dataclass(frozen=True)
class Plan:
    """What to run; with `port` None on the first free one from 8000."""

    home: Path
    host: str = "127.0.0.1"
    port: int | None = None
    web: int = 1
    demo: bool = False
    history: bool = False
    """Whether to play the demo's last four weeks too, once."""
    fresh: bool = False


def run_stack(plan: Plan, *, say: Say) -> None:
    """Starts everything, says the addresses, and returns once SIGINT or SIGTERM has stopped it.

    Raises Trouble, with everything stopped, when a part cannot start or dies.
    """
    began = time.monotonic()

    def step(text: str) -> None:
        say(f"{time.monotonic() - began:6.1f} s  {text}")

    with ExitStack() as stack:
        farewell = stack.enter_context(Farewell())
        bound = stack.enter_context(bind_port(plan.host, plan.port))
        step("Starting PostgreSQL and Valkey")
        services = stack.enter_context(
            start_services(plan.home, fresh=plan.fresh, log_ahead=LOG_AHEAD)
        )
        supervisor = Supervisor(plan.home / "log", farewell, services.children)
        stack.callback(supervisor.stop)
        env = _environment(plan, services=services, url=address(bound))
        try:
            _start_everything(supervisor, plan, bound=bound, env=env, step=step)
            step(f"Ready: {address(bound)}/")
            _say_addresses(plan, url=address(bound), say=say)
            while True:
                supervisor.pause(0.3)
        except Stopped:
            step("Stopping")


def _start_everything(
    supervisor: Supervisor, plan: Plan, *, bound: socket, env: Mapping[str, str], step: Say
) -> None:
    def indented(line: str) -> None:
        step(f"  {line}")

    # A waiting person reads what a step prints, but not what it logs.
    quiet = {"VCSM_LOG_LEVEL": "WARNING", **env}
    step("Migrating the database")
    migrate = manage("migrate", "--verbosity", "0", _UNCHECKED, env=quiet)
    supervisor.run_to_end(migrate, say=indented)
    if plan.demo:
        step("Seeding the demo")
        history = ["--history"] if plan.history else []
        supervisor.run_to_end(manage("seed_demo", _UNCHECKED, *history, env=quiet), say=indented)
    step("Starting web, workers and beat")
    wanted = [
        web(number=number + 1, bound=bound, url=address(bound), env=env)
        for number in range(plan.web)
    ]
    wanted += [
        worker(queue="urgent", processes=2, home=plan.home, env=env),
        worker(queue="again", processes=1, home=plan.home, env=env),
        worker(queue="default,bulk", processes=1, home=plan.home, env=env),
        beat(home=plan.home, env=env),
    ]
    supervisor.start_and_wait(wanted)
    if plan.demo:
        step("Starting the demo's customers")
        supervisor.start(manage("demo_customers", _UNCHECKED, env=env))


def _environment(plan: Plan, *, services: Services, url: str) -> dict[str, str]:
    env = {
        **services.environment(),
        "VCSM_HOME": str(plan.home),
        "VCSM_URL": url,
        "PYTHONUNBUFFERED": "1",  # or a crash would keep its last words in a buffer
    }
    if plan.demo:
        env["VCSM_DEMO"] = "True"
    if not os.environ.get("VCSM_SECRET_KEY"):
        env["VCSM_SECRET_KEY"] = _remembered_secret(plan.home / SECRET_NOTE)
    return env


def _remembered_secret(file: Path) -> str:
    """Returns the home's secret, made once, so that log-ins outlive a restart."""
    if not read_note(file):
        write_note(file, secrets.token_urlsafe(48))
    return read_note(file)


def _say_addresses(plan: Plan, *, url: str, say: Say) -> None:
    if plan.demo:
        say(f"    the product with the widget   {url}/demo/")
    say(f"    the console                   {url}/console/")
    if plan.demo:
        for username, password in _demo_logins(plan).items():
            say(f"      log-in {username:26} {password}")
    else:
        say("    a new workspace               .venv/bin/python manage.py create_workspace NAME \\")
        say(f"                                    --admin EMAIL --origin {url}")
    say(f"    logs                          {plan.home / 'log'}")
    say("    Ctrl-C stops everything.")


def _demo_logins(plan: Plan) -> dict[str, str]:
    """Returns the log-ins that `seed_demo` wrote; said last, where a newcomer looks."""
    logins: dict[str, str] = json.loads((plan.home / "demo" / "logins.json").read_text())
    return logins
