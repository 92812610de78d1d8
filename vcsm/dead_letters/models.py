from django.db import models

from vcsm.accounts.models import Workspace


class DeadLetter(models.Model):
    """One piece of work, however often it failed: the same task with the same arguments.

    A letter stands until it is settled: done after all, or dropped.
    """

    class Outcome(models.TextChoices):
        DONE = "done"
        """The same work has succeeded since."""
        DROPPED = "dropped"

    workspace = models.ForeignKey(Workspace, models.CASCADE, null=True, related_name="+")
    """None if it was for no workspace in particular, or it cannot be told for which."""
    task = models.CharField(max_length=200)
    arguments = models.JSONField()
    """Ids, as the task takes them."""
    work = models.CharField(max_length=64)
    """Task and arguments as one hash."""
    runnable = models.BooleanField(default=True)
    """False if what came was no work that can be sent again."""
    error = models.CharField(max_length=300)
    place = models.CharField(max_length=300, blank=True)
    """The line of ours at which it failed."""
    trace = models.CharField(max_length=32, blank=True)
    """The trace of the last failure."""
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    run_at = models.DateTimeField(null=True)
    """When it was sent again, while the outcome of that is unknown."""
    run_by = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work"], condition=models.Q(settled_at=None), name="one_standing_letter"
            )
        ]
        indexes = [
            models.Index(
                fields=["task"], name="standing_by_task", condition=models.Q(settled_at=None)
            )
        ]
