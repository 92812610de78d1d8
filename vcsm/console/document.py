"""The API's OpenAPI document: every shape and every operation under a name of its own.

Files name their shapes without looking at each other, so two `OverviewShape` are two things here.
"""

import re
from typing import Any

from drf_spectacular.openapi import AutoSchema


class Document(AutoSchema):
    """drf-spectacular's, with names that cannot collide."""

    def get_operation_id(self) -> str:
        """`get_api_articles_by_article_id`: method and path."""
        path = re.sub(r"\{(\w+)\}", r"by_\1", self.path.removeprefix("/console/"))
        return f"{self.method.lower()}_{re.sub(r'[^a-z0-9]+', '_', path.lower()).strip('_')}"

    def _get_serializer_name(self, serializer: Any, *args: Any, **named: Any) -> Any:
        name = super()._get_serializer_name(serializer, *args, **named)
        known = serializer if isinstance(serializer, type) else type(serializer)
        module = known.__module__.rpartition(".")[2].removesuffix("_shapes")
        prefix = "".join(word.capitalize() for word in module.split("_"))
        return name if not name or name.startswith(prefix) else prefix + name
