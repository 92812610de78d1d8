"""Matters that always go to a human: safety, security, law, disputed bills, outages. Pure.

Written patterns over plain lower-case text: a rule that can be read, and that no model outvotes.
They lean to calling: a member's glance at a harmless message costs less than a missed threat.
"""

import re
import unicodedata

MOST = 4_000
"""Characters that are read."""

_WHO = (
    r"(?:someone|somebody|some one|anyone|a stranger|strangers|others?|another person|they|he|she)"
)
_US = r"(?:you|u|you guys|your (?:company|system|people))"
_CANT = r"(?:can ?not|cannot|can't|cant|could not|couldn't|unable to|not able to|isn't able to)"

PATTERNS: dict[str, tuple[str, ...]] = {
    "safety": (
        r"\bsuicid\w*|\bkill(?:ing)? (?:my|him|her|them|your)sel\w+|\bself[- ]?harm\w*",
        r"\b(?:hurt|harm|injur)\w* (?:my|him|her|them)sel\w+|\bend (?:my|it) (?:life|all)\b",
        r"\b(?:got|was|were|is|been|badly|seriously) (?:hurt|injured|electrocuted|burn(?:ed|t))\b",
        r"\bin (?:physical |immediate |serious |real )?danger\b|\bdangerous to (?:life|people)\b",
        r"\bdeath threats?|\bthreaten\w* (?:me|us|my|our|to)\b|\bstalk(?:er|ing|ed)\b",
        r"\b(?:medical|real|life[- ]threatening) emergency\b|\bcaught fire\b",
        r"\bsafety (?:risk|hazard)",
        r"\b(?:fear|afraid|scared) for (?:my|our|his|her|their) (?:life|lives|safety)\b",
    ),
    "security": (
        r"\bhack(?:ed|er|ers|ing)?\b|\bphish\w*|\bscam(?:s|m\w+)?\b|\bransom ?ware\b|\bmalware\b",
        r"\bfraud\w*|\bidentity (?:theft|was stolen|stolen)|\bstole my (?:identity|money|data)\b",
        r"\b(?:data|security|privacy) (?:breach|leak|incident|hole|flaw|issue|vulnerab\w+)\w*",
        r"\b(?:account|password|credentials?|api key|keys?|data|system)s? (?:\w+ ){0,3}?"
        r"(?:compromised|breached|leaked|exposed|taken over)\b",
        r"\bun ?authori[sz]ed\b|\bwithout (?:my|our) (?:permission|consent|authori[sz]ation)\b",
        rf"\b{_WHO} (?:else )?(?:\w+ ){{0,3}}?(?:logged|logging|broke|broken|got|gotten|getting) "
        r"in(?:to)?\b",
        rf"\b{_WHO} (?:else )?(?:\w+ ){{0,2}}?(?:using|used|uses|accessed|accessing|has access to|"
        r"took over|controls?) (?:my|our)\b",
        r"\b(?:see|seeing|saw|show\w*|view\w*) (?:\w+ ){0,2}?(?:other|another|someone else's|"
        r"somebody else's) (?:[\w']+ ){0,2}?(?:data|accounts?|details|invoices|information)\b",
        r"\b(?:log ?-?in|sign ?-?in|device|transaction|payment)s? (?:that )?(?:i|we) (?:do not|"
        r"don't|dont|did not|didn't|didnt) (?:recogni[sz]e|make|authori[sz]e|approve)\b",
        r"\bmoney (?:was|has been|got|is being) stolen\b|\baccount take ?over\b|\bvulnerabilit\w+",
    ),
    "legal": (
        r"\b(?:lawyers?|attorneys?|solicitors?|barristers?|legal counsel|law ?suits?|litigation)\b",
        r"\b(?:sue|sueing|suing|sued)\b|\blegal (?:action|steps|department|team|notice|claim|"
        r"matter|proceedings?|advice|consequences|threat)\b|\btak\w+ (?:you|this|it) to court\b",
        r"\b(?:small claims|subpoena\w*|court order|cease and desist|ombudsm[ae]n|arbitration)\b",
        r"\bbreach(?:ed|ing)? (?:of )?(?:\w+ ){0,2}?(?:contract|agreement|terms|gdpr|sla)\b",
        r"\b(?:gdpr|ccpa|dsgvo)\b|\bdata subject (?:access )?request\b|\bright to be forgotten\b",
        rf"\breport(?:ing)? {_US} to\b|\b(?:the |a )?(?:regulators?|data protection (?:authority|"
        r"officer)|consumer protection|trading standards|police|financial conduct authority)\b",
        r"\b(?:see|hear from) (?:you in court|my (?:lawyer|legal))",
    ),
    "billing dispute": (
        r"\bcharge ?-?backs?\b|\bdisput(?:e|es|ed|ing)\b|\bover ?-?(?:charg|bill)(?:e|ed|es|ing)\b",
        rf"\b{_US} (?:\w+ ){{0,3}}?(?:double[- ])?(?:charged|billed|invoiced|debited|took)\b",
        r"\b(?:billing|invoice|invoicing) (?:\w+ )?(?:error|mistake|problem|issue|complaint)s?\b",
        r"\b(?:invoice|bill) (?:\w+ ){0,2}?(?:wrong|incorrect|inaccurate|too high|not (?:right|"
        r"correct)|makes no sense|doesn't match|does not match)\b|\bwrong (?:invoice|bill)\b",
        r"\b(?:want|demand|give me) (?:all )?(?:of )?(?:my|our) money back\b",
        r"\bripp?(?:ed)? ?-?off\b|\bdouble[- ]?(?:charg|bill)\w*",
        r"\b(?:charged|billed|invoiced) (?:\w+ ){0,4}?(?:already paid|i cancell?ed|we cancell?ed|"
        r"after (?:i |we )?cancell?\w+|"
        r"(?:never|did not|didn't) (?:order|want|request|use|approve)\w*)\b",
        r"\b(?:never|did not|didn't|didnt) (?:agree|agreed|sign|signed) (?:up )?(?:to|for) "
        r"(?:this|that|these|pay|be charged)\b|\brefuse to pay\b|\bnot (?:going to pay|paying) ",
    ),
    "outage": (
        r"\boutages?\b|\b(?:complete|total|full)ly? (?:down|offline|unavailable|blackout)\b",
        r"\b(?:site|website|app|application|system|service|services|server|servers|platform|api|"
        r"product|production|prod|dashboard|everything|whole thing|it) (?:\w+ ){0,3}?(?:is|are|'s|"
        r"has been|have been|went|gone|been|was) (?:\w+ ){0,2}?(?:down|offline|unreachable)\b",
        rf"\b{_US} (?:guys )?(?:are |is )?(?:\w+ )?(?:down|offline)\b",
        r"\b(?:are|is) (?:\w+ ){0,3}?down"
        r"(?: (?:right )?now| again| today| for everyone)?$",
        r"\bnothing (?:at all )?(?:is |seems to )?(?:work(?:s|ing)?|load(?:s|ing)?)\b",
        r"\b(?:nobody|no one|none of us|noone) (?:\w+ ){0,4}?(?:can|is able to|could|gets?) ",
        rf"\b(?:everyone|everybody|all of us|(?:the |my |our )?(?:whole|entire) (?:team|company|"
        rf"office|department)|all (?:our |my )?(?:users|customers|staff|colleagues)) "
        rf"(?:\w+ ){{0,4}}?(?:{_CANT}|locked out|affected|down|stuck)\b",
    ),
}
"""Matter → patterns; the first matter that one of them finds is it."""

_COMPILED = {matter: re.compile("|".join(ways)) for matter, ways in PATTERNS.items()}
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'"})


def matter_of(text: str) -> str:
    """A key of `PATTERNS`, or nothing."""
    plain = unicodedata.normalize("NFKD", text[:MOST].translate(_APOSTROPHES)).lower()
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    plain = " ".join(re.sub(r"[^\w'-]", " ", plain).split())
    return next((matter for matter, pattern in _COMPILED.items() if pattern.search(plain)), "")
