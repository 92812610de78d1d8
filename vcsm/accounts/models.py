import secrets
import uuid

from django.conf import settings
from django.db import models

from vcsm.accounts.identity_models import IdentityKey, UsedToken
from vcsm.accounts.second_factor_models import RecoveryCode, SecondFactor
from vcsm.accounts.sign_in_models import SignIn

__all__ = [
    "CURRENCY",
    "Account",
    "Browser",
    "Contact",
    "IdentityKey",
    "Member",
    "RecoveryCode",
    "SecondFactor",
    "SignIn",
    "UsedToken",
    "WidgetKey",
    "Workspace",
    "new_public_key",
]

CURRENCY = "USD"
"""The currency of a workspace that has not chosen one."""


class Workspace(models.Model):
    """One tenant: a company that runs VCSM in its product."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    friction_settings = models.JSONField(default=dict, blank=True)
    """Thresholds and switches for `vcsm.friction.thresholds.FrictionSettings`."""
    second_factor_required = models.BooleanField(default=False, db_default=False)
    """Whether a member without a second factor sees nothing until they have set one up."""
    currency = models.CharField(max_length=3, default=CURRENCY, db_default=CURRENCY)
    """The currency of all its amounts (ISO 4217); changing it converts nothing."""
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


def new_public_key() -> str:
    return f"pk_{secrets.token_urlsafe(18)}"


class WidgetKey(models.Model):
    """The public key in the embed snippet, and the origins from which it is accepted."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="widget_keys")
    key = models.CharField(max_length=64, unique=True, default=new_public_key)
    origins = models.JSONField(default=list)
    """Exact origins such as `https://app.example.com`; `http://localhost:*` for any local port."""
    revoked_at = models.DateTimeField(null=True, blank=True)


class Member(models.Model):
    """A human of the workspace."""

    class Role(models.TextChoices):
        CSM = "csm"
        PRODUCT = "product"
        LEAD = "lead"
        ADMIN = "admin"

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="members")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="member")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role)
    left_at = models.DateTimeField(null=True, blank=True)
    """When they were removed; their verdicts and messages keep their name."""

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """A customer company of the workspace."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="accounts")
    external_id = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    plan = models.CharField(max_length=60, blank=True)
    annual_revenue = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    """In the workspace's currency."""
    renews_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "external_id"], name="account_once")
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person in an account; anonymous and without `external_id` until identified."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="contacts")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    external_id = models.CharField(max_length=120, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    proven_at = models.DateTimeField(null=True, blank=True)
    """When a signed token last said who they are; None when only the product's page ever did."""
    told_at = models.DateTimeField(null=True, blank=True)
    """When a page of the product last told of them, up to an hour behind; None: never."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "external_id"], name="contact_once")
        ]

    def __str__(self) -> str:
        return self.name or self.external_id or f"Anonymous {self.pk}"


class Browser(models.Model):
    """One browser of a contact. Its id is a secret made by the widget: it opens the conversations
    held in that browser and nothing else, however the page identifies the contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="browsers")
    created_at = models.DateTimeField(auto_now_add=True)
    proven_at = models.DateTimeField(null=True, blank=True)
    """When this browser last brought a signed token for the contact; None: it is unproven."""
