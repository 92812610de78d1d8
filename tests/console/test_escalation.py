"""One escalation on one screen, and what a member does with it."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.test import Client

from tests.console.scene import Scene, add_events, at, millis
from vcsm.accounts.models import Account, Contact
from vcsm.conversations.models import Message, Takeover
from vcsm.conversations.post import post_message
from vcsm.escalation.models import Escalation, Verdict
from vcsm.events import kinds
from vcsm.intent.models import CapturedIntent
from vcsm.setup.account_record import RecordChange, change_record

VERDICT = {"done": True, "worked": None, "false_alarm": False, "note": "fixed by hand"}


def test_it_works(alice: Client, scene: Scene) -> None:
    detail = alice.get(scene.api).json()

    assert detail["escalation"]["summary"] == scene.escalation.summary
    (intent,) = detail["intents"]
    assert intent["text"] == "how do I get my report out?"
    assert (intent["title"], intent["probability"]) == ("Export a report", 0.91)
    assert intent["alternatives"][0]["title"] == "Invite a colleague"
    assert detail["rule"] == "struggle_after_help"
    assert detail["unseen"] == ["intent"]
    assert [signal["kind"] for signal in detail["signals"]] == ["rage"]
    assert [nudge["state"] for nudge in detail["nudges"]] == ["shown"]
    assert {"Plan", "Annual revenue", "Renews on", "Owner"} <= {
        fact["label"] for fact in detail["facts"]
    }
    assert detail["speaker"] is None
    assert detail["verdict"] is None


def test_one_call_has_a_fixed_number_of_queries(
    alice: Client, scene: Scene, django_assert_num_queries: object
) -> None:
    # Session, user, member; escalation; whether this look is noted already, and noting it;
    # decisions, intents, signals, baseline, nudges, speaker, verdict, track record, snooze,
    # notes, what is merged into it, and into what it is, and who wrote down the account's record.
    with django_assert_num_queries(21):  # type: ignore[operator]
        alice.get(scene.api)
    with django_assert_num_queries(20):  # type: ignore[operator]
        alice.get(scene.api)


def test_each_fact_says_where_it_is_from_and_how_old_it_is(alice: Client, scene: Scene) -> None:
    cast = scene.cast
    said = RecordChange(plan="Scale", annual_revenue=Decimal(52_000))
    change_record(account_id=cast.kestrel.pk, changes=said, by=cast.bob, now=at(3))
    Contact.objects.filter(pk=cast.vera.pk).update(email="vera@kestrel.example", told_at=at(1))

    facts = {fact["label"]: fact for fact in alice.get(scene.api).json()["facts"]}

    for label in ("Plan", "Annual revenue"):
        assert facts[label]["source"] == "written by Bob"
        assert datetime.fromisoformat(facts[label]["as_of"]) == at(3)
    assert facts["Annual revenue"]["value"] == "52000.00"
    assert datetime.fromisoformat(facts["E-mail"]["as_of"]) == at(1)
    # Nobody wrote down when: that is said, not guessed.
    assert (facts["Renews on"]["source"], facts["Renews on"]["as_of"]) == ("account record", None)
    Account.objects.filter(pk=cast.kestrel.pk).update(plan="Changed past the record")
    facts = {fact["label"]: fact for fact in alice.get(scene.api).json()["facts"]}
    assert facts["Plan"]["as_of"] is None


def test_an_escalation_of_an_anonymous_contact_without_account(alice: Client, scene: Scene) -> None:
    CapturedIntent.objects.all().delete()
    Escalation.objects.update(account=None, conversation=None)

    detail = alice.get(scene.api).json()

    assert detail["escalation"]["account"] is None
    assert detail["intents"] == []
    assert detail["escalation"]["intent"] == ""
    assert alice.get(f"{scene.api}/messages").json() == []
    assert alice.get(f"{scene.api}/timeline").status_code == 200


def test_the_timeline_tells_the_whole_story_in_order(alice: Client, scene: Scene) -> None:
    lines = alice.get(f"{scene.api}/timeline").json()["lines"]

    times = [datetime.fromisoformat(line["at"]) for line in lines]
    assert times == sorted(times, reverse=True)
    assert {line["kind"] for line in lines} == {
        *("event", "signal", "intent", "decision", "nudge", "message")
    }
    assert "5 clicks on Export: unanswered" in {line["title"] for line in lines}


def test_the_timeline_in_small_pieces_is_the_timeline(alice: Client, scene: Scene) -> None:
    # A whole batch within one millisecond: the cursor must not rest on time alone.
    same_instant = [
        kinds.Track(at=millis(5), page="/reports", name=f"step {number}") for number in range(15)
    ]
    add_events(scene.session, same_instant, sequence=2)
    whole = alice.get(f"{scene.api}/timeline", {"limit": 200}).json()["lines"]

    pieces, before = [], ""
    while before is not None:
        piece = alice.get(f"{scene.api}/timeline", {"limit": 3, "before": before}).json()
        pieces += piece["lines"]
        before = piece["older"]

    assert len(whole) > 20
    assert pieces == whole


def test_measurements_and_focus_changes_stay_out_of_the_timeline(
    alice: Client, scene: Scene
) -> None:
    before = alice.get(f"{scene.api}/timeline").json()["lines"]
    element = kinds.Element(id="name")
    noise: list[kinds.Event] = [
        kinds.Vital(at=millis(9), metric="INP", value=200),
        kinds.Input(at=millis(9), element=element, how="focus"),
        kinds.Input(at=millis(9), element=element, how="invalid"),
    ]
    add_events(scene.session, noise, sequence=3)

    after = alice.get(f"{scene.api}/timeline").json()["lines"]

    assert len(after) == len(before) + 1


def test_a_cursor_that_nobody_made_is_refused(alice: Client, scene: Scene) -> None:
    for cursor in ("x", "2026-06-01|0|1.2", "2026-06-01T12:00:00|1|1", "2026-06-01T12:00Z|1|x"):
        answer = alice.get(f"{scene.api}/timeline", {"before": cursor})
        assert answer.status_code == 400, cursor
        assert "before" in answer.json()


def test_take_over_then_another_member_is_told_who(
    alice: Client, bob: Client, scene: Scene
) -> None:
    taken = alice.post(f"{scene.api}/take-over").json()
    refused = bob.post(f"{scene.api}/take-over")

    assert taken["speaker"]["name"] == "Alice"
    assert taken["escalation"]["state"] == "taken"
    assert refused.status_code == 409
    assert refused.json()["owner"] == "Alice"
    assert refused.json()["code"] == "already_taken"


def test_only_the_member_who_speaks_writes(alice: Client, bob: Client, scene: Scene) -> None:
    words = {"text": "Hello, I am here", "client_id": "one"}
    before = _say(alice, scene, words)
    alice.post(f"{scene.api}/take-over")
    mine = _say(alice, scene, words)
    his = _say(bob, scene, words)
    alice.post(f"{scene.api}/hand-back")
    after = _say(alice, scene, {**words, "client_id": "two"})

    assert [answer.status_code for answer in (before, mine, his, after)] == [403, 201, 403, 403]
    assert Message.objects.filter(author="member").count() == 1


def test_a_message_sent_twice_is_stored_once(alice: Client, scene: Scene) -> None:
    alice.post(f"{scene.api}/take-over")
    words = {"text": "Once", "client_id": str(uuid4())}

    first, second = _say(alice, scene, words), _say(alice, scene, words)

    assert first.json() == second.json()
    assert Message.objects.filter(text="Once").count() == 1


def test_a_message_of_any_script_survives_and_an_unstorable_one_is_refused(
    alice: Client, scene: Scene
) -> None:
    alice.post(f"{scene.api}/take-over")
    texts = ["שלום 👩‍👩‍👧 \u202eabc", "=SUM(A1)", "x" * 20_001, "a\x00b", "   "]

    codes = [
        _say(alice, scene, {"text": text, "client_id": f"n{number}"}).status_code
        for number, text in enumerate(texts)
    ]

    assert codes == [201, 201, 400, 400, 400]
    assert Message.objects.filter(text=texts[0]).exists()


def test_messages_are_read_from_a_cursor(alice: Client, scene: Scene) -> None:
    for number in range(3):
        post_message(
            conversation=scene.conversation,
            author=Message.Author.ASSISTANT,
            text=f"answer {number}",
            now=at(30) + timedelta(seconds=number),
        )

    after = alice.get(f"{scene.api}/messages", {"after": 2}).json()

    assert [message["text"] for message in after] == ["answer 1", "answer 2"]


def test_resolve_stores_the_three_answers_and_ends_the_take_over(
    alice: Client, bob: Client, scene: Scene
) -> None:
    alice.post(f"{scene.api}/take-over")

    detail = _resolve(alice, scene, VERDICT)
    again = _resolve(bob, scene, VERDICT)

    verdict = Verdict.objects.get(escalation=scene.escalation)
    assert (verdict.done, verdict.worked, verdict.false_alarm) == (True, None, False)
    assert verdict.member == scene.cast.alice
    assert detail.json()["verdict"]["note"] == "fixed by hand"
    ours = Takeover.objects.filter(conversation__workspace=scene.cast.acme)
    assert not ours.filter(ended_at=None).exists()
    assert (again.status_code, again.json()["code"]) == (409, "already_resolved")


def test_a_verdict_without_its_answers_is_refused(alice: Client, scene: Scene) -> None:
    answer = _resolve(alice, scene, {"done": True})

    assert answer.status_code == 400
    assert "false_alarm" in answer.json()
    assert not Verdict.objects.exists()


def _say(client: Client, scene: Scene, words: dict[str, str]) -> object:
    return client.post(f"{scene.api}/messages", words, content_type="application/json")


def _resolve(client: Client, scene: Scene, verdict: dict[str, object]) -> object:
    return client.post(f"{scene.api}/resolve", verdict, content_type="application/json")
