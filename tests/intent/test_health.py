"""What a workspace is told about its intents."""

from vcsm.core import embeddings
from vcsm.intent.classifier import fit
from vcsm.intent.guess import Example
from vcsm.intent.health import assess

TEXTS = {
    "refund": [
        "I want my money back",
        "give me a refund",
        "return my payment",
        "refund me now",
        "how do I get a refund",
        "can I be refunded",
    ],
    "money_back": [
        "money back please",
        "I want a refund",
        "please return my money",
        "how can I get my money back",
        "refund my order",
        "my payment back",
    ],
    "password": [
        "I forgot my password",
        "reset my password",
        "cannot log in",
        "change password",
        "password reset link",
        "my login fails",
    ],
    "dark_mode": ["turn on dark mode", "use a dark theme"],
}


def _assess(taxonomy):
    model = fit(
        [
            Example(name, text, embeddings.read(text).feature)
            for name, texts in taxonomy.items()
            for text in texts
        ]
    )
    counts = {name: len(texts) for name, texts in taxonomy.items()}
    return assess(model, counts=counts, titles={"refund": "Get a refund"})


def test_it_works():
    health = _assess(TEXTS)
    assert (health.intents, health.examples) == (4, 20)
    assert 0 < health.accuracy < 1
    assert health.thin == (("dark_mode", 2),)


def test_siblings_are_named_with_what_to_do():
    worst = _assess(TEXTS).confusions[0]
    assert {worst.intent, worst.taken_for} == {"refund", "money_back"}
    assert "Get a refund" in worst.advice


def test_distinct_intents_are_not_confused():
    health = _assess({"refund": TEXTS["refund"], "password": TEXTS["password"] * 2})
    assert health.confusions == ()
    assert health.weak == ()


def test_hardly_any_examples_say_nothing_about_accuracy():
    assert _assess({"dark_mode": ["turn on dark mode"]}).accuracy is None


def test_a_text_under_two_intents_is_named() -> None:
    model = fit([Example("a", "Export it", embeddings.read("Export it").feature)])
    health = assess(
        model,
        counts={"a": 1, "b": 1},
        titles={"a": "Export", "b": "Download"},
        examples=[("a", "Export it"), ("b", "export  IT"), ("a", "export it"), ("b", "other")],
    )
    (found,) = health.confusions
    assert (found.intent, found.taken_for) == ("a", "b")
    assert found.advice == (
        "“export it” is an example of both “Export” and “Download”: leave it with one of them."
    )
