"""What no call takes: too much, NUL, lone surrogates, what is not JSON, other media types."""

from typing import Any

import pytest
from django.apps import apps

from tests.api.calls import Call, Cast, all_calls, json_calls

LIMIT = 256 * 1024
PROBLEM = "application/problem+json"
BAD_TEXTS = (b'{"x": "a\\u0000b"}', b'{"x": ["\\ud83d"]}', b'{"\\u0000": 1}', b'{"x": "\xff"}')
NOT_JSON = (b" ", b"{", b'{"x": NaN}', b"[" * 5000, b'{"x": 1e999}', b"\xef\xbb\xbf{}")
NO_OBJECTS = (b"[]", b"null", b"7", b'"x"', b"[{}]")
QUIET = {"Session", "MembershipEvent", "Context", "ProxyContext"}
"""Tables that a refused call may write: being looked at is not a change."""


def rows() -> dict[str, list[Any]]:
    """Everything that our tables hold."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for app in ("protocol", "annotate", "modelbridge")
        for model in apps.get_app_config(app).get_models()
        if model.__name__ not in QUIET
    }


@pytest.fixture
def calls(cast: Cast) -> list[Call]:
    return json_calls()


def faults(
    cast: Cast, calls: list[Call], body: bytes, status: int, code: str, **options
) -> list[str]:
    """The calls that answer otherwise than with the problem document expected."""
    found = []
    for call in calls:
        answer = cast.send(call.method, call.path, body, **options)
        kind = answer.headers.get("content-type", "")
        if answer.status_code != status or kind != PROBLEM or answer.json()["code"] != code:
            found.append(f"{call.name}: {answer.status_code} {kind} {answer.content[:200]!r}")
    return found


def faulty_codes(answer: Any) -> list[str]:
    """The codes of the faults in a problem."""
    return [fault["code"] for fault in answer.json()["faults"]]


def test_it_works(cast: Cast, calls: list[Call]) -> None:
    """Every call of the schema can be made: each parameter of a path has an id here."""
    addresses = [call.path.format(**cast.ids) for call in all_calls()]
    assert len(addresses) == len(all_calls()) > len(calls) > 10
    assert "POST /api/v1/assignments/{assignment}/judgment" in [call.name for call in calls]


def test_bad_text(cast: Cast, calls: list[Call]) -> None:
    """NUL, lone surrogates and bytes that are not UTF-8 are 422, as value and as key."""
    before = rows()
    for body in BAD_TEXTS:
        assert faults(cast, calls, body, 422, "invalid") == []
        for call in calls:
            assert faulty_codes(cast.send(call.method, call.path, body)) == ["bad_text"], call
    assert rows() == before


def test_not_json(cast: Cast, calls: list[Call]) -> None:
    """What is not JSON is 400."""
    before = rows()
    assert [
        fault for body in NOT_JSON for fault in faults(cast, calls, body, 400, "parse_error")
    ] == []
    assert rows() == before


def test_too_large(cast: Cast, calls: list[Call]) -> None:
    """A body over 256 KB is 413, one of just that size is read."""
    before = rows()
    frame = len(b'{"planted": ""}')
    whole = b'{"planted": "' + b"x" * (LIMIT - frame) + b'"}'
    assert len(whole) == LIMIT
    assert faults(cast, calls, whole + b" ", 413, "too_large") == []
    read = {call.name: cast.send(call.method, call.path, whole).status_code for call in calls}
    assert {name: status for name, status in read.items() if status in (400, 413)} == {}
    assert [name for name, status in read.items() if status >= 500] == []
    assert rows() == before


def test_media_type(cast: Cast, calls: list[Call]) -> None:
    """Another media type is 415."""
    before = rows()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "text/json"):
        assert faults(cast, calls, b"{}", 415, "unsupported_media_type", kind=kind) == []
    assert rows() == before


def test_not_an_object(cast: Cast, calls: list[Call]) -> None:
    """JSON that is no object is 422."""
    before = rows()
    found = [fault for body in NO_OBJECTS for fault in faults(cast, calls, body, 422, "invalid")]
    assert found == []
    assert rows() == before


def test_trailing_slash(cast: Cast) -> None:
    """A path with a slash at its end is 404, not a redirect."""
    addresses = sorted({call.path.format(**cast.ids) for call in all_calls()})
    answers = {path: cast.client.get(f"{path}/").status_code for path in addresses}
    assert {path for path, status in answers.items() if status != 404} == set()


def test_unknown_address(cast: Cast) -> None:
    """An address that is none answers with a problem document, as a program expects."""
    answer = cast.client.get("/api/v1/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
    assert answer.json()["code"] == "not_found"
