from django.db import models

from vcsm.accounts.models import Member, Workspace


class SavedView(models.Model):
    """A named filter and order of the queue: the member's own, or shared with the workspace."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True)
    """The query as written in the address, without the `?`."""
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="saved_view_once")]
