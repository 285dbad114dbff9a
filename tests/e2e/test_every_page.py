"""Every page: no violation of the policy, no foreign request, no error, accessible, no overflow."""

from tests.annotate.people.cast import make_user
from tests.e2e.browsing import Browsing
from tests.e2e.looking import faults
from tests.e2e.routes import fixed_pages

REFUSALS = r"status of 40[0-9]"


def test_it_works() -> None:
    """The resolver names the pages that this file is about."""
    known = {"/accounts/login/", "/accounts/2fa/", "/accounts/invitation/", "/admin/", "/help", "/"}
    assert known <= set(fixed_pages())


def test_nobody(browsing: Browsing) -> None:
    """All that who is not logged in can open."""
    page = browsing.open()
    browsing.allow(REFUSALS)
    assert faults(page, fixed_pages()) == []


def test_annotator(browsing: Browsing) -> None:
    """All that an annotator can open."""
    page = browsing.open(make_user("ann"))
    browsing.allow(REFUSALS)
    assert faults(page, [page for page in fixed_pages() if not page.startswith("/admin/")]) == []


def test_staff(browsing: Browsing) -> None:
    """The pages of Django admin, with an account's own pages."""
    user = make_user("root", is_staff=True, is_superuser=True)
    page = browsing.open(user)
    browsing.allow(REFUSALS)
    own = [f"/admin/annotate/user/{user.pk}/{name}/" for name in ("change", "history", "delete")]
    assert faults(page, [page for page in fixed_pages() if page.startswith("/admin/")] + own) == []
