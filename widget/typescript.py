"""Writes the protocol's structs as TypeScript types, so that the two sides cannot disagree."""

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from vcsm.events import kinds
from widget import protocol
from widget.frame import Frame

HEADER = "// Generated from widget/protocol.py by `manage.py protocol`. Do not edit.\n"
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def protocol_types() -> str:
    """Returns the whole text of `frontend/protocol/protocol.ts`."""
    structs: dict[str, type[msgspec.Struct]] = {}
    for union in (protocol.FromWidget, protocol.ToWidget, kinds.Any):
        for member in get_args(union):
            _collect(member, structs)
    blocks = [_interface(name, struct) for name, struct in sorted(structs.items())]
    unions = [
        f"export type {name} = {_type(union)}"
        for name, union in (
            ("SentEvent", kinds.Any),
            ("FromWidget", protocol.FromWidget),
            ("ToWidget", protocol.ToWidget),
        )
    ]
    constants = [
        f"export const {name} = {msgspec.json.encode(getattr(protocol, name)).decode()}"
        for name in ("SUBPROTOCOL", "MAX_FRAME", "MAX_EVENTS", "MAX_TEXT")
    ]
    return "\n".join([HEADER, *constants, "", *blocks, *unions]) + "\n"


def _name(struct: type[msgspec.Struct]) -> str:
    """Returns the type's name, made unlike the browser's own `Error`, `Element` and others."""
    if issubclass(struct, kinds.Event):
        return f"{struct.__name__}Event"
    if issubclass(struct, Frame):
        return f"{struct.__name__}Frame"
    return "EventElement" if struct is kinds.Element else struct.__name__


def _collect(kind: Any, into: dict[str, type[msgspec.Struct]]) -> None:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if _name(kind) not in into:
            into[_name(kind)] = kind
            for field in msgspec.structs.fields(kind):
                _collect(field.type, into)
        return
    for part in get_args(kind):
        _collect(part, into)


def _interface(name: str, struct: type[msgspec.Struct]) -> str:
    lines = [f"export interface {name} {{"]
    config = struct.__struct_config__
    if config.tag is not None:
        lines.append(f'  {config.tag_field}: "{config.tag}"')
    for field in msgspec.structs.fields(struct):
        optional = "" if field.required else "?"
        lines.append(f"  {field.encode_name}{optional}: {_type(field.type)}")
    return "\n".join([*lines, "}", ""])


def _type(kind: Any) -> str:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _type(args[0])
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in args)
    if origin in (Union, types.UnionType):
        return " | ".join(dict.fromkeys(_type(part) for part in args))
    if origin is list:
        inner = _type(args[0])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if origin is dict:
        return f"Record<{_type(args[0])}, {_type(args[1])}>"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _name(kind)
    return _PLAIN[kind]
