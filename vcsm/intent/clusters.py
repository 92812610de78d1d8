"""Unmet wishes as rows that last from night to night: found again, adopted or put aside.

Tonight's group is an earlier cluster when they share messages, or else when their centres are
close. So a title may change with what people write, while what was decided about it stays.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.core import embeddings
from vcsm.intent.discover import match_groups
from vcsm.intent.models import CapturedIntent, Intent, Taxonomy, UnmetCluster
from vcsm.intent.taxonomy import save_intent
from vcsm.intent.unmet import UnmetGroup, find_unmet

PERIOD = timedelta(days=30)
EMERGING_FROM = 4
"""Messages from which a wish is kept; below `discover.REAL_FROM` it is emerging, not yet sure."""
EXAMPLES = 25
"""Number of messages, from the middle outwards, that an adopted cluster brings as examples."""
SHARED = 0.3
"""Share of a group's messages that must have been in a cluster before for it to be that cluster."""


@transaction.atomic
def refresh_clusters(*, workspace_id: int, now: datetime) -> list[UnmetCluster]:
    """Groups what was rejected in the last PERIOD and brings the clusters up to date.

    Running it twice changes nothing but the time. Concurrent runs wait for each other.
    """
    Taxonomy.objects.get_or_create(workspace_id=workspace_id)
    Taxonomy.objects.select_for_update().get(pk=workspace_id)
    groups = find_unmet(
        workspace_id=workspace_id, since=now - PERIOD, until=now, at_least=EMERGING_FROM
    )
    before = list(UnmetCluster.objects.filter(workspace_id=workspace_id).order_by("pk"))
    same = _recognise(groups, before)
    found = []
    for place, group in enumerate(groups):
        cluster = same.get(place) or UnmetCluster(workspace_id=workspace_id, found_at=now)
        _update(cluster, group, now)
        CapturedIntent.objects.filter(unmet=cluster).exclude(pk__in=group.captured_ids).update(
            unmet=None
        )
        CapturedIntent.objects.filter(pk__in=group.captured_ids).update(unmet=cluster)
        found.append(cluster)
    return found


@transaction.atomic
def adopt_cluster(
    *,
    cluster: UnmetCluster,
    name: str,
    member: Member,
    at: datetime,
    title: str = "",
    examples: Sequence[str] = (),
) -> Intent:
    """Makes the cluster an intent.

    Its most central messages are the examples unless others are given; all its messages are
    corrected to the new intent. Raises ValueError for a name that is taken.
    """
    taken = Intent.objects.filter(workspace_id=cluster.workspace_id, name=name, retired_at=None)
    if taken.exists():
        raise ValueError(f"There is an intent named “{name}” already.")
    intent = save_intent(
        workspace_id=cluster.workspace_id,
        name=name,
        title=title,
        examples=examples or central_messages(cluster, at_most=EXAMPLES),
    )
    cluster.captured.filter(corrected_at=None).update(
        corrected_to=intent, corrected_by=member, corrected_at=at
    )
    _settle(cluster, member, at, intent)
    return intent


def put_aside(*, cluster: UnmetCluster, member: Member, at: datetime) -> None:
    """Marks a cluster as not worth an intent; it stays known, so as not to come back as new."""
    _settle(cluster, member, at, None)


def take_up_again(*, cluster: UnmetCluster) -> None:
    """Makes a cluster that was put aside a finding again; an adopted one stays what it is."""
    UnmetCluster.objects.filter(pk=cluster.pk, intent=None).update(settled_by=None, settled_at=None)


def central_messages(cluster: UnmetCluster, *, at_most: int) -> list[str]:
    """Returns the cluster's messages, nearest to its middle first, each wording once."""
    rows = cluster.captured.filter(encoder_id=cluster.encoder_id).only("text", "vector")
    centre = np.asarray(cluster.centre, np.float32)
    near = sorted(rows, key=lambda row: (-float(np.asarray(row.vector) @ centre), row.pk))
    return list({row.text.casefold(): row.text for row in near}.values())[:at_most]


def _recognise(
    groups: Sequence[UnmetGroup], before: Sequence[UnmetCluster]
) -> dict[int, UnmetCluster]:
    """Returns which cluster each group is, by the group's place; each cluster at most once."""
    known = {cluster.pk: cluster for cluster in before}
    ids = [pk for group in groups for pk in group.captured_ids]
    held = CapturedIntent.objects.filter(pk__in=ids, unmet__isnull=False)
    was = dict(held.values_list("pk", "unmet_id"))
    shared = Counter(
        (place, was[pk])
        for place, group in enumerate(groups)
        for pk in group.captured_ids
        if was.get(pk) in known
    )
    same: dict[int, UnmetCluster] = {}
    for (place, cluster_id), count in shared.most_common():
        enough = count >= SHARED * len(groups[place].captured_ids)
        if enough and place not in same and known[cluster_id] not in same.values():
            same[place] = known[cluster_id]
    return same | _recognise_by_middle(groups, before, same)


def _recognise_by_middle(
    groups: Sequence[UnmetGroup],
    before: Sequence[UnmetCluster],
    same: dict[int, UnmetCluster],
) -> dict[int, UnmetCluster]:
    present = embeddings.encoder_id()
    rest = [one for one in before if one not in same.values() and one.encoder_id == present]
    new = [place for place in range(len(groups)) if place not in same]
    if not rest or not new:
        return {}
    earlier = np.stack([np.asarray(one.centre, np.float32) for one in rest])
    later = np.stack([groups[place].centre for place in new])
    return {new[i]: rest[j] for i, j in match_groups(earlier, later).items()}


def _update(cluster: UnmetCluster, group: UnmetGroup, now: datetime) -> None:
    cluster.title, cluster.phrases = group.title[:300], list(group.phrases)
    cluster.centre, cluster.encoder_id = group.centre, embeddings.encoder_id()
    cluster.size, cluster.contacts = len(group.captured_ids), group.contacts
    cluster.accounts, cluster.annual_revenue = group.accounts, group.annual_revenue
    cluster.trend, cluster.seen_at = list(group.days), now
    cluster.first_at, cluster.last_at = group.first_at, group.last_at
    cluster.save()


def _settle(cluster: UnmetCluster, member: Member, at: datetime, intent: Intent | None) -> None:
    cluster.intent, cluster.settled_by, cluster.settled_at = intent, member, at
    cluster.save(update_fields=["intent", "settled_by", "settled_at"])
