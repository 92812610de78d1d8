"""Corrects one typing slip in a word that matters: letters swapped, left out or doubled. Pure.

The slips are made from the words themselves, so that no ordinary word is "corrected" into an alarm.
"""

_WORDS = """
abused account accounts ambulance attorney bleeding breach breached billed charge charged
company court customers damages danger database disputed dispute down double emergency employees
everybody everyone everything fraud fraudulent hacked hacker hijacked human illegal injured
invoice kill killing lawsuit lawyer leaked legal locked logged money myself nobody nothing
offline outage overcharged overdose password payment person personal phishing police refund
ransomware representative scammed security server servers service somebody someone speak stolen
strange stranger suicide suicidal suspicious system talk team threatened threatening twice
unauthorized unavailable website whole without working
"""
"""Words whose misspelt forms are corrected."""
_REAL = """
abuse acount ail bill bled breech change changed charge charges chard charted compan count
customer custom damage dagger dispute done doubled dow down dun emerge employee every fraud
hack hacker hue hum huma hunan hun ill injure invoke kil kiln king law layer lawyers leak lead
leaked lean lego lock log logger mon moneys monkey noting own owned pay peron persona
personal pole polite prison refuted sever serve serves severe server service sing some sole
stole stolen strange stranger sicide tam tea team them thing twine tie trice wed whole hole
who wit with word worked worker
"""
"""Real words that are never taken for a slip, whatever they resemble."""


WORDS, REAL = _WORDS.split(), frozenset(_REAL.split())


def _slips(word: str) -> set[str]:
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    doubled = {word[:at] + word[at] + word[at:] for at in range(len(word))}
    dropped = {word[:at] + word[at + 1 :] for at in range(1, len(word))} if len(word) > 5 else set()
    return swapped | doubled | dropped


_CORRECT = {
    slip: word for word in WORDS for slip in _slips(word) if slip not in REAL and slip not in WORDS
}
_CORRECT.update(
    {
        "kil": "kill",
        "acount": "account",
        "evryone": "everyone",
        "speek": "speak",
        "hakced": "hacked",
    }
)


def correct(word: str) -> str:
    """Returns the word that was meant, or the word itself."""
    return _CORRECT.get(word, word)
