from django.db import models

from vcsm.accounts.models import Member, Workspace


class Invitation(models.Model):
    """A place in the workspace that is held for somebody until they accept it or it expires.

    The link holds a secret; only its hash is stored.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Member.Role)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    """When it was accepted or withdrawn."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "email"],
                condition=models.Q(settled_at__isnull=True),
                name="invited_once",
            )
        ]


class PasswordLink(models.Model):
    """A link for a new password that was made for a member. The link itself is not stored: it is
    this row's number, signed (`vcsm.setup.password_links`)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
