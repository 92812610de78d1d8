"""The JSON that the API sends about deciding."""

from typing import Any

from rest_framework import serializers

from vcsm.console.api.certificate import CertificateShape
from vcsm.console.api.shapes import MemberShape
from vcsm.escalation.models import Duty, Notice, SilenceAudit


class StepShape(serializers.Serializer[Any]):
    """A level piece of the reliability curve: of `count` probabilities from `low` to `high`, the
    share `happened` came true."""

    low = serializers.FloatField()
    high = serializers.FloatField()
    happened = serializers.FloatField()
    count = serializers.IntegerField()


class QualityShape(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    brier = serializers.FloatField()
    log_loss = serializers.FloatField()
    miscalibration = serializers.FloatField()
    discrimination = serializers.FloatField()
    uncertainty = serializers.FloatField()
    calibration_error = serializers.FloatField()
    curve = StepShape(many=True)


class SampledShape(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    judged = serializers.IntegerField()
    needed = serializers.IntegerField()


class RecallNumbers(serializers.Serializer[Any]):
    estimate = serializers.FloatField(allow_null=True)
    low = serializers.FloatField()
    high = serializers.FloatField()


class RecallShape(serializers.Serializer[Any]):
    recall = RecallNumbers()
    sent = SampledShape()
    silent = SampledShape()
    since = serializers.DateTimeField()
    confidence = serializers.FloatField()


class SilenceAuditShape(serializers.ModelSerializer[SilenceAudit]):
    """A session in which nobody was called; `score` and `rule` are those of its decision."""

    contact = serializers.CharField(source="session.contact.__str__")
    account = serializers.CharField(source="session.contact.account.name", default="")
    page = serializers.CharField(source="session.page")
    seen_at = serializers.DateTimeField(source="session.seen_at")
    score = serializers.FloatField(source="decision.score")
    rule = serializers.CharField(source="decision.rule")
    asked_of = serializers.CharField(source="asked_of.name", default=None, allow_null=True)

    class Meta:
        model = SilenceAudit
        fields = ("id", "contact", "account", "page", "seen_at", "score", "rule", "asked_of")


class DutyShape(serializers.ModelSerializer[Duty]):
    days = serializers.JSONField()
    skills = serializers.JSONField()

    class Meta:
        model = Duty
        fields = ("minutes_a_day", "days", "starts", "ends", "zone", "skills", "away_until")


class HoursShape(serializers.Serializer[Any]):
    member = MemberShape()
    duty = DutyShape(allow_null=True)
    on_duty = serializers.BooleanField()
    minutes_left = serializers.FloatField(allow_null=True)
    open = serializers.IntegerField()


class SpendingShape(serializers.Serializer[Any]):
    a_day = serializers.FloatField()
    spent = serializers.FloatField()
    kept = serializers.FloatField()
    left = serializers.FloatField()


class QuietShape(serializers.Serializer[Any]):
    starts = serializers.CharField()
    ends = serializers.CharField()
    zone = serializers.CharField()


class PolicyShape(serializers.Serializer[Any]):
    minutes_a_day = serializers.FloatField(allow_null=True)
    verdict_share = serializers.FloatField()
    silence_share = serializers.FloatField()
    quiet = QuietShape(allow_null=True)


class RefusedShape(serializers.Serializer[Any]):
    """A policy file that was refused, and why."""

    text = serializers.CharField()
    problem = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_blank=True)


class NoticeShape(serializers.ModelSerializer[Notice]):
    class Meta:
        model = Notice
        fields = ("kind", "at")


class ContributionsShape(serializers.Serializer[Any]):
    """What the member who asks has contributed; nobody else's can be read."""

    verdicts = serializers.IntegerField()
    asked_for = serializers.IntegerField()
    rejections_with_reason = serializers.IntegerField()
    audits = serializers.IntegerField()


class DecidingShape(serializers.Serializer[Any]):
    may_change = serializers.BooleanField()
    proven = CertificateShape()
    quality = QualityShape(allow_null=True)
    still_prior = serializers.FloatField()
    recall = RecallShape()
    audits = SilenceAuditShape(many=True)
    hours = HoursShape(many=True)
    spending = SpendingShape(allow_null=True)
    policy = PolicyShape()
    policy_text = serializers.CharField()
    refused = RefusedShape(allow_null=True)
    notices = NoticeShape(many=True)
    mine = ContributionsShape()
