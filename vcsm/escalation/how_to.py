"""Tells questions about how the product does something from those about what happened. Pure.

"How do I mark an invoice as disputed in the ledger" names a dispute but reports none. Such a
question opens with how, where or which, goes on with something one does to parts of a product, and
mentions neither an event, nor somebody it happened to, nor us.
"""

import re

_OPEN = re.compile(
    r"^(?:(?:hi|hello|hey|hi there|ok|and|so|please|quick question) )*"
    r"(?:(?:how|where) (?:do|can|could|would|should) (?:i|we|one) |how to |"
    r"(?:can|could|may|should) (?:i|we) (?:also )?|is it possible to |is there (?:a|any) way to )"
)
_DO = re.compile(
    r"^(?:set|setup|create|add|make|mark|flag|tag|label|track|record|log|export|import|show|"
    r"display|build|configure|enable|activate|turn on|switch on|include|attach|upload|"
    r"customi[sz]e|embed|schedule|plan|assign|filter|sort|group|print|test|train|write|draft|"
    r"integrate|map|rename|archive|list|see|view|edit|define|automate|number|publish|report on|"
    r"get (?:an? )?(?:alert|alerts|alerted|notified|report|notification)|"
    r"have (?:two|several|more))\b"
)
_ASK = re.compile(
    r"^(?:(?:hi|hello|hey) )*(?:what (?:does|do|is|are) (?:the|a|an) |which |"
    r"can (?:the|a|an) |does (?:the|a|an) |is there (?:the|a|an) )"
)
_THING = re.compile(
    r"\b(?:modules?|widgets?|features?|templates?|fields?|roles?|tabs?|settings?|charts?|"
    r"dashboards?|registers?|plans?|counters?|columns?|labels?|icons?|menus?|forms?|workflows?|"
    r"checklists?|reports?|log|means?|stands? for)\b"
)
_IN_PART = re.compile(
    rf"^\w+ (?:[\w'-]+ ){{1,6}}?in (?:the|an?|my|our) (?:[\w-]+ ){{0,2}}?{_THING.pattern}$"
)
"""Any action within a part of the product: "report a suspicious order in the fraud module"."""
_HAPPENED = re.compile(
    r"\b(?:is|are|am|was|were|be|been|being|had|has|have|got|did|does|didn't|doesn't|isn't|aren't|"
    r"can't|cannot|won't|not|never|no|nobody|without|against|since|after|because|yesterday|today|"
    r"still|again|already|just|now|immediately|asap|urgent\w*|help|me|us|mine|myself|ourselves|"
    r"this|these|those|you|u|your|yours|someone|somebody|anyone|strangers?|everyone|everybody|"
    r"they|he|she|hacked|hackers?|stolen|stole|leaked|compromised|charged|billed|sue|sued|suing|"
    r"lawsuit|court|police|money|refund|complaint|claims?|requests?|dsar|vulnerabilit\w+|"
    r"article 1\d)\b|"
    r"\b(?:my|our) (?!own\b|shops?\b|stores?\b|customers?\b|clients?\b|buyers?\b|users?\b|"
    r"guests?\b|sites?\b|websites?\b|teams?\b|servers?\b|suppliers?\b|staff\b|patients?\b|tenants?\b)"
)


def asks_how(line: str) -> bool:
    """Tells whether `line` (lower case, no punctuation) only asks how the product does it."""
    opened = _OPEN.search(line)
    if opened:
        rest = line[opened.end() :]
        done = _DO.search(rest)
        if done is None and _IN_PART.search(rest) is None:
            return False
        # "Have two" speaks of possession only right after the opening.
        return not _HAPPENED.search(rest, done.end() if done else 0)
    asked = _ASK.search(line)
    return bool(
        asked and _THING.search(line, asked.end()) and not _HAPPENED.search(line[asked.end() :])
    )
