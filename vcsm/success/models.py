import uuid

from django.db import models

from vcsm.accounts.models import Account, Contact, Member, Workspace


class Promise(models.Model):
    """Something that a member has promised a contact."""

    class State(models.TextChoices):
        OPEN = "open"
        KEPT = "kept"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="promises")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    text = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["contact", "state", "due_at"])]


class Plan(models.Model):
    """What an account wants to reach with the product, as agreed with it."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="plan_of_success")
    goal = models.CharField(max_length=300)
    updated_at = models.DateTimeField()


class PlanStep(models.Model):
    """One step of a plan, ours or the account's."""

    class Whose(models.TextChoices):
        OURS = "ours"
        THEIRS = "theirs"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    whose = models.CharField(max_length=6, choices=Whose)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=220, blank=True)
    """Who ticked it, in words that outlive the row they came from."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plan_order")]


class PlanTemplate(models.Model):
    """What a plan usually looks like; plans made from it no longer depend on it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    goal = models.CharField(max_length=300)
    steps = models.JSONField()
    """`[{"title", "whose", "after_days"}]`; days from the agreement to the due date, or null."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="plan_template_once")
        ]


class ChecklistItem(models.Model):
    """One of the first steps that a workspace shows every contact."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="checklist")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    page = models.CharField(max_length=512, blank=True)
    """The page of the product where it is done."""
    done_when = models.JSONField(default=dict, blank=True)
    """`{"track": name}` or `{"page": path}` seen in the contact's events; empty: they tick it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "position"], name="checklist_order")
        ]


class ChecklistDone(models.Model):
    """A first step that a contact has done."""

    item = models.ForeignKey(ChecklistItem, models.CASCADE, related_name="done")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="checklist_done")
    at = models.DateTimeField()
    seen = models.BooleanField()
    """Shown by the product's events; otherwise the contact ticked it, and may untick it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "contact"], name="done_once")]


class Presence(models.Model):
    """When a member's console was last seen open."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True)
    seen_at = models.DateTimeField()


class OfficeHours(models.Model):
    """When a member can be expected; a member without a row promises no hours."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True)
    zone = models.CharField(max_length=60, default="UTC")
    """An IANA name such as `Europe/Stockholm`."""
    weekdays = models.JSONField(default=list)
    """0 is Monday."""
    opens = models.TimeField()
    closes = models.TimeField()


class Correction(models.Model):
    """A contact's statement that something we believe about them is wrong."""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="corrections")
    subject = models.CharField(max_length=120)
    """What we believed, such as `friction:<id>` or `promise:<id>`."""
    said = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "subject"], name="corrected_once")
        ]
