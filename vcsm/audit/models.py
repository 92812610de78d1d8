from django.db import models

from vcsm.accounts.models import Workspace


class Entry(models.Model):
    """One thing that happened. A trigger refuses every UPDATE, DELETE and TRUNCATE."""

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    """One of `append.KINDS`."""
    actor = models.CharField(max_length=200)
    """Who did it, in words that outlive the row they came from."""
    subject = models.CharField(max_length=200)
    """What it is about, such as `escalation:<id>`."""
    body = models.TextField()
    """JSON with sorted keys: the very bytes that are hashed."""

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-id"]),
            models.Index(fields=["workspace", "kind", "-id"]),
            models.Index(fields=["workspace", "subject", "-id"]),
        ]


class Link(models.Model):
    """An entry's place in its workspace's chain; only a trigger writes it, at commit."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="link")
    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")
    sequence = models.BigIntegerField()
    """1, 2, 3, … without gaps."""
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    """SHA-256, in hex, of the previous hash and the entry; see `verify.hash_of`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "sequence"], name="one_link_per_place")
        ]


class Head(models.Model):
    """The end of a workspace's chain; without it, nobody would miss the last entries."""

    workspace = models.OneToOneField(Workspace, models.PROTECT, primary_key=True, related_name="+")
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)
