"""The API's OpenAPI document, in which every shape and every operation has a name of its own.

Two files may use one name for different shapes, such as `OverviewShape`, so names carry the file's.
"""

import re
from typing import Any

from drf_spectacular.openapi import AutoSchema


class Document(AutoSchema):
    """drf-spectacular's schema generator, with names that cannot collide."""

    def get_operation_id(self) -> str:
        """Returns a name of method and path, such as `get_api_articles_by_article_id`."""
        path = re.sub(r"\{(\w+)\}", r"by_\1", self.path.removeprefix("/console/"))
        return f"{self.method.lower()}_{re.sub(r'[^a-z0-9]+', '_', path.lower()).strip('_')}"

    def _get_serializer_name(self, serializer: Any, *args: Any, **named: Any) -> Any:
        name = super()._get_serializer_name(serializer, *args, **named)
        known = serializer if isinstance(serializer, type) else type(serializer)
        module = known.__module__.rpartition(".")[2].removesuffix("_shapes")
        prefix = "".join(word.capitalize() for word in module.split("_"))
        return name if not name or name.startswith(prefix) else prefix + name
