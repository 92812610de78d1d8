"""All reasons the product has to act. What is not listed here can be neither approved nor done."""

from msgspec import Struct

from vcsm.governance.autonomy import LADDER, Level
from vcsm.governance.risk import CAP, Risk, Tier, tier_of

OFFER_HELP = "offer_help"
ANSWER_QUESTIONS = "answer_questions"
TELL_STATE = "tell_state"
CALL_PERSON = "call_person"
TELL_PROBLEM = "tell_problem"

EFFECTS: dict[str, str] = {
    "show": "put something in front of a contact",
    "write": "write to a contact",
    "call": "ask a member to come",
    "record": "write into another system",
    "send_out": "send a contact's data to another company",
    "promise": "promise a date, a feature or an exception",
    "money": "charge, refund, discount or credit",
    "settings": "change a contact's settings or data",
    "delete": "delete something of a contact's",
}


class UseCase(Struct, frozen=True):
    key: str
    title: str
    words: str
    """What happens, and for whom, in words for members."""
    effects: tuple[str, ...]
    """Keys of `EFFECTS`: an act under this use case may have these effects and no others."""
    risk: Risk
    interrupts: bool = False
    """It reaches the contact unasked, and so counts against the contact's budget."""
    rungs: tuple[Level, ...] = LADDER
    """Its rungs of the ladder; one that would mean nothing is left out."""

    @property
    def tier(self) -> Tier:
        return tier_of(self.risk)

    @property
    def cap(self) -> Level:
        """The highest of its rungs that its risk allows."""
        limit = LADDER.index(CAP[self.tier])
        return max((one for one in self.rungs if LADDER.index(one) <= limit), key=LADDER.index)


USE_CASES: tuple[UseCase, ...] = (
    UseCase(
        key=OFFER_HELP,
        title="Offer help to a contact who is stuck",
        words="Shows a passage of an article, or the offer of a person, beside what does not work.",
        effects=("show",),
        risk=Risk(reversible="yes", audience="contact", money="none", data="reads"),
        interrupts=True,
    ),
    UseCase(
        key=ANSWER_QUESTIONS,
        title="Answer a contact's question",
        words="Answers what a contact wrote with a passage of an article, and names the article.",
        effects=("write",),
        risk=Risk(reversible="partly", audience="contact", money="none", data="reads"),
        rungs=("off", "shadow", "suggest", "approve", "undoable"),
    ),
    UseCase(
        key=TELL_STATE,
        title="Say what is happening",
        words="Tells a contact who wrote that no answer is known, or who was asked to come.",
        effects=("write",),
        risk=Risk(reversible="yes", audience="contact", money="none", data="none"),
        rungs=("off", "auto"),
    ),
    UseCase(
        key=CALL_PERSON,
        title="Call a member to a struggle nobody complained of",
        words="Opens an escalation for a contact who did not ask for a person. Whoever asks for "
        "one, or writes of safety, security, law, a disputed bill or an outage, reaches one "
        "whatever is set here.",
        effects=("call",),
        risk=Risk(reversible="yes", audience="members", money="none", data="reads"),
        rungs=("off", "shadow", "auto"),
    ),
    UseCase(
        key=TELL_PROBLEM,
        title="Tell contacts who were hit about a problem",
        words="Tells those whom a problem has hit that it is known, or that it is fixed.",
        effects=("show",),
        risk=Risk(reversible="yes", audience="account", money="none", data="reads"),
        interrupts=True,
        rungs=("off", "shadow", "undoable"),
    ),
)


def find_use_case(key: str) -> UseCase | None:
    return next((one for one in USE_CASES if one.key == key), None)
