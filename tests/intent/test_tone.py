"""Tone on sentences that are not among those it learned from."""

import pytest

from vcsm.intent import tone_examples
from vcsm.intent.tone import read_tone, shift

UNSEEN = [
    ("the upload crashed again and I lost everything", "negative"),
    ("I can't believe this is broken once more", "negative"),
    ("this is driving me nuts", "negative"),
    ("your support is slow and unhelpful", "negative"),
    ("we are seriously thinking of leaving", "negative"),
    ("where do I see last month's usage", "neutral"),
    ("how can I add a logo to my invoice", "neutral"),
    ("we are on the basic plan", "neutral"),
    ("what does this column mean", "neutral"),
    ("does it work with Google Sheets", "neutral"),
    ("thank you, this is great", "positive"),
    ("fantastic update, it is so fast now", "positive"),
    ("that helped a lot", "positive"),
    ("I really like this feature", "positive"),
]


def test_it_works():
    assert read_tone("I love it, thank you!").tone == "positive"
    assert read_tone("this is terrible and nothing works").valence < -0.3


def test_unseen_sentences():
    right = sum(read_tone(text).tone == tone for text, tone in UNSEEN)
    assert right >= len(UNSEEN) - 1


def test_it_was_not_taught_the_sentences_it_is_tested_on():
    taught = {
        line
        for block in (tone_examples.NEGATIVE, tone_examples.NEUTRAL, tone_examples.POSITIVE)
        for line in tone_examples.lines(block)
    }
    assert 200 <= len(taught) <= 300
    assert not taught & {text for text, _ in UNSEEN}


def test_shift_is_against_the_persons_own_usual_tone():
    assert shift([], now=-0.6) == pytest.approx(-0.6)
    assert shift([-0.6] * 20, now=-0.6) > -0.1
    assert shift([0.5] * 20, now=-0.6) < -0.9
