"""Strips a message of greetings, thanks and pleas, which leaves what it says. Pure.

They tell nothing of an intent, yet they move a short text's vector, and people put them into chats
far more often than authors put them into examples.
"""

import re

ENOUGH = 2
"""Words that must remain; "hello" and "ok thanks" are therefore kept."""

_NAMES = r"(?:there|team|all|everyone|everybody|guys|folks|sir|madam|ma'?am|support|friends?|again)"
_OPENING = re.compile(
    rf"""^\W*(?:
        (?:hi+|hello+|hey+|hai|helo|greetings|namaste|good\s+(?:morning|afternoon|evening|day)|gm)
        (?:[\s,]+{_NAMES}|\s+to\s+(?:you|all))*\b
      | dear\s+(?:\w+\s*)?{_NAMES}\b
      | (?:sir|madam|ma'?am|excuse\s+me|sorry)\b(?=\W)
      | (?:i\s+(?:have|had|got)\s+)?(?:a|one|just\s+a|another)?\s*
            (?:quick\s+|small\s+)?question\s*[.:,!-]
      | (?:please|pls|plz|can\s+you|could\s+you)\s+help(?:\s+me)?\s*[.:,!?-]
      | (?:i\s+)?(?:really\s+)?need\s+(?:some\s+|your\s+)?help\s*[.:,!-]
    )[\s,.:;!?-]*""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSING = re.compile(
    r"""(?:^|[\s,.;:!?-]+)(?:
        (?:many\s+)?(?:thanks?|thx|thnx|tnx|ty|cheers)
            (?:\s+(?:you|u))?(?:\s+(?:so\s+|very\s+)?much|\s+a\s+lot|\s+in\s+advance)?
      | (?:kind\s+|best\s+)?regards
      | (?:please|pls|plz|kindly)(?:\s+(?:help|advise|assist|reply|respond|sir))?
            (?:\s+me)?(?:\s+(?:soon|asap|fast|quickly))?
      | asap | sir | madam | ma'?am | urgent(?:ly)?
      | (?:please\s+|can\s+you\s+|could\s+you\s+)(?:please\s+)?help(?:\s+me)?(?:\s+out)?
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+")
LONGEST = 2_000
"""Characters up to which a text is stripped: a "hello" hardly moves the vector of an essay."""


def strip_pleasantries(text: str) -> str:
    """Returns the text without greetings, thanks and pleas, or as it is if little else is left."""
    if len(text) > LONGEST:
        return text
    kept = text
    for pattern in (_OPENING, _CLOSING):
        # They come in twos and threes: "hello, dear team, ..." and "... thanks, regards".
        for _ in range(3):
            shorter = pattern.sub("", kept, count=1)
            if shorter == kept or len(_WORD.findall(shorter)) < ENOUGH:
                break
            kept = shorter
    return kept
