"""A contact writes of what must reach a human, through the real server and worker."""

from tests.cast import Cast
from tests.lessons import teach
from tests.stack import Stack
from tests.widget_client import widget
from vcsm.escalation.models import Decision, Escalation

VERA = {"id": "vera", "name": "Vera", "account": {"id": "kestrel"}}


def test_it_works(stack: Stack, live_cast: Cast) -> None:
    teach(live_cast.acme)
    with widget(stack, live_cast.key.key) as client:
        client.hello(identity=VERA, page="/people")
        client.send(type="say", id="m1", text="Somebody logged into my account from Brazil!")
        client.expect("message")
        promise = client.expect("message")
    escalation = Escalation.objects.get(contact=live_cast.vera)
    assert (escalation.reason, escalation.owner) == ("matter", live_cast.alice)
    assert escalation.summary.startswith("Must reach a person: “Somebody logged")
    assert "Alice" in promise["text"]
    decision = Decision.objects.get(escalation=escalation)
    assert (decision.rule, decision.facts["turn"]["matter"]) == ("always_human", "security")
