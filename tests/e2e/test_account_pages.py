"""The account pages in a browser: under the policy, accessible, with second factor and passkeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from annotate.people.invitations import create_invitation, create_password_link
from annotate.people.models import Membership, Role, User
from tests.annotate.people.cast import make_project
from tests.e2e.account import LANDING, PASSWORD, log_in, make_user, totp, violations
from tests.e2e.browsing import PATIENCE, Browsing
from tests.e2e.site import Site
from tests.e2e.watch import Watch

MANAGED = [
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/logout/",
]
OPEN = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/invitation/",
]
SEND = "main form.sheet .button.main"


def test_it_works(browsing: Browsing) -> None:
    """A person logs in and out."""
    make_user("ada")
    page = browsing.open()
    log_in(page)
    page.wait_for_url(LANDING)
    page.click("header button >> text=Log out")
    expect(page.locator("h1")).to_have_text("Log in")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_every_page_is_accessible_and_fits_a_phone(
    browsing: Browsing, scheme: str, locale: str
) -> None:
    """No rule is broken and nothing is wider than 320 pixels."""
    user = make_user("ada")
    narrow = {"width": 320, "height": 800}
    visitor = browsing.open(color_scheme=scheme, locale=locale, viewport=narrow)
    member = browsing.open(user, color_scheme=scheme, locale=locale, viewport=narrow)
    for page, paths in ((visitor, OPEN), (member, MANAGED)):
        for path in paths:
            page.goto(path)
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") == 320, path
            assert page.get_attribute("html", "lang") == ("en" if locale == "en-US" else "zh-hans")


def test_the_language_can_be_changed_and_stays(browsing: Browsing) -> None:
    """The choice holds for the pages that follow."""
    page = browsing.open()
    page.goto("/accounts/login/")
    page.click("text=简体中文")
    expect(page.locator("h1")).to_have_text("登录")
    page.goto("/accounts/signup/")
    expect(page.locator("h1")).to_have_text("仅限邀请")


def test_a_password_can_be_shown(browsing: Browsing) -> None:
    """The button says what it does; what is sent is a password again."""
    page = browsing.open()
    page.goto("/accounts/login/")
    page.fill("[name=password]", "seen")
    page.click("text=Show")
    assert page.get_attribute("[name=password]", "type") == "text"
    page.click("text=Hide")
    assert page.get_attribute("[name=password]", "type") == "password"


def follow(page: Page, url: str) -> None:
    """Open a link and wait until its secret has left the address."""
    page.goto(url)
    page.wait_for_url("**/accounts/invitation/")


def test_an_invitation_leads_to_an_account(browsing: Browsing) -> None:
    """The link opens the form, the form makes the member; the secret is in no request's address."""
    project = make_project(title="Birds")
    link = create_invitation(project_id=project.pk, role=Role.ANNOTATOR)
    page = browsing.open()
    follow(page, link.url)
    expect(page.locator("h1")).to_have_text("Join Birds")
    assert violations(page) == []
    page.fill("[name=username]", "ada")
    page.fill("[name=password]", PASSWORD)
    page.click(SEND)
    page.wait_for_url("/")
    assert Membership.objects.get(user__username="ada").role == Role.ANNOTATOR
    secret = link.url.partition("#")[2]
    assert [url for url in browsing.watches[0].requests if secret in url.partition("#")[0]] == []
    assert page.evaluate("history.length") < 6


def test_a_second_link_in_the_same_window_is_opened(browsing: Browsing) -> None:
    """A fragment alone loads no page; the script opens it all the same."""
    project = make_project(title="Birds")
    page = browsing.open()
    page.goto("/accounts/invitation/")
    expect(page.locator("[data-no-secret]")).to_be_visible()
    follow(page, create_invitation(project_id=project.pk, role=Role.ANNOTATOR).url)
    expect(page.locator("h1")).to_have_text("Join Birds")
    follow(page, create_password_link(user=make_user("ada")).url)
    expect(page.locator("h1")).to_have_text("Choose a password")


def test_an_authenticator_app_is_set_up_and_asked_for(browsing: Browsing) -> None:
    """From then on the password alone opens nothing."""
    make_user("ada")
    page = browsing.open()
    log_in(page)
    page.goto("/accounts/2fa/totp/activate/")
    page.fill("[name=password]", PASSWORD)
    page.click(SEND)
    expect(page.locator(".qr svg")).to_be_visible()
    assert violations(page) == []
    secret = page.input_value("#authenticator_secret")
    page.fill("[name=code]", totp(secret))
    page.click(SEND)
    expect(page.locator("#recovery_codes")).to_be_visible()
    codes = page.input_value("#recovery_codes").split()
    page.click("header button >> text=Log out")
    log_in(page)
    expect(page.locator("[name=code]")).to_be_visible()
    assert violations(page) == []
    assert page.request.get("/api/v1/me").status == 401
    page.fill("[name=code]", codes[0])
    page.click(SEND)
    page.wait_for_url(LANDING)
    assert page.request.get("/api/v1/me").json()["username"] == "ada"


@pytest.fixture
def key_holder(chromium: Browser, site: Site, shared_folders: None) -> Iterator[Page]:
    """A page on localhost (passkeys need a host name) with an authenticator in the browser."""
    url = site.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=url, locale="en-US")
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, url)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()
    assert watch.faults == []


def test_a_passkey_is_added_and_logs_in_without_a_password(key_holder: Page) -> None:
    """The whole ceremony, scripts from the server only."""
    make_user("ada")
    page = key_holder
    log_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.click(SEND)
    page.fill("[name=name]", "This browser")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_selector("#recovery_codes")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("main h2")).to_contain_text("This browser")
    assert violations(page) == []
    page.click("header button >> text=Log out")
    page.goto(f"/accounts/login/?next={LANDING}")
    page.click("#passkey_login")
    page.wait_for_url(LANDING)
    assert page.request.get("/api/v1/me").json()["username"] == "ada"
    assert User.objects.get().last_login is not None


def test_the_admin_works_under_the_policy(browsing: Browsing) -> None:
    """The stock admin needs no inline script or style."""
    user = make_user("root", is_staff=True, is_superuser=True)
    page = browsing.open(user)
    page.goto("/admin/annotate/user/")
    page.click("th.field-username a")
    expect(page.locator("#id_username")).to_have_value("root")
    page.fill("#id_first_name", "Rosa")
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert User.objects.get().first_name == "Rosa"
