"""What every answer carries to keep a browser safe."""

import pytest
from django.test import Client

from tests.annotate.people.cast import client_of, make_user

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/api/v1/me", "/admin/", "/nowhere", "/api/v1/nowhere", "/"]
)
def test_it_works(path):
    answer = client_of(make_user("ada")).get(path)
    assert set(answer.headers["content-security-policy"].split("; ")) == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/invitation/"])
def test_account_pages_are_kept_by_nobody(path):
    assert "no-store" in Client().get(path).headers["cache-control"]


def test_a_program_gets_a_problem_where_there_is_no_route():
    answer = Client().get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


def test_a_person_gets_a_page_where_there_is_no_route():
    answer = Client().get("/nowhere", headers={"accept-language": "zh-CN"})
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_a_failure_is_told_without_its_details(settings):
    settings.ROOT_URLCONF = "tests.annotate.people.broken_urls"
    client = Client(raise_request_exception=False)
    page = client.get("/broken")
    program = client.get("/api/broken")
    assert (page.status_code, program.status_code) == (500, 500)
    assert "Something broke" in page.content.decode()
    assert program.json()["code"] == "broken"
    assert "planted" not in page.content.decode() + program.content.decode()
