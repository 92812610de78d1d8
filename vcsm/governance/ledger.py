"""Acts as members read them: those that wait for them, those to be judged, those that were done."""

from datetime import datetime

from django.db.models import Q

from vcsm.governance.acts import WAITS
from vcsm.governance.models import Act

MOST = 100
STATES = ("waiting", "asked", "done")


def read_acts(*, workspace_id: int, state: str, now: datetime, use_case: str = "") -> list[Act]:
    """Returns the latest acts in one of `STATES`.

    `waiting` are fresh proposals, `asked` those drawn at random that nobody has judged yet (only
    they are evidence), and `done` those that were done or judged.
    """
    held = Q(outcome__in=(Act.Outcome.PROPOSED, Act.Outcome.WATCHED), judgement="")
    wanted = {
        "waiting": Q(outcome=Act.Outcome.PROPOSED, judgement="", at__gt=now - WAITS),
        "asked": held & Q(drawn=True),
        "done": Q(outcome=Act.Outcome.DONE) | ~Q(judgement=""),
    }[state]
    acts = Act.objects.filter(wanted, workspace_id=workspace_id).select_related(
        "contact", "judged_by", "taken_back_by"
    )
    if use_case:
        acts = acts.filter(use_case=use_case)
    return list(acts.order_by("-at", "-pk")[:MOST])
