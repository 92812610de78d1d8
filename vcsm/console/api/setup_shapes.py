"""The JSON that the API sends and takes about a workspace's set-up."""

from typing import Any

from rest_framework import serializers

from vcsm.accounts.models import WidgetKey
from vcsm.console.api.shapes import MemberShape
from vcsm.setup.models import Invitation
from vcsm.success.models import ChecklistItem, OfficeHours, PlanTemplate


class TurnedAwayShape(serializers.Serializer[Any]):
    origin = serializers.CharField()
    at = serializers.DateTimeField()


class KeyShape(serializers.ModelSerializer[WidgetKey]):
    origins = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = WidgetKey
        fields = ("id", "key", "origins")


class KeyLineShape(serializers.Serializer[Any]):
    key = KeyShape()
    refused = TurnedAwayShape(many=True)


class ArrivalShape(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    page = serializers.CharField(allow_blank=True)
    contact = serializers.CharField()
    identified = serializers.BooleanField()
    release = serializers.CharField(allow_blank=True)


class HoursShape(serializers.ModelSerializer[OfficeHours]):
    weekdays = serializers.ListField(child=serializers.IntegerField())

    class Meta:
        model = OfficeHours
        fields = ("zone", "weekdays", "opens", "closes")


class MemberLineShape(serializers.Serializer[Any]):
    member = MemberShape()
    signs_in_as = serializers.CharField()
    last_admin = serializers.BooleanField()
    accounts = serializers.IntegerField()
    hours = HoursShape(allow_null=True)
    second_factor = serializers.BooleanField()


class InvitationShape(serializers.ModelSerializer[Invitation]):
    made_by = serializers.CharField(source="made_by.name", default="")

    class Meta:
        model = Invitation
        fields = ("id", "email", "name", "role", "made_by", "made_at", "expires_at")


class NudgesShape(serializers.Serializer[Any]):
    withhold = serializers.FloatField()
    quiet_minutes = serializers.IntegerField()


class FirstStepShape(serializers.ModelSerializer[ChecklistItem]):
    done_by_page = serializers.CharField(source="done_when.page", default="")
    done_by_track = serializers.CharField(source="done_when.track", default="")

    class Meta:
        model = ChecklistItem
        fields = ("id", "title", "detail", "page", "done_by_page", "done_by_track")


class TemplateShape(serializers.ModelSerializer[PlanTemplate]):
    steps = serializers.JSONField()

    class Meta:
        model = PlanTemplate
        fields = ("id", "name", "goal", "steps")


class PageOwnerShape(serializers.Serializer[Any]):
    pattern = serializers.CharField()
    team = serializers.CharField(source="team.name")
    email = serializers.CharField(source="team.email", allow_blank=True)
    acknowledge_minutes = serializers.IntegerField()


class IdentityKeyShape(serializers.Serializer[Any]):
    """A live key; its secret is never sent."""

    id = serializers.IntegerField()
    kid = serializers.CharField()
    made_at = serializers.DateTimeField()


class OverviewShape(serializers.Serializer[Any]):
    may_admin = serializers.BooleanField()
    may_lead = serializers.BooleanField()
    workspace = serializers.CharField()
    slug = serializers.CharField()
    currency = serializers.CharField()
    currencies = serializers.ListField(child=serializers.CharField())
    keys = KeyLineShape(many=True)
    arrival = ArrivalShape(allow_null=True)
    members = MemberLineShape(many=True)
    invitations = InvitationShape(many=True)
    nudges = NudgesShape()
    first_steps = FirstStepShape(many=True)
    templates = TemplateShape(many=True)
    flows = serializers.ListField(child=serializers.DictField())
    stall_ms = serializers.FloatField()
    pages = PageOwnerShape(many=True)
    identity_keys = IdentityKeyShape(many=True)
    second_factor_required = serializers.BooleanField()


class CurrencyGiven(serializers.Serializer[Any]):
    currency = serializers.CharField(max_length=20, help_text="ISO 4217, such as EUR.")


class PageOwnerGiven(serializers.Serializer[Any]):
    pattern = serializers.CharField(max_length=200)
    remove = serializers.BooleanField(default=False)
    team = serializers.CharField(max_length=80, default="nobody")
    email = serializers.EmailField(allow_blank=True, default="")
    acknowledge_minutes = serializers.IntegerField(min_value=1, max_value=43_200, default=240)


class OriginsGiven(serializers.Serializer[Any]):
    origins = serializers.ListField(child=serializers.CharField(max_length=300), max_length=60)


class InviteGiven(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=150)
    name = serializers.CharField(max_length=120)
    role = serializers.CharField(max_length=10)


class RoleGiven(serializers.Serializer[Any]):
    role = serializers.CharField(max_length=10)


class SecondFactorGiven(serializers.Serializer[Any]):
    asked = serializers.BooleanField()


class RemoveGiven(serializers.Serializer[Any]):
    successor = serializers.IntegerField(allow_null=True, default=None)


class NudgesGiven(serializers.Serializer[Any]):
    withhold = serializers.FloatField()
    quiet_minutes = serializers.IntegerField()


class HoursGivenShape(serializers.Serializer[Any]):
    zone = serializers.CharField(max_length=60)
    weekdays = serializers.ListField(child=serializers.IntegerField(), max_length=7)
    opens = serializers.TimeField()
    closes = serializers.TimeField()


class MemberHoursGiven(serializers.Serializer[Any]):
    member = serializers.IntegerField()
    hours = HoursGivenShape(allow_null=True)


class FirstStepGiven(serializers.Serializer[Any]):
    id = serializers.IntegerField(allow_null=True, default=None)
    title = serializers.CharField(max_length=200)
    detail = serializers.CharField(max_length=300, allow_blank=True, default="")
    page = serializers.CharField(max_length=512, allow_blank=True, default="")
    done_by_page = serializers.CharField(max_length=512, allow_blank=True, default="")
    done_by_track = serializers.CharField(max_length=120, allow_blank=True, default="")


class FirstStepsGiven(serializers.Serializer[Any]):
    steps = FirstStepGiven(many=True)


class DraftStepGiven(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    whose = serializers.CharField(max_length=6)
    after_days = serializers.IntegerField(allow_null=True, default=None)


class PlanDraftGiven(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    goal = serializers.CharField(max_length=300)
    steps = DraftStepGiven(many=True)


class TemplatesGiven(serializers.Serializer[Any]):
    templates = PlanDraftGiven(many=True)


class FlowsGiven(serializers.Serializer[Any]):
    flows = serializers.ListField(child=serializers.DictField(), max_length=50)
