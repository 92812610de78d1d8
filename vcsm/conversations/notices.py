"""What a nudge tells that is not help: a problem that is known, or fixed. The panel has the words
in the contact's language; the English here is for what cannot translate."""

WORDS = {
    "problem_known": (
        "We know about this",
        "Something here does not work as it should. We know, and somebody is on it.",
    ),
    "problem_fixed": (
        "It is fixed",
        "What got in your way here works again. Thank you for your patience.",
    ),
}


def cause_of_notice(notice: str, subject: str) -> str:
    """The `cause` of a nudge that tells `notice` about `subject`: once per session."""
    return f"{notice}:{subject}"[:200]


def notice_of(cause: str) -> str:
    """Which notice a nudge of this cause is; empty for help."""
    notice = cause.partition(":")[0]
    return notice if notice in WORDS else ""
