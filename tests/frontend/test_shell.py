"""The shell: one page for all routes of the app, only for who is logged in."""

import re

import pytest
from django.conf import settings

from annotate.models import User
from frontend import bundle

ROUTES = ["/", "/work/edits", "/p/edits/progress", "/help", "/account"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    user = User.objects.create_user("ada", password="x", language="zh-hans")
    client.force_login(user)
    return client


@pytest.mark.parametrize("route", ROUTES)
def test_it_works(ada, route):
    page = ada.get(route)
    text = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="zh-hans">' in text
    assert f'content="{settings.CSRF_COOKIE_NAME}"' in text
    assert settings.CSRF_COOKIE_NAME in page.cookies


def test_it_loads_the_built_files_and_nothing_inline(ada):
    text = ada.get("/").content.decode()
    built = bundle.bundle()
    named = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert sorted(named) == sorted(
        [built.icon, *built.styles, built.script, built.words["zh-hans"]]
    )
    for address in named:
        file = bundle.ROOT / address.removeprefix(f"{settings.STATIC_URL}frontend/")
        assert file.is_file()
    assert re.findall(r"<script[^>]*>([^<]*)</script>", text) == [""]
    assert "<style" not in text
    assert "style=" not in text


@pytest.mark.parametrize(("cookie", "shown"), [("dark", True), ("light", True), ("x'>", False)])
def test_the_chosen_theme_is_there_before_the_first_paint(ada, cookie, shown):
    ada.cookies["editjury-theme"] = cookie
    assert (f'data-theme="{cookie}"' in ada.get("/").content.decode()) is shown


@pytest.mark.parametrize("route", ROUTES)
def test_who_is_not_logged_in_is_sent_to_the_login(client, route):
    page = client.get(route)
    assert (page.status_code, page["Location"]) == (302, f"/accounts/login/?next={route}")


def test_nothing_is_posted_to_the_shell(ada):
    assert ada.post("/").status_code == 405


def test_other_addresses_are_no_pages(ada):
    assert ada.get("/p/edits/progress/more").status_code == 404
