import uuid

from django.db import models

from vcsm.accounts.models import Account, Contact, Member, Workspace
from vcsm.events.models import Session


class Segment(models.Model):
    """A plan that accounts were on when they came by. A renamed plan is the same row under its new
    name, so that its history is not cut in two."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="segment_once")]


class Release(models.Model):
    """A version of the product, as the page reported it, and when it was first seen."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    first_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="release_once")]


class Place(models.Model):
    """One kind of friction at one element, route or step of a page. Without a kind, the page
    itself: everybody who saw it could have met what is on it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30, blank=True)
    page = models.CharField(max_length=512, blank=True)
    element = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=120, blank=True)
    first_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "page", "element"], name="place_once"
            )
        ]


class Rate(models.Model):
    """Sessions in one hour that saw a page, or were hit at a place. Rows may be summed over hours:
    a session counts once per place, in the hour it first came to it."""

    pk = models.CompositePrimaryKey("place_id", "hour", "segment_id", "release_id")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="rates")
    hour = models.DateTimeField()
    segment = models.ForeignKey(Segment, models.CASCADE, related_name="+")
    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    sessions = models.IntegerField()
    signals = models.IntegerField(default=0)
    severity = models.FloatField(default=0.0)
    """Sum over the sessions of each one's gravest signal."""

    class Meta:
        indexes = [models.Index(fields=["workspace", "hour"])]


class PageVisit(models.Model):
    """A session that saw a page, kept for some days so that it is not counted twice."""

    pk = models.CompositePrimaryKey("place_id", "session_id")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)


class Hit(models.Model):
    """A session that was hit at a place, according to its signals as they stand now."""

    pk = models.CompositePrimaryKey("place_id", "session_id")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="hits")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    segment = models.ForeignKey(Segment, models.CASCADE, related_name="+")
    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    signals = models.IntegerField()
    severity = models.FloatField()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "at"]),
            models.Index(fields=["place", "at"]),
        ]


class FrictionDay(models.Model):
    """One day's hits and rates, packed by column, so that a report over many days reads few rows.

    A trigger deletes the day's row whenever one of its hits or rates changes; see `day_columns`.
    """

    pk = models.CompositePrimaryKey("workspace_id", "day")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    day = models.DateField()
    hits = models.BinaryField()
    rates = models.BinaryField()


class Renamed(models.Model):
    """A page, an element of a page or a plan that got another name and kept its history."""

    class What(models.TextChoices):
        PAGE = "page"
        ELEMENT = "element"
        PLAN = "plan"

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=What)
    page = models.CharField(max_length=512, blank=True)
    """The page the element stands on; empty for pages and plans."""
    old = models.CharField(max_length=512)
    new = models.CharField(max_length=512)
    at = models.DateTimeField()
    """When it was noticed. For a day, whatever arrives under the old name counts for the new
    one."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "what", "page", "old"], name="renamed_once"
            )
        ]


class RollUp(models.Model):
    """How far a workspace's events have been counted, and what had to be left out."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True, related_name="+")
    counted_to = models.DateTimeField()
    """Every event whose `received_at` is before this moment is in the rates."""
    crowded_out = models.BigIntegerField(default=0)
    """Sessions counted under a kind's common place because there were too many places."""


class WatchState(models.Model):
    """What the detection remembers about a workspace between two looks."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True, related_name="+")
    state = models.BinaryField()
    looked_to = models.DateTimeField()
    blind = models.JSONField(default=list)
    """Pages that have gone silent, about which nothing is known: `{"page", "since", "usual"}`."""


class Team(models.Model):
    """A team that owns pages, and the address it is reached at."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="team_once")]


class PageOwner(models.Model):
    """Pages that fit `pattern` (`*` stands for anything) are a team's; the longest pattern wins."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    pattern = models.CharField(max_length=200)
    team = models.ForeignKey(Team, models.CASCADE, related_name="pages")
    acknowledge_minutes = models.PositiveIntegerField(default=240)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "pattern"], name="page_owner_once")
        ]


class Problem(models.Model):
    """The same friction hitting many customers: one cause, with a rate, an owner and a fix."""

    class State(models.TextChoices):
        OPEN = "open"
        ACKNOWLEDGED = "acknowledged"
        CLAIMED = "claimed"
        """Somebody says it is fixed; the rate has not proved it yet."""
        VERIFIED = "verified"
        MERGED = "merged"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="problems")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    scope = models.CharField(max_length=8)
    """`product`, `account` or `fleet`."""
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    page = models.CharField(max_length=512, blank=True)
    release = models.ForeignKey(Release, models.SET_NULL, null=True, related_name="+")
    """The release it began with: first seen from an hour before its onset to ten minutes after."""
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """When the team is to have acknowledged it; None without an owner."""
    acknowledged_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    brought = models.JSONField(null=True)
    """Keys of the `places` and `attached` rows that a merge moved, so that they can come back."""

    class Meta:
        indexes = [models.Index(fields=["workspace", "state", "-opened_at"])]


class ProblemPlace(models.Model):
    """A place where a problem shows, and the proof of its recovery."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    onset = models.DateTimeField()
    noticed_at = models.DateTimeField()
    usual = models.FloatField()
    """Hits per session that saw the place, before the problem; `bad` is the rate since."""
    bad = models.FloatField()
    proof = models.FloatField(default=0.5)
    """E-value of the recovery; see `recover`."""
    judged_to = models.DateTimeField()
    recovered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "place"], name="problem_place_once")
        ]


class ProblemStep(models.Model):
    """Something that happened to a problem, and who did it (no member: the rate itself)."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=12)
    at = models.DateTimeField()
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)


class Attached(models.Model):
    """One contact's escalation that belongs to a problem. `escalation` holds only the id, because
    `vcsm.escalation` is on the same floor and may not be imported."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="attached")
    escalation = models.UUIDField(unique=True)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    at = models.DateTimeField()


class Told(models.Model):
    """A contact who was told about a problem: that we know of it, or that it is fixed; once
    each."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="told")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    what = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "contact", "what"], name="told_once")
        ]


class SamePerson(models.Model):
    """An id in an imported history that turned out to be one more id of a known contact."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    known = models.BooleanField()
    """True for a user's id given by the product, False for a browser's before anybody signed in."""
    external_id = models.CharField(max_length=120)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "known", "external_id"], name="same_person_once"
            )
        ]
