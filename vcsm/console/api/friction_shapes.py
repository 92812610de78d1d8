"""The JSON that the API sends about friction."""

from typing import Any

from rest_framework import serializers


class LineShape(serializers.Serializer[Any]):
    place = serializers.IntegerField()
    kind = serializers.CharField()
    page = serializers.CharField(allow_blank=True)
    element = serializers.CharField(allow_blank=True)
    element_name = serializers.CharField(allow_blank=True)
    signals = serializers.IntegerField()
    sessions = serializers.IntegerField()
    contacts = serializers.IntegerField()
    accounts = serializers.IntegerField()
    revenue = serializers.FloatField()
    severity = serializers.FloatField()
    seen = serializers.IntegerField()
    share = serializers.FloatField()
    share_low = serializers.FloatField()
    share_high = serializers.FloatField()
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    trend = serializers.ListField(child=serializers.IntegerField())


class TotalsShape(serializers.Serializer[Any]):
    signals = serializers.IntegerField()
    sessions = serializers.IntegerField()
    contacts = serializers.IntegerField()
    accounts = serializers.IntegerField()
    revenue = serializers.FloatField()
    sessions_seen = serializers.IntegerField()
    lines = serializers.IntegerField()
    crowded_out = serializers.IntegerField()


class KindShape(serializers.Serializer[Any]):
    kind = serializers.CharField()
    trend = serializers.ListField(child=serializers.IntegerField())


class ReportShape(serializers.Serializer[Any]):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    made_at = serializers.DateTimeField()
    counted_to = serializers.DateTimeField(allow_null=True)
    buckets = serializers.ListField(child=serializers.DateTimeField())
    bucket_seconds = serializers.IntegerField()
    totals = TotalsShape()
    kinds = KindShape(many=True)
    lines = LineShape(many=True)
    segments = serializers.ListField(child=serializers.CharField(allow_blank=True))
    releases = serializers.ListField(child=serializers.CharField(allow_blank=True))


class PageShape(serializers.Serializer[Any]):
    page = serializers.CharField(allow_blank=True)
    seen = serializers.IntegerField()
    hit = serializers.IntegerField()
    share = serializers.FloatField()
    share_low = serializers.FloatField()
    share_high = serializers.FloatField()


class RowShape(serializers.Serializer[Any]):
    page = serializers.CharField(allow_blank=True)
    what = serializers.CharField(allow_blank=True)
    sessions = serializers.IntegerField()
    times = serializers.IntegerField()
    seen = serializers.IntegerField()


class UnmetShape(serializers.Serializer[Any]):
    title = serializers.CharField(allow_blank=True)
    phrases = serializers.ListField(child=serializers.CharField())
    size = serializers.IntegerField()
    contacts = serializers.IntegerField()
    accounts = serializers.IntegerField()
    revenue = serializers.FloatField()
    trend = serializers.JSONField()


class ChangeShape(serializers.Serializer[Any]):
    kind = serializers.CharField()
    page = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    before = serializers.FloatField()
    before_low = serializers.FloatField()
    before_high = serializers.FloatField()
    after = serializers.FloatField()
    after_low = serializers.FloatField()
    after_high = serializers.FloatField()
    clear = serializers.BooleanField()


class BlindShape(serializers.Serializer[Any]):
    page = serializers.CharField(allow_blank=True)
    since = serializers.DateTimeField()
    usual = serializers.FloatField()


class NewNameShape(serializers.Serializer[Any]):
    what = serializers.CharField()
    page = serializers.CharField(allow_blank=True)
    old = serializers.CharField()
    new = serializers.CharField()
    at = serializers.DateTimeField()


class DigestShape(serializers.Serializer[Any]):
    subscribed = serializers.BooleanField()
    to = serializers.EmailField(read_only=True)
    sent = serializers.BooleanField(read_only=True)
    """Whether a mail server is set up; without one no digest is sent."""


class PlacesShape(serializers.Serializer[Any]):
    pages = PageShape(many=True)
    flows = RowShape(many=True)
    searches = RowShape(many=True)
    intents = RowShape(many=True)
    unmet = UnmetShape(many=True)
    changes = ChangeShape(many=True)
    blind = BlindShape(many=True)
    names = NewNameShape(many=True)


class PassShape(serializers.Serializer[Any]):
    token = serializers.CharField()
    minutes = serializers.IntegerField()
    origins = serializers.ListField(child=serializers.CharField())


class SessionShape(serializers.Serializer[Any]):
    session = serializers.UUIDField()
    contact = serializers.IntegerField()
    contact_name = serializers.CharField(allow_blank=True)
    account = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    signals = serializers.IntegerField()
    severity = serializers.FloatField()
