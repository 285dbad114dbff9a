"""Whatever a caller sends, the answer is one that the schema promises, and never a 5xx."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks

from annotate.people.models import ApiToken
from annotate.people.tokens import create_token
from annotate.wsgi import application
from tests.api.calls import Cast

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "8"))
"""For each operation, mode and role; a longer search sets more."""
FUZZ = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Tally:
    """How often each operation answered with which status."""

    def __init__(self) -> None:
        self.statuses: dict[str, list[int]] = {}

    def note(self, case: schemathesis.Case[Any], status: int) -> None:
        """Count an answer."""
        self.statuses.setdefault(f"{case.method} {case.path}", []).append(status)


def fuzz(cast: Cast, operation: Any, mode: GenerationMode, token: str, tally: Tally) -> None:
    """Send generated requests to one operation, each undone afterwards."""

    @FUZZ
    @given(case=operation.as_strategy(generation_mode=mode), exists=st.sampled_from([1, 1, 1, 0]))
    def send(case: schemathesis.Case[Any], exists: int) -> None:
        if exists:
            case.path_parameters = {name: cast.ids[name] for name in case.path_parameters or {}}
        with transaction.atomic():
            response = case.call(headers={"Authorization": f"Bearer {token}"})
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)
        tally.note(case, response.status_code)

    send()


@pytest.fixture(autouse=True)
def one_connection(cast: Cast) -> Iterator[None]:
    """Requests do not close the connection whose transaction undoes what they do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("scope", [ApiToken.Scope.ANNOTATE, ApiToken.Scope.LEAD])
def test_it_works(cast: Cast, scope: ApiToken.Scope, mode: GenerationMode) -> None:
    """Every operation of the schema, with valid and with invalid data, as annotator and lead."""
    token = create_token(user=cast.user, scope=scope).text
    headers = {"Authorization": f"Bearer {token}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema", application, headers=headers)
    tally = Tally()
    failures = []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        try:
            fuzz(cast, found.ok(), mode, token, tally)
        except FailureGroup as failure:
            failures.append(f"{found.ok().label}: {failure}")
    assert failures == []
    assert sum(map(len, tally.statuses.values())) > 300
    met = {status for statuses in tally.statuses.values() for status in statuses}
    assert {200, 403, 404, 422} <= met
    assert max(met) < 500
