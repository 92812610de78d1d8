"""A question how the product does a thing calls nobody, whatever the thing is named after."""

import pytest

from vcsm.escalation.how_to import asks_how
from vcsm.escalation.matters import matter_of


def test_it_works() -> None:
    assert asks_how("how do i mark an invoice as disputed in the ledger")
    assert not asks_how("how do i dispute an invoice")
    assert not asks_how("")


@pytest.mark.parametrize(
    "text",
    [
        "How do I record a chargeback in my shop's ledger?",
        "where do I report a suspicious order in the fraud module",
        "Which law firm plan includes time tracking?",
        "hi, what does the breach counter mean",
        "can I get an alert when my server goes down",
    ],
)
def test_a_thing_of_the_product_is_no_matter(text: str) -> None:
    assert matter_of(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "How do I report fraud on my account?",
        "where do I report a vulnerability",
        "how do I make a subject access request",
        "how do I add my lawyer to this",
        "can I see why you charged me twice",
        "how do I see who hacked us",
        "how do I set up two-factor, somebody was logged into my account",
        "can I see whether your service is down for everyone",
        "how do I track the outage that we have",
        "how do I write to your legal department",
        "How do I mark that a worker was badly injured?",
    ],
)
def test_what_happened_to_somebody_still_is(text: str) -> None:
    assert matter_of(text)
