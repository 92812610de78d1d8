"""What a customer does, step by step, as the events their widget would send."""

import random
from dataclasses import dataclass, field

from vcsm.demo.customers.controls import control
from vcsm.events import kinds
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Element

HOME = "/demo/"

DEAD_AFTER = 2.0
"""Seconds after which the widget judges a click that nothing answers."""


@dataclass(frozen=True)
class Step:
    """One thing done `after` seconds, which `speed` shortens when it is a `pause`.

    Its events have time 0; the player stamps them.
    """

    after: float
    events: tuple[AnyEvent, ...] = ()
    say: str = ""
    drop: bool = False
    """Whether the connection breaks here."""
    struggle: bool = False
    """Whether it is skipped once the customer has accepted help."""
    pause: bool = True


def page_path(page: str) -> str:
    return HOME if page == "overview" else f"{HOME}{page}"


@dataclass
class Script:
    """Collects steps, and numbers clicks and bursts as one tab does."""

    rng: random.Random
    page: str = HOME
    steps: list[Step] = field(default_factory=list)
    struggling: bool = False
    """Steps written while this is on belong to the struggle."""
    _clicks: int = 0
    _bursts: int = 0

    def pause(self, least: float, most: float) -> None:
        self._add(self.rng.uniform(least, most))

    def arrive(self) -> None:
        vital = kinds.Vital(
            at=0, page=self.page, metric="LCP", value=round(self.rng.uniform(500, 1400))
        )
        self._add(0, kinds.Page(at=0, page=self.page, title="Northbank"), vital)

    def go(self, page: str) -> None:
        """Clicks the page's link in the navigation."""
        click = self._click(control(f"nav-{page}"))
        self.page = page_path(page)
        self._add(self.rng.uniform(0.6, 2.5), click, kinds.Page(at=0, page=self.page, how="push"))

    def use(self, name: str) -> None:
        """Adds a click that the page answers."""
        self._add(self.rng.uniform(0.8, 3), self._click(control(name)))

    def use_repeatedly(self, name: str, times: int) -> None:
        """Adds the use of a stepper or calendar: many fast clicks, each of them answered."""
        element = control(name)
        span = self._rapid(element, times)
        burst = self._burst(element, "repeat_use", clicks=times, answered=times, span=span)
        self._add(1.0, burst, pause=False)

    def type_into(
        self, name: str, *, edits: int, deletions: int = 0, hesitation: float = 400
    ) -> None:
        """Adds one visit to a field. Times are in milliseconds and grow with the edits."""
        dwell = 180.0 * (edits + deletions) + hesitation
        visit = kinds.Input(
            at=0,
            page=self.page,
            element=control(name),
            form="transfer-form",
            edits=edits,
            deletions=deletions,
            dwell=round(dwell),
            hesitation=round(hesitation),
            filled=edits > deletions,
        )
        self._add(dwell / 1000, visit)

    def submit(self, how: str = "submit") -> None:
        element = control("transfer-form")
        event = kinds.Input(
            at=0,
            page=self.page,
            element=element,
            form="transfer-form",
            how="invalid" if how == "invalid" else "submit",
        )
        self._add(0.1, event, pause=False)

    def search(self, query: str, results: int) -> None:
        self._add(
            self.rng.uniform(2, 4),
            kinds.Search(at=0, page=self.page, query=query, results=results),
        )

    def dead_click(self, name: str) -> None:
        """Adds a click that nothing answers, and its verdict once the widget has waited."""
        click = self._click(control(name))
        self._add(self.rng.uniform(1, 3), click)
        self._add(DEAD_AFTER, self._verdict(click, "dead", after=DEAD_AFTER * 1000), pause=False)

    def rage(self, name: str, times: int) -> None:
        """Adds fast clicks that nothing answers: a growing burst from the third on, then dead."""
        element = control(name)
        number = self._bursts = self._bursts + 1
        began, last = 0.0, None
        for count in range(1, times + 1):
            gap = self.rng.uniform(0.12, 0.22) if count > 1 else self.rng.uniform(0.8, 2)
            began += gap if count > 1 else 0
            last = self._click(element)
            self._add(gap, last, pause=count == 1)
            if count == 3:
                grown = self._burst(element, "rage", clicks=3, span=began, number=number)
                self._add(0, grown, pause=False)
        assert last is not None
        burst = self._burst(element, "rage", clicks=times, span=began, number=number)
        self._add(1.0, burst, pause=False)
        dead = self._verdict(last, "dead", after=DEAD_AFTER * 1000)
        self._add(DEAD_AFTER - 1.0, dead, pause=False)

    def error_click(self, name: str, message: str) -> None:
        """Adds a click whose handler throws."""
        click = self._click(control(name))
        source = "/static/demo/transfers.js"
        error = kinds.Error(
            at=0, page=self.page, message=message, source=source, line=16, click=click.click
        )
        verdict = self._verdict(click, "error", after=4, reason="error")
        self._add(self.rng.uniform(0.8, 2), click, error, verdict)

    def slow_request(self, name: str, route: str, seconds: float) -> None:
        """Adds a click that is answered, but late: its request takes `seconds`."""
        click = self._click(control(name))
        self._add(self.rng.uniform(0.8, 2), click)
        request = kinds.Request(
            at=0,
            page=self.page,
            method="GET",
            route=route,
            status=200,
            took=seconds * 1000,
            click=click.click,
        )
        slow = self._verdict(click, "slow", after=seconds * 1000)
        self._add(seconds, request, slow, pause=False)

    def ask(self, text: str) -> None:
        self._add(self.rng.uniform(2, 5), say=text)

    def lose_connection(self) -> None:
        self._add(0.2, drop=True, pause=False)

    def _rapid(self, element: Element, times: int) -> float:
        """Adds `times` answered clicks; returns the seconds from the first to the last."""
        span = 0.0
        for count in range(times):
            gap = self.rng.uniform(0.15, 0.35) if count else self.rng.uniform(0.8, 2)
            span += gap if count else 0
            self._add(gap, self._click(element), pause=not count)
        return span

    def _click(self, element: Element) -> kinds.Click:
        self._clicks += 1
        x, y = self.rng.randint(40, 1200), self.rng.randint(60, 700)
        return kinds.Click(at=0, page=self.page, click=self._clicks, element=element, x=x, y=y)

    def _verdict(
        self, click: kinds.Click, verdict: str, *, after: float, reason: str = ""
    ) -> kinds.Verdict:
        assert verdict in ("dead", "error", "slow")
        return kinds.Verdict(
            at=0,
            page=click.page,
            click=click.click,
            element=click.element,
            verdict=verdict,  # type: ignore[arg-type]
            after=round(after),
            reason=reason,
        )

    def _burst(
        self,
        element: Element,
        verdict: str,
        *,
        clicks: int,
        answered: int = 0,
        span: float = 0,
        number: int = 0,
    ) -> kinds.Burst:
        if not number:
            number = self._bursts = self._bursts + 1
        return kinds.Burst(
            at=0,
            page=self.page,
            burst=number,
            element=element,
            verdict="rage" if verdict == "rage" else "repeat_use",
            clicks=clicks,
            answered=answered,
            span=round(span * 1000),
        )

    def _add(
        self,
        after: float,
        *events: AnyEvent,
        say: str = "",
        drop: bool = False,
        pause: bool = True,
    ) -> None:
        self.steps.append(
            Step(after, events, say=say, drop=drop, struggle=self.struggling, pause=pause)
        )
