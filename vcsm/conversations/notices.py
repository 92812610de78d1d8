"""Nudges that are not help but tell of a problem: that it is known, or fixed.

The panel has the words in the contact's language; the English here is for what cannot translate.
"""

WORDS = {
    "problem_known": (
        "We know about this problem",
        "Something you tried is not working as it should. It is our fault, not yours, "
        "and someone is working on it.",
    ),
    "problem_fixed": (
        "The problem you ran into is fixed",
        "What got in your way works again. Thank you for your patience.",
    ),
}


def cause_of_notice(notice: str, subject: str) -> str:
    """Returns the `cause` of a nudge that tells `notice` about `subject`, once per session."""
    return f"{notice}:{subject}"[:200]


def notice_of(cause: str) -> str:
    """Returns which notice a nudge of this cause is; empty for help."""
    notice = cause.partition(":")[0]
    return notice if notice in WORDS else ""
