"""Tables of deciding: cases and verdicts, members on duty, and what verdicts put in force."""

from vcsm.escalation.models.case import (
    Decision,
    Escalation,
    LearntModel,
    Policy,
    SharedModel,
    Verdict,
)
from vcsm.escalation.models.desk import Merge, Note, merged_now
from vcsm.escalation.models.duty import Duty, Notice, Reroute, Snooze
from vcsm.escalation.models.proof import SilenceAudit, Threshold

__all__ = [
    "Decision",
    "Duty",
    "Escalation",
    "LearntModel",
    "SharedModel",
    "Merge",
    "Note",
    "Notice",
    "Policy",
    "Reroute",
    "SilenceAudit",
    "Snooze",
    "Threshold",
    "Verdict",
    "merged_now",
]
