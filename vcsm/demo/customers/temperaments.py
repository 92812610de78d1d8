"""The temperaments of customers, and the visit that each of them makes.

Whether they are stuck is a fact of the temperament. Those who are not include the hard cases: much
clicking, fast clicking, slow pages and many pages are no struggle.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from vcsm.demo.customers.controls import control
from vcsm.demo.customers.script import Script, Step, page_path
from vcsm.demo.truth import VisitTruth

COMMA_ERROR = "TypeError: object null is not iterable"
ASKS_FOR_A_PERSON = (
    "I'd like to talk to a person",
    "Can I speak to a human please?",
    "please connect me with someone from your team",
    "This is not working, get me a real person!",
)
STATEMENT_WANTS = (
    "extra_charge_on_statement",
    "transaction_charged_twice",
    "direct_debit_payment_not_recognised",
)
TRANSFER_WANTS = ("failed_transfer", "declined_transfer", "transfer_timing", "pending_transfer")
CARD_WANTS = ("activate_my_card", "card_arrival", "card_not_working", "change_pin")
PAGES = ("overview", "transfers", "cards", "statements", "exchange", "help")


@dataclass(frozen=True)
class Visit:
    """One planned visit."""

    truth: VisitTruth
    steps: tuple[Step, ...]
    accepts: float
    """Chance that they accept a nudge; otherwise they dismiss it or, half as often, ignore it."""


Wants = dict[str, tuple[str, ...]]
"""Intent label → what people say who have it."""


def play_calm(script: Script, wants: Wants) -> VisitTruth:
    """Plays a transfer that works, and a look at the statement."""
    script.go("transfers")
    for field, edits in (("recipient", 14), ("iban", 18), ("amount", 6), ("reference", 9)):
        script.type_into(field, edits=edits, deletions=script.rng.randint(0, 2))
    script.use("confirm-transfer")
    script.submit()
    script.go("statements")
    script.use("statement-month")
    script.pause(5, 12)
    script.use("email-statement")
    return VisitTruth("calm", stuck=False, wants="transfer_timing")


def play_hurried(script: Script, wants: Wants) -> VisitTruth:
    """Plays a fast, impatient visit in which everything answers, the exchange desk slowly."""
    script.go("cards")
    script.use_repeatedly("more-cards", script.rng.randint(6, 12))
    script.use("order-cards")
    script.go("exchange")
    script.slow_request("get-quote", "/demo/api/quote", script.rng.uniform(3.0, 3.6))
    script.go("overview")
    return VisitTruth("hurried", stuck=False, wants="order_physical_card")


def play_explorer(script: Script, wants: Wants) -> VisitTruth:
    """Plays a visit that works hard and sees every page, without being stuck."""
    for page in script.rng.sample(PAGES, k=len(PAGES)):
        script.go(page)
        script.pause(2, 6)
        if page == "cards":
            script.use("freeze-card")
            script.use_repeatedly("more-cards", script.rng.randint(4, 8))
            script.use("freeze-card")
        elif page == "transfers":
            script.use("pick-date")
            script.use_repeatedly("month-after", script.rng.randint(4, 9))
            script.use("day")
        elif page == "help":
            script.search("exchange rate", results=3)
        elif page == "statements":
            script.use("statement-month")
            script.use("statement-account")
        else:
            script.use("filter-payments")
    return VisitTruth("explorer", stuck=False, wants="exchange_rate")


def play_talkative(script: Script, wants: Wants) -> VisitTruth:
    """Plays a visit that asks rather than clicks; one in four would rather ask a person."""
    label = script.rng.choice(sorted(wants))
    script.go("help")
    for text in script.rng.sample(wants[label], k=2):
        script.ask(text)
        script.pause(8, 15)
    asks_person = script.rng.random() < 0.25
    if asks_person:
        script.ask(script.rng.choice(ASKS_FOR_A_PERSON))
    script.go("overview")
    return VisitTruth("talkative", stuck=False, wants=label, asks_person=asks_person)


def play_furious(script: Script, wants: Wants) -> VisitTruth:
    """Plays a visit that hammers on Export, says so, hammers again, and may ask for a person."""
    label = script.rng.choice(STATEMENT_WANTS)
    script.go("statements")
    script.use("statement-month")
    script.struggling = True
    script.rage("export-statement", script.rng.randint(4, 8))
    script.pause(2, 4)
    script.ask(script.rng.choice(wants[label]))
    script.pause(3, 6)
    script.rage("export-statement", script.rng.randint(4, 9))
    script.pause(2, 4)
    script.struggling = False
    asks_person = script.rng.random() < 0.6
    if asks_person:
        script.ask(script.rng.choice(ASKS_FOR_A_PERSON))
    return _stuck_on("furious", "statements", "export-statement", wants=label, person=asks_person)


def play_silent(script: Script, wants: Wants) -> VisitTruth:
    """Plays a visit that says nothing, tries a few times, slowly, and leaves."""
    on_export = script.rng.random() < 0.5
    return _try_export(script) if on_export else _try_transfer(script)


def _try_export(script: Script) -> VisitTruth:
    """Plays someone who presses the dead button, thinks, and presses it again."""
    script.go("statements")
    script.use("statement-month")
    script.struggling = True
    for _ in range(3):
        script.dead_click("export-statement")
        script.pause(2, 6)
    script.struggling = False
    wants = script.rng.choice(STATEMENT_WANTS)
    return _stuck_on("silent", "statements", "export-statement", wants=wants)


def _try_transfer(script: Script) -> VisitTruth:
    """Plays someone with a comma in the amount, who meets the same error three times."""
    script.go("transfers")
    for field, edits in (("recipient", 12), ("iban", 18), ("amount", 7)):
        script.type_into(field, edits=edits)
    script.struggling = True
    for _ in range(3):
        script.submit()
        script.error_click("confirm-transfer", COMMA_ERROR)
        script.pause(2, 5)
        script.type_into("amount", edits=7, deletions=7, hesitation=3500)
    script.struggling = False
    wants = script.rng.choice(TRANSFER_WANTS)
    return _stuck_on("silent", "transfers", "confirm-transfer", wants=wants)


def play_lost(script: Script, wants: Wants) -> VisitTruth:
    """Plays a visit that goes in circles between cards and help, and finds nothing there."""
    label = script.rng.choice(CARD_WANTS)
    script.go("cards")
    script.struggling = True
    for query in ("card code", "where activate", "new card number"):
        script.go("help")
        script.search(query, results=0)
        script.go("cards")
    script.struggling = False
    script.ask(script.rng.choice(wants[label]))
    script.pause(6, 10)
    script.go("overview")
    return VisitTruth("lost", stuck=True, page=page_path("cards"), wants=label)


def _stuck_on(
    temperament: str, page: str, name: str, *, wants: str, person: bool = False
) -> VisitTruth:
    return VisitTruth(
        temperament,
        stuck=True,
        page=page_path(page),
        element=control(name).id,
        wants=wants,
        asks_person=person,
    )


@dataclass(frozen=True)
class Temperament:
    play: Callable[[Script, Wants], VisitTruth]
    weight: int
    """Relative share of a crowd."""
    accepts: float


TEMPERAMENTS = {
    "calm": Temperament(play_calm, weight=6, accepts=0.7),
    "hurried": Temperament(play_hurried, weight=5, accepts=0.2),
    "explorer": Temperament(play_explorer, weight=5, accepts=0.4),
    "talkative": Temperament(play_talkative, weight=3, accepts=0.8),
    "furious": Temperament(play_furious, weight=2, accepts=0.1),
    "silent": Temperament(play_silent, weight=2, accepts=0.4),
    "lost": Temperament(play_lost, weight=1, accepts=0.7),
}


def choose_temperament(rng: random.Random) -> str:
    weights = [temperament.weight for temperament in TEMPERAMENTS.values()]
    return rng.choices(list(TEMPERAMENTS), weights)[0]


def plan_visit(name: str, *, seed: str, wants: Wants) -> Visit:
    """Plans a customer's visit by temperament; the same for the same seed."""
    temperament = TEMPERAMENTS[name]
    script = Script(random.Random(seed))
    script.arrive()
    truth = temperament.play(script, wants)
    steps = list(script.steps)
    if script.rng.random() < 0.3:
        # Trains and lifts: the connection breaks somewhere, and nothing may be lost by that.
        place = script.rng.randrange(1, len(steps))
        steps.insert(place, replace(steps[0], after=0.1, events=(), drop=True))
    return Visit(truth=truth, steps=tuple(steps), accepts=temperament.accepts)
