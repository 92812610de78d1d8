"""Approvals, switches, lists and acts as rows: with who and when, and in the audit."""

from datetime import timedelta

import pytest

from tests.cast import NOON, Cast
from vcsm.accounts.models import Browser, Contact, Workspace
from vcsm.audit.models import Entry
from vcsm.conversations.models import Nudge
from vcsm.conversations.nudges import open_nudges
from vcsm.governance.acts import (
    WAITS,
    NotAllowed,
    NothingToJudge,
    hold_act,
    is_waiting,
    judge_act,
    record_act,
    take_back,
)
from vcsm.governance.agents import register_agent, retire_agent
from vcsm.governance.approvals import NotEarned, approve, approve_at_setup
from vcsm.governance.guardrails import written_text
from vcsm.governance.lists import put_in_force, read_in_force
from vcsm.governance.models import Act, Approval, GuardrailList
from vcsm.governance.standing import Standing, read_levels, read_standing
from vcsm.governance.switches import UnknownSwitch, lift, stop


def stand(cast: Cast, *, days: float = 0, agent: str = "assistant") -> Standing:
    return read_standing(
        workspace_id=cast.acme.pk,
        contact_id=cast.vera.pk,
        now=NOON + timedelta(days=days),
        agent=agent,
    )


def set_level(cast: Cast, use_case: str, level: str) -> None:
    Approval.objects.create(
        workspace=cast.acme, use_case=use_case, level=level, by=cast.bob, at=NOON, why="test"
    )


def told(cast: Cast, kind: str) -> list[tuple[str, str]]:
    entries = Entry.objects.filter(workspace=cast.acme, kind=kind).order_by("pk")
    return list(entries.values_list("subject", "actor"))


def test_it_works(cast: Cast) -> None:
    assert stand(cast).barred == {}
    act = record_act(stand(cast), use_case="offer_help", subject="nudge:1")
    assert (act.outcome, act.level, act.interrupts) == ("done", "auto", True)
    assert told(cast, "action") == [("nudge:1", "assistant")]


def test_a_new_workspace_may_do_nothing(cast: Cast) -> None:
    fresh = Workspace.objects.create(slug="initech", name="Initech")
    standing = read_standing(workspace_id=fresh.pk, now=NOON)
    assert set(standing.barred.values()) == {"not_approved"}
    assert len(approve_at_setup(workspace_id=fresh.pk, by=None, now=NOON)) == len(standing.barred)
    assert approve_at_setup(workspace_id=fresh.pk, by=None, now=NOON) == []
    assert read_standing(workspace_id=fresh.pk, now=NOON).barred == {}


def test_a_switch_stops_and_lifts(cast: Cast) -> None:
    stop(workspace_id=cast.acme.pk, what="use_case:offer_help", by=cast.bob, why="odd", now=NOON)
    stop(workspace_id=cast.acme.pk, what="use_case:offer_help", by=cast.alice, why="too", now=NOON)
    assert stand(cast).barred == {"offer_help": "use_case_stopped"}
    with pytest.raises(NotAllowed, match="stopped"):
        record_act(stand(cast), use_case="offer_help", subject="nudge:1")
    assert lift(
        workspace_id=cast.acme.pk, what="use_case:offer_help", by=cast.bob, why="ok", now=NOON
    )
    assert not lift(
        workspace_id=cast.acme.pk, what="use_case:offer_help", by=cast.bob, why="ok", now=NOON
    )
    assert stand(cast).barred == {}
    bob = f"member:{cast.bob.pk} Bob"
    assert told(cast, "stop") == told(cast, "lift") == [("use_case:offer_help", bob)]


@pytest.mark.parametrize("what", ["", "everything", "use_case:gossip", "agent:no", "workspace:"])
def test_a_switch_that_does_not_exist(cast: Cast, what: str) -> None:
    with pytest.raises(UnknownSwitch):
        stop(workspace_id=cast.acme.pk, what=what, by=cast.bob, why="", now=NOON)


def test_a_nudge_that_nobody_saw_yet_is_not_shown_once_help_is_stopped(cast: Cast) -> None:
    session = cast.session()
    Nudge.objects.create(
        workspace=cast.acme,
        contact=cast.vera,
        session=session,
        cause="export@/reports",
        title="Export a report",
        text="Choose Export.",
        offered_at=NOON,
    )
    assert len(open_nudges(session)) == 1
    stop(workspace_id=cast.globex.pk, what="workspace", by=cast.charlie, why="", now=NOON)
    assert len(open_nudges(session)) == 1
    stop(workspace_id=cast.acme.pk, what="agent:assistant", by=cast.bob, why="", now=NOON)
    assert open_nudges(session) == []


def test_a_switch_of_another_workspace_is_none_of_ours(cast: Cast) -> None:
    stop(workspace_id=cast.globex.pk, what="workspace", by=cast.charlie, why="", now=NOON)
    assert stand(cast).barred == {}


def test_the_budget_is_the_contacts_over_all_their_browsers(cast: Cast) -> None:
    nobody = Contact.objects.create(workspace=cast.acme)
    at_home, at_work = (cast.session(cast.vera).browser for _ in range(2))
    unnamed = cast.session(nobody).browser
    for browser, contact in ((at_home, cast.vera), (at_work, cast.vera), (unnamed, nobody)):
        for _ in range(2):
            standing = read_standing(
                workspace_id=cast.acme.pk, contact_id=contact.pk, browser_id=browser.pk, now=NOON
            )
            record_act(standing, use_case="offer_help", subject="nudge:x")
    assert stand(cast).state.interruptions_today == 4
    # The nameless one says who they are: it was Vera, on a third device.
    Browser.objects.filter(pk=unnamed.pk).update(contact=cast.vera)
    assert stand(cast, days=0.5).state.interruptions_today == 6
    spent = {"offer_help": "contact_day_spent", "tell_problem": "contact_day_spent"}
    assert stand(cast, days=0.5).barred == spent
    assert stand(cast, days=1.1).barred == {}
    assert stand(cast, days=8).state.interruptions_this_week == 0


def test_an_approval_goes_up_only_on_evidence(cast: Cast) -> None:
    ids = {"workspace_id": cast.acme.pk, "use_case": "offer_help", "by": cast.bob, "now": NOON}
    approve(**ids, level="shadow", why="careful")
    with pytest.raises(NotEarned, match="4 more good ones"):
        approve(**ids, level="suggest", why="now")
    with pytest.raises(NotEarned, match="one rung at a time"):
        approve(**ids, level="auto", why="now")
    later = NOON + timedelta(minutes=1)
    for number in range(4):
        act = hold_act(
            read_standing(workspace_id=cast.acme.pk, contact_id=cast.vera.pk, now=later),
            use_case="offer_help",
            subject=f"cause:{number}",
            body={"title": "Export a report"},
        )
        assert act is not None and act.outcome == "watched"
        Act.objects.filter(pk=act.pk).update(drawn=True)
        judge_act(act_id=act.pk, judgement="as_written", by=cast.alice, now=later)
    approve(**{**ids, "now": later}, level="suggest", why="four of four")
    assert read_levels(cast.acme.pk)["offer_help"] == "suggest"
    assert told(cast, "approval")[-1] == ("use_case:offer_help", f"member:{cast.bob.pk} Bob")


def test_what_is_beyond_its_risk_cannot_be_approved(cast: Cast) -> None:
    ids = {"workspace_id": cast.acme.pk, "by": cast.bob, "why": "", "now": NOON}
    with pytest.raises(NotEarned, match="no level 'auto'"):
        approve(**ids, use_case="answer_questions", level="auto")
    with pytest.raises(NotEarned, match="no use case"):
        approve(**ids, use_case="gossip", level="off")


def test_too_many_taken_back_cost_a_rung_by_themselves(cast: Cast) -> None:
    for number in range(4):
        act = record_act(stand(cast), use_case="offer_help", subject=f"nudge:{number}")
        take_back(act_id=act.pk, why="wrong article", by=cast.alice, now=NOON)
        expected = "auto" if number < 3 else "undoable"
        assert read_levels(cast.acme.pk)["offer_help"] == expected
    lowered = Approval.objects.filter(workspace=cast.acme, use_case="offer_help").latest("pk")
    assert lowered.by is None and "4 of the last 4" in lowered.why
    with pytest.raises(NothingToJudge, match="Alice has taken this back"):
        take_back(act_id=act.pk, why="again", by=cast.bob, now=NOON)


def test_a_proposal_waits_for_a_while_and_is_judged_once(cast: Cast) -> None:
    set_level(cast, "offer_help", "approve")
    assert stand(cast).barred == {"offer_help": "as_far_as_earned"}
    with pytest.raises(NotAllowed):
        record_act(stand(cast), use_case="offer_help", subject="nudge:1")
    asked = {"use_case": "offer_help", "subject": "cause:1", "body": {}}
    act = hold_act(stand(cast), **asked)
    assert act is not None and act.outcome == "proposed"
    assert hold_act(stand(cast), **asked) == act
    assert is_waiting(act, NOON) and not is_waiting(act, NOON + WAITS)
    judge_act(act_id=act.pk, judgement="rejected", by=cast.alice, now=NOON)
    with pytest.raises(NothingToJudge, match="Alice has judged"):
        judge_act(act_id=act.pk, judgement="as_written", by=cast.bob, now=NOON)
    with pytest.raises(Act.DoesNotExist):
        judge_act(act_id=act.pk, judgement="as_written", by=cast.charlie, now=NOON)
    assert stand(cast).state.interruptions_today == 0


def test_what_is_refused_is_not_held(cast: Cast) -> None:
    set_level(cast, "offer_help", "off")
    assert hold_act(stand(cast), use_case="offer_help", subject="cause:1", body={}) is None


def test_a_list_that_cannot_be_read_leaves_the_old_one_in_force(cast: Cast) -> None:
    ids = {"workspace_id": cast.acme.pk, "by": cast.bob, "now": NOON}
    strict = written_text().replace("interruptions_a_day = 6", "interruptions_a_day = 0")
    strict = strict.replace(
        'approved = "auto"\nexpect = "do"', 'approved = "auto"\nexpect = "refuse"'
    )
    accepted = put_in_force(**ids, text=strict)
    assert accepted.error == ""
    assert stand(cast).barred == {
        "offer_help": "contact_day_spent",
        "tell_problem": "contact_day_spent",
    }

    refused = put_in_force(**ids, text="[contact\x00")
    assert "not TOML" in refused.error
    seen = read_in_force(cast.acme.pk)
    assert (seen.row, seen.refused) == (accepted, refused)
    assert stand(cast).barred.get("offer_help") == "contact_day_spent"
    assert len(told(cast, "guardrails")) == len(told(cast, "guardrails_refused")) == 1


def test_a_stored_list_that_no_longer_reads_gives_way_to_the_one_before(cast: Cast) -> None:
    GuardrailList.objects.create(workspace=cast.acme, text="of an older shape", at=NOON)
    seen = read_in_force(cast.acme.pk)
    assert seen.row is None and seen.refused is not None and "not TOML" in seen.refused.error
    assert stand(cast).barred == {}


def test_an_agent_acts_under_what_it_was_registered_for(cast: Cast) -> None:
    ids = {"workspace_id": cast.acme.pk, "by": cast.bob, "now": NOON}
    assert stand(cast, agent="robot").ask("offer_help", agent="robot").rule == "unknown_agent"
    register_agent(**ids, key="robot", name="Robot", use_cases=["offer_help"])
    assert stand(cast, agent="robot").ask("offer_help", agent="robot").allowed
    assert not stand(cast, agent="robot").ask("answer_questions", agent="robot").allowed
    stop(**ids, what="agent:robot", why="")
    assert stand(cast, agent="robot").ask("offer_help", agent="robot").rule == "agent_stopped"
    assert stand(cast).ask("offer_help").allowed
    lift(**ids, what="agent:robot", why="")
    retire_agent(**ids, key="robot")
    assert stand(cast, agent="robot").ask("offer_help", agent="robot").rule == "unknown_agent"
    with pytest.raises(ValueError, match="gossip"):
        register_agent(**ids, key="robot", name="Robot", use_cases=["gossip"])
