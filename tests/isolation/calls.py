"""Every address of the URL conf, and how it is called: with parameters from Acme's rows and bodies
from the API's own document. `BODIES` is for what the document does not say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

from tests.isolation.material import Material

BODIES: dict[str, dict[str, Any]] = {}
"""By address as in the URL conf, such as `console/api/agents`."""
EACH = 2
"""How many of Acme's objects each address is tried with."""
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Address:
    route: str
    methods: tuple[str, ...]
    parameters: dict[str, str]
    """Name → converter: `uuid`, `int`, `str`, `path`."""


def addresses() -> list[Address]:
    """Returns the whole URL conf except its regular expression, which answers unknown addresses."""
    return list(_walk(get_resolver().url_patterns, ""))


def places(address: Address, acme: Material) -> Iterator[str]:
    """Yields the address with Acme's own keys in its parameters."""
    said = set()
    for turn in range(EACH if address.parameters else 1):
        place = address.route
        for name, converter in address.parameters.items():
            found = _candidates(name, converter, acme)
            place = place.replace(f"<{converter}:{name}>", str(found[turn % len(found)]))
        if place not in said:
            said.add(place)
            yield f"/{place}"


def body(address: Address, method: str, document: dict[str, Any], acme: Material) -> Any:
    """Returns the body to send: as in `BODIES`, or made from the document's request schema."""
    if address.route in BODIES:
        return BODIES[address.route]
    path = "/" + address.route
    for name, converter in address.parameters.items():
        path = path.replace(f"<{converter}:{name}>", f"{{{name}}}")
    operation = document["paths"].get(path, {}).get(method, {})
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return _sample(schema, document, acme, 0)


def document() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def _walk(patterns: list[Any], before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = str(getattr(pattern.pattern, "_route", ""))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, before + route)
        elif isinstance(pattern, URLPattern) and hasattr(pattern.pattern, "_route"):
            view: Any = pattern.callback
            known = getattr(view, "view_class", None) or getattr(view, "cls", None)
            methods = tuple(m for m in METHODS if known is not None and hasattr(known, m))
            converters = {
                name: type(converter)
                .__name__.removesuffix("Converter")
                .lower()
                .replace("string", "str")
                for name, converter in pattern.pattern.converters.items()
            }
            yield Address(before + route, methods or ("get", "post"), converters)


def _candidates(name: str, converter: str, acme: Material) -> list[Any]:
    """Returns keys of tables whose name contains the parameter's, or else any that fit."""
    stem = name.removesuffix("_id")
    kind: type = {"uuid": UUID, "int": int}.get(converter, str)
    if kind is str:
        return sorted(acme.secrets)[:EACH] or ["x"]
    named = [
        key
        for label, table in acme.rows.items()
        if stem in label.lower()
        for key in table
        if isinstance(key, kind)
    ]
    return named or list(acme.uuids if kind is UUID else acme.numbers)


def _sample(schema: Any, document: dict[str, Any], acme: Material, depth: int) -> Any:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            schema = schema[several][0]
            return _sample(schema, document, acme, depth + 1)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object" if depth < 5:
            return {
                name: _sample(one, document, acme, depth + 1)
                for name, one in schema.get("properties", {}).items()
                if not one.get("readOnly")
            }
        case "array":
            return [_sample(schema["items"], document, acme, depth + 1)]
        case "integer":
            return acme.numbers[0]
        case "number":
            return 0.5
        case "boolean":
            return True
        case "string":
            formats = {"uuid": str(acme.uuids[0]), "date-time": "2030-01-01T00:00:00Z"}
            return formats.get(schema.get("format", ""), "Export")
    return {}
