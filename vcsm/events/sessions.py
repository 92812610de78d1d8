"""Tells which workspace a session belongs to, and decodes its stored events."""

from uuid import UUID

import msgspec

from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.models import Session

_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)
_batch_decoder: msgspec.json.Decoder[list[AnyEvent]] = msgspec.json.Decoder(list[AnyEvent])


class NotYours(Exception):
    """The session belongs to another browser or workspace."""


def workspace_of_session(session_id: UUID) -> int:
    """Returns the workspace's id; raises Session.DoesNotExist if the session is gone."""
    return Session.objects.values_list("workspace_id", flat=True).get(id=session_id)


def decode_event(body: bytes | str) -> AnyEvent:
    return _decoder.decode(body)


def decode_events(events: bytes | str) -> list[AnyEvent]:
    """Decodes one batch's events, as `BatchBody.events` holds them."""
    return _batch_decoder.decode(events)
