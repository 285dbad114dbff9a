"""The guard over browser tests sees what it is there for."""

from tests.e2e.browsing import Browsing
from tests.e2e.looking import faults_here
from tests.e2e.site import Site

LOGIN = "/accounts/login/"


def test_it_works(browsing: Browsing) -> None:
    """A page of the site is served with the policy, and nothing is wrong with it."""
    response = browsing.open().goto(LOGIN)
    assert response is not None
    assert response.status == 200
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert browsing.watches[0].faults == []


def test_a_policy_violation_is_seen(browsing: Browsing) -> None:
    """An inline style and a foreign script are refused by the browser, and noted."""
    page = browsing.open()
    page.goto(LOGIN)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {src: 'http://127.0.0.2:9/x.js'}))"
    )
    page.wait_for_function("true")
    faults = " ".join(browsing.watches[0].faults)
    assert "CSP: style-src-attr forbids inline" in faults
    assert "CSP: script-src-elem forbids http://127.0.0.2:9/x.js" in faults
    browsing.allow("")


def test_a_foreign_request_is_seen(browsing: Browsing, site: Site) -> None:
    """A navigation to another host is noted, although the policy has nothing against it."""
    page = browsing.open()
    page.goto(LOGIN)
    with page.expect_request("http://127.0.0.2:9/**"):
        page.evaluate("location.assign('http://127.0.0.2:9/elsewhere')")
    assert "request to another host: http://127.0.0.2:9/elsewhere" in browsing.watches[0].faults
    browsing.allow("")


def test_a_script_error_is_seen(browsing: Browsing) -> None:
    """An uncaught error is noted."""
    page = browsing.open()
    page.goto(LOGIN)
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('planted') })")
    assert any("planted" in fault for fault in browsing.watches[0].faults)
    browsing.allow("")


def test_an_inaccessible_or_wide_page_is_seen(browsing: Browsing) -> None:
    """A button without a name, pale text in the dark, and a page that is too wide."""
    page = browsing.open(viewport={"width": 390, "height": 844})
    page.goto(LOGIN)
    assert faults_here(page) == []
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("document.querySelector('main').lastChild.style.width = '500px'")
    found = faults_here(page)
    assert [fault.split(" <")[0] for fault in found[:3]] == [
        "light: button-name:",
        "dark: button-name:",
        "forced colours: button-name:",
    ]
    assert found[3].endswith("px wider than the window")
