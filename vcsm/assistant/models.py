from django.db import models


class Reembedding(models.Model):
    """The progress of a change of encoder, which makes every stored vector again."""

    encoder_id = models.CharField(max_length=120, primary_key=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.encoder_id}: {self.done} of {self.total}"
