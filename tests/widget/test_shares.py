"""Shares are by browser and workspace, not by address: everybody here comes from one."""

from tests.cast import Cast
from tests.stack import Stack
from tests.widget_client import widget
from vcsm.accounts.limits import SAY_BROWSER
from vcsm.conversations.models import Message


def test_who_says_too_much_waits_and_everybody_beside_them_is_served(
    stack: Stack, live_cast: Cast
) -> None:
    with widget(stack, live_cast.key.key) as loud:
        loud.hello()
        for number in range(SAY_BROWSER.times + 3):
            loud.send(type="say", id=f"m{number}", text="again")
        acknowledged, refused = set(), {}
        while len(acknowledged) + len(refused) < SAY_BROWSER.times + 3:
            frame = loud.next()
            if frame["type"] == "ack":
                acknowledged.add(frame["message"])
            elif frame["type"] == "error":
                refused[frame["message"]] = frame
        assert refused and len(acknowledged) >= SAY_BROWSER.times
        for frame in refused.values():
            assert (frame["code"], frame["closes"]) == ("overloaded", False)
            assert frame["retry_after"] >= 1
        for name in range(5):  # an office behind the same address
            with widget(stack, live_cast.key.key) as quiet:
                quiet.hello()
                quiet.send(type="say", id=f"office-{name}", text="One question")
                assert quiet.expect("ack")["message"] == f"office-{name}"
    kept = Message.objects.filter(workspace=live_cast.acme, text="again").count()
    assert kept == len(acknowledged)
