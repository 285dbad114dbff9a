"""The API's JSON parser: strict about what PostgreSQL and other readers cannot hold."""

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

from annotate.errors import InvalidError


class TooLargeError(APIException):
    """A body over the limit."""

    status_code = 413
    default_detail = "The body is over 256 KB."
    default_code = "too_large"


def _refuse_constant(word: str) -> NoReturn:
    """NaN and the infinities are not JSON."""
    raise ParseError(f"{word} is not JSON.")


def _finite(text: str) -> float:
    """A number that PostgreSQL and other readers can hold too; 1e999 is not one."""
    number = float(text)
    if math.isinf(number):
        raise ParseError(f"{text[:20]} is too large a number.")
    return number


def _storable(text: str) -> bool:
    """Whether PostgreSQL can hold the text: no NUL, no lone surrogate."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def check_text(value: Any) -> None:
    """Refuse NUL and lone surrogates anywhere in a decoded document (422)."""
    if isinstance(value, str):
        if not _storable(value):
            raise InvalidError([{"code": "bad_text", "message": "NUL or a lone surrogate"}])
    elif isinstance(value, dict):
        for key, entry in value.items():
            check_text(key)
            check_text(entry)
    elif isinstance(value, list):
        for entry in value:
            check_text(entry)


class StrictJSONParser(BaseParser):
    """Reads at most 256 KB of JSON; refuses NaN, NUL, lone surrogates and bad UTF-8."""

    media_type = "application/json"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLargeError
        try:
            document = json.loads(
                body.decode("utf-8"), parse_float=_finite, parse_constant=_refuse_constant
            )
            check_text(document)
        except UnicodeDecodeError as error:
            raise InvalidError([{"code": "bad_text", "message": "not UTF-8"}]) from error
        except (ValueError, RecursionError) as error:
            raise ParseError(f"Not JSON: {error}") from error
        return document
