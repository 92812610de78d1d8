from django.db import models

from vcsm.accounts.models import Browser, Contact, Workspace


class Session(models.Model):
    """One visit of one contact. The widget makes the id, so a reload continues the session."""

    id = models.UUIDField(primary_key=True)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="sessions")
    browser = models.ForeignKey(Browser, models.CASCADE)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    page = models.CharField(max_length=512, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    release = models.CharField(max_length=60, blank=True)
    """The product's own version, where the page tells it."""

    class Meta:
        indexes = [models.Index(fields=["workspace", "-started_at"])]


class Batch(models.Model):
    """The ledger: a row here means that this batch's events are stored, exactly once."""

    pk = models.CompositePrimaryKey("session_id", "sequence")
    # No constraint: checking it would lock the session's row for each batch, and only the session's
    # own socket writes here.
    session = models.ForeignKey(Session, models.CASCADE, db_constraint=False)
    sequence = models.IntegerField()
    events = models.IntegerField()
    received_at = models.DateTimeField()


class BatchBody(models.Model):
    """One batch's events as they came. Partitioned by day; written by `vcsm.events.ledger`."""

    pk = models.CompositePrimaryKey("session_id", "sequence", "first")
    workspace = models.ForeignKey(
        Workspace, models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    session = models.ForeignKey(Session, models.DO_NOTHING, db_constraint=False, related_name="+")
    sequence = models.IntegerField()
    received_at = models.DateTimeField()
    first = models.SmallIntegerField(default=0)
    """Position in the batch of this row's first event: 0, unless events came one by one."""
    clock_offset = models.BigIntegerField(default=0)
    """Microseconds to add to the client's clock."""
    events = models.TextField()
    """JSON: `msgspec.json.decode(events, type=list[kinds.Any])`."""

    class Meta:
        managed = False
        db_table = "events_batchbody"


class Event(models.Model):
    """One raw thing that happened: a row of the view over the events in `BatchBody`."""

    pk = models.CompositePrimaryKey("session_id", "sequence", "position")
    workspace = models.ForeignKey(Workspace, models.DO_NOTHING, db_constraint=False)
    session = models.ForeignKey(Session, models.DO_NOTHING, db_constraint=False)
    sequence = models.IntegerField()
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    page = models.CharField(max_length=512)
    element = models.CharField(max_length=64, null=True)
    body = models.JSONField()
    """The event as it came: `msgspec.json.decode(body, type=kinds.Any)`."""

    class Meta:
        managed = False
        db_table = "events_event"
