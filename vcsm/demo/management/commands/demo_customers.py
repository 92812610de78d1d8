import asyncio
import contextlib
import os

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vcsm.demo.crowd import NoCrowd, gather_crowd, machine_of, somebody_listens
from vcsm.demo.customers.run import Crowd, run_customers
from vcsm.demo.truth import VisitRecord, append_truth


class Command(BaseCommand):
    help = "Simulated customers use the demo product through real websockets, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=12, help="customers at the same time")
        parser.add_argument("--speed", type=float, default=1.0, help="2 halves all waiting")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--seconds", type=float, default=None, help="stop after so long")
        parser.add_argument("--url", default=os.environ.get("VCSM_URL", "http://127.0.0.1:8000"))

    def handle(self, *args: object, **options: object) -> None:
        count, seconds = options["count"], options["seconds"]
        speed, seed, url = options["speed"], options["seed"], options["url"]
        assert isinstance(count, int) and isinstance(seed, int) and isinstance(speed, float)
        try:
            crowd = gather_crowd(url=str(url), seed=seed, speed=speed)
        except NoCrowd as error:
            raise CommandError(str(error)) from None
        if not 1 <= count <= len(crowd.identities):
            raise CommandError(f"--count must be from 1 to {len(crowd.identities)}.")
        if speed <= 0:
            raise CommandError("--speed must be above 0.")
        self.stdout.write(f"{count} at a time on {crowd.origin}, seed {seed}")
        machine = machine_of(crowd.origin)
        if machine is None or not somebody_listens(machine):
            # They may have been started before the server: they go on trying, as browsers do.
            self.stderr.write(
                f"Nobody answers at {crowd.origin} yet; they try until somebody does."
            )
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(self._run(crowd, count, seconds if isinstance(seconds, float) else None))

    async def _run(self, crowd: Crowd, count: int, seconds: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await run_customers(crowd, at_once=count, report=self._report)

    def _report(self, record: VisitRecord) -> None:
        append_truth(record)
        truth = record.truth
        stuck = f"stuck on {truth.element or truth.page}" if truth.stuck else "not stuck"
        nudges = ", ".join(record.nudges) or "none"
        self.stdout.write(f"{record.contact:10} {truth.temperament:10} {stuck}; nudges: {nudges}")
