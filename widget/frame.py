"""The building blocks of the messages on the socket."""

from typing import Annotated

from msgspec import Meta, Struct

Uuid = Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Sequence = Annotated[int, Meta(ge=1, le=2_000_000_000)]
Short = Annotated[str, Meta(max_length=64)]


class Frame(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """A message on the socket; `type` says which."""


class IntentOption(Struct, frozen=True):
    """An intent the contact may mean."""

    id: int
    title: str
