"""Parses the API's JSON, and refuses what a database cannot hold or what is nested too deep."""

import codecs
import json
import math
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class JsonBody(JSONParser):
    """REST framework's parser, mended: that one answers 500 to deep nesting and reads `1e400` as
    infinity."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns the parsed body. Raises `ParseError` (400), which says what is wrong."""
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            text = codecs.getreader(encoding)(stream).read()
            body = json.loads(text, parse_float=_finite, parse_constant=_finite)
            if "\\ud" in text.lower():
                _refuse_half_characters(body)
            return body
        except RecursionError:
            raise ParseError("The JSON is nested too deep.") from None
        except (ValueError, LookupError) as error:
            raise ParseError(f"This is not JSON: {error}") from error


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(f"{written[:20]} is not a number that can be stored")
    return number


def _refuse_half_characters(body: Any) -> None:
    """Raises ValueError for half a surrogate pair such as `"\\ud800"`: it is JSON but not text, and
    can neither be stored nor sent in an answer."""
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half a surrogate pair") from None
