"""The pure rule, against an account of what may be done that is kept in another way."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.stack import ROOT
from vcsm.governance.allow import RULES, Request, Ruling, State, allow, level_in_force
from vcsm.governance.autonomy import LADDER, OUTCOME, Level
from vcsm.governance.guardrails import Can, Cannot, Contact, Guardrails, written_guardrails
from vcsm.governance.risk import CAP, TIERS, Risk, tier_of
from vcsm.governance.use_cases import EFFECTS, USE_CASES, find_use_case

EVERYTHING: dict[str, Level] = {one.key: "auto" for one in USE_CASES}
KEYS = [*EVERYTHING, "a_use_case_nobody_wrote"]
AGENTS = ["assistant", "robot", "stranger"]


def ask(use_case: str = "offer_help", *, state: State | None = None, **request: object) -> Ruling:
    asked = msgspec.convert({"use_case": use_case, **request}, Request)
    return allow(asked, written_guardrails(), state or State(approved=EVERYTHING))


def test_it_works() -> None:
    ruling = ask()
    assert (ruling.allowed, ruling.rule, ruling.level) == (True, "as_far_as_earned", "auto")


def test_nothing_is_allowed_by_default() -> None:
    for one in USE_CASES:
        ruling = ask(one.key, state=State())
        assert (ruling.allowed, ruling.rule) == (False, "not_approved")
    empty = Guardrails(contact=Contact(interruptions_a_day=9, interruptions_a_week=9))
    ruling = allow(Request(use_case="offer_help"), empty, State(approved=EVERYTHING))
    assert (ruling.allowed, ruling.rule) == (False, "not_on_the_list")


@pytest.mark.parametrize(
    ("state", "request_", "rule"),
    [
        ({"stopped": ["workspace"]}, {}, "workspace_stopped"),
        ({"stopped": ["agent:assistant"]}, {}, "agent_stopped"),
        ({"stopped": ["use_case:offer_help"]}, {}, "use_case_stopped"),
        ({}, {"use_case": "gossip"}, "unknown_use_case"),
        ({}, {"agent": "robot"}, "unknown_agent"),
        ({"agents": {"robot": ["answer_questions"]}}, {"agent": "robot"}, "unknown_agent"),
        ({}, {"effects": ["money"]}, "forbidden_effect"),
        ({}, {"effects": ["record"]}, "beyond_use_case"),
        ({"approved": {"offer_help": "off"}}, {}, "not_approved"),
        ({"interruptions_today": 6}, {}, "contact_day_spent"),
        ({"interruptions_this_week": 20}, {}, "contact_week_spent"),
        ({"approved": {"offer_help": "approve"}}, {}, "as_far_as_earned"),
    ],
)
def test_each_rule_refuses(
    state: dict[str, object], request_: dict[str, object], rule: str
) -> None:
    stands = msgspec.convert({"approved": EVERYTHING, **state}, State)
    asked = msgspec.convert({"use_case": "offer_help", **request_}, Request)
    ruling = allow(asked, written_guardrails(), stands)
    assert (ruling.allowed, ruling.rule) == (False, rule)
    assert ruling.reason.endswith(".")


def test_whoever_must_reach_a_person_does() -> None:
    everything = State(stopped=frozenset({"workspace", "use_case:call_person", "agent:assistant"}))
    assert ask("call_person", state=everything, must_reach=True).allowed
    assert not ask("call_person", state=everything).allowed
    assert not ask("answer_questions", state=everything, must_reach=True).allowed
    assert not ask("call_person", state=everything, must_reach=True, effects=["money"]).allowed


def test_an_answer_is_not_an_interruption() -> None:
    full = State(approved=EVERYTHING, interruptions_today=99, interruptions_this_week=99)
    assert ask("answer_questions", state=full).allowed
    assert not ask("offer_help", state=full).allowed


def test_risk_caps_what_was_approved() -> None:
    assert ask("answer_questions").level == "undoable"
    for one in USE_CASES:
        assert LADDER.index(one.cap) <= LADDER.index(CAP[one.tier])
        assert one.cap in one.rungs


def test_the_worst_answer_is_the_tier() -> None:
    harmless = Risk(reversible="yes", audience="contact", money="none", data="none")
    assert tier_of(harmless) == "low"
    for change in ({"money": "direct"}, {"data": "leaves"}, {"audience": "many"}):
        worse = msgspec.structs.replace(harmless, **change)
        assert TIERS.index(tier_of(worse)) > 1


def test_every_rule_and_effect_is_documented() -> None:
    words = (ROOT / "docs" / "governance.md").read_text()
    names = [one.__name__ for one in RULES] + list(EFFECTS) + [one.key for one in USE_CASES]
    assert not [name for name in names if f"`{name}`" not in words]


class Workspace(RuleBasedStateMachine):
    """Members approve, stop, lift, and change the list; agents act whenever they can.

    What was done is kept here as a plain history with times, and each act is judged from it anew:
    by conditions written down beside the rules, not by the rules.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 6, 1, tzinfo=UTC)
        self.approved: dict[str, Level] = {}
        self.stopped: set[str] = set()
        self.agents: dict[str, tuple[str, ...]] = {}
        self.done: list[tuple[datetime, str, Ruling]] = []
        self.bypasses: list[str] = []

    @initialize(most=st.integers(0, 5), week=st.integers(0, 8))
    def start(self, most: int, week: int) -> None:
        self.put_in_force(most, week, dict.fromkeys(EVERYTHING, "auto"), ["money"])

    @rule(
        most=st.integers(0, 5),
        week=st.integers(0, 8),
        can=st.dictionaries(st.sampled_from(list(EVERYTHING)), st.sampled_from(LADDER)),
        cannot=st.lists(st.sampled_from(list(EFFECTS)), max_size=3),
    )
    def put_in_force(self, most: int, week: int, can: dict[str, Level], cannot: list[str]) -> None:
        self.list = Guardrails(
            contact=Contact(interruptions_a_day=most, interruptions_a_week=max(most, week)),
            can=tuple(Can(use_case=key, at_most=level, words="x") for key, level in can.items()),
            cannot=tuple(Cannot(effect=effect, words="x") for effect in cannot),
        )

    @rule(use_case=st.sampled_from(KEYS), level=st.sampled_from(LADDER))
    def approve(self, use_case: str, level: Level) -> None:
        self.approved[use_case] = level

    @rule()
    def approve_everything(self) -> None:
        self.approved.update(EVERYTHING)

    @rule(what=st.sampled_from(["workspace", *(f"use_case:{key}" for key in KEYS)]))
    def stop(self, what: str) -> None:
        self.stopped.add(what)

    @rule(agent=st.sampled_from(AGENTS))
    def stop_agent(self, agent: str) -> None:
        self.stopped.add(f"agent:{agent}")

    @precondition(lambda self: self.stopped)
    @rule()
    def lift_all(self) -> None:
        self.stopped.clear()

    @rule(use_cases=st.lists(st.sampled_from(KEYS), max_size=3))
    def register(self, use_cases: list[str]) -> None:
        self.agents["robot"] = tuple(use_cases)

    @rule(hours=st.sampled_from([1, 5, 23, 24, 100, 168]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(
        use_case=st.sampled_from(KEYS),
        agent=st.sampled_from(AGENTS),
        effects=st.lists(st.sampled_from(list(EFFECTS)), max_size=2),
        must_reach=st.booleans(),
    )
    def act(self, use_case: str, agent: str, effects: list[str], must_reach: bool) -> None:
        request = Request(
            use_case=use_case, agent=agent, effects=tuple(effects), must_reach=must_reach
        )
        state = State(
            approved=self.approved,
            stopped=frozenset(self.stopped),
            agents=self.agents,
            interruptions_today=self._interruptions(timedelta(days=1)),
            interruptions_this_week=self._interruptions(timedelta(days=7)),
        )
        ruling = allow(request, self.list, state)
        assert ruling.allowed == (ruling.outcome == "do")
        if ruling.allowed:
            self._judge(request, ruling)
            self.done.append((self.now, use_case, ruling))

    def _judge(self, request: Request, ruling: Ruling) -> None:
        known = find_use_case(request.use_case)
        if request.use_case == "call_person" and request.must_reach and not request.effects:
            return
        switches = {"workspace", f"use_case:{request.use_case}", f"agent:{request.agent}"}
        listed = {one.use_case: one.at_most for one in self.list.can}
        forbidden = {one.effect for one in self.list.cannot}
        conditions = {
            "known": known is not None,
            "not stopped": not switches & self.stopped,
            "registered": request.agent == "assistant"
            or request.use_case in self.agents.get(request.agent, ()),
            "approved to act": OUTCOME[self.approved.get(request.use_case, "off")] == "do",
            "listed to act": OUTCOME[listed.get(request.use_case, "off")] == "do",
            "effects": known is not None
            and set(request.effects) <= set(known.effects)
            and not forbidden & {*known.effects, *request.effects},
            "risk": known is not None
            and LADDER.index(ruling.level) <= LADDER.index(CAP[known.tier]),
        }
        self.bypasses += [name for name, holds in conditions.items() if not holds]

    def _interruptions(self, window: timedelta) -> int:
        return sum(
            at > self.now - window
            for at, key, _ in self.done
            if (known := find_use_case(key)) and known.interrupts
        )

    @invariant()
    def nothing_gets_past(self) -> None:
        assert not self.bypasses

    @precondition(lambda self: hasattr(self, "list") and self.done)
    @invariant()
    def no_contact_is_interrupted_more_than_any_list_allows(self) -> None:
        assert self._interruptions(timedelta(days=1)) <= 5
        assert self._interruptions(timedelta(days=7)) <= 8


Workspace.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestNothingGetsPast = Workspace.TestCase


def test_the_level_in_force_is_the_lowest_of_three() -> None:
    policy = written_guardrails()
    for approved in LADDER:
        for one in USE_CASES:
            level = level_in_force(one.key, policy, State(approved={one.key: approved}))
            places = [LADDER.index(each) for each in (approved, policy.at_most(one.key), one.cap)]
            assert LADDER.index(level) == min(places)
