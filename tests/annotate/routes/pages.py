"""What is expected of every page: of its GET, and of an empty form sent to it."""

from tests.annotate.routes.rules import Call, Expected, answers, everybody

ACCOUNT = "accounts/"
FACTOR = "accounts/2fa/"
ADMIN = "admin/"
USER = "admin/annotate/user/"
KEY = f"{FACTOR}webauthn/keys/<int:pk>/"


def page(get: Expected, post: Expected, path: str = "") -> dict[str, Call]:
    """A page and its form."""
    return {"GET": Call(get, path=path), "POST": Call(post, {}, path=path, form=True)}


def inside(ok: int) -> Expected:
    """Whoever is logged in; programs have no pages, all others are sent to the login."""
    return answers(302, ok, 302)


def outside(ok: int) -> Expected:
    """Whoever is not logged in; the others are sent on."""
    return answers(ok, 302, ok)


def staff(ok: int) -> Expected:
    """Staff; all others are sent to the login."""
    return answers(302, 302, 302, staff=ok)


APP = page(inside(200), everybody(405))
READ_ONLY = page(everybody(200), everybody(405))
NOTHING_THERE = page(inside(404), inside(404))
ASKS_AGAIN = page(inside(302), inside(302))
"""A change of the second factor: the password is asked for first."""

SITE = {
    "healthz": READ_ONLY,
    "favicon.ico": page(everybody(301), everybody(301)),
    "": APP,
    "work/<slug:slug>": APP,
    "p/<slug:slug>/<slug:section>": APP,
    "help": APP,
    "accessibility": APP,
    "account": APP,
}

ACCOUNTS = {
    f"{ACCOUNT}login/": page(outside(200), outside(200)),
    f"{ACCOUNT}logout/": page(inside(200), everybody(302)),
    f"{ACCOUNT}inactive/": READ_ONLY,
    f"{ACCOUNT}signup/": page(outside(200), outside(200)),
    f"{ACCOUNT}invitation/": page(everybody(200), everybody(404)),
    f"{ACCOUNT}language/": page(everybody(405), everybody(302)),
    f"{ACCOUNT}reauthenticate/": page(inside(200), inside(200)),
    f"{ACCOUNT}email/": page(inside(200), everybody(302)),
    f"{ACCOUNT}confirm-email/": READ_ONLY,
    rf"{ACCOUNT}^confirm-email/(?P<key>[-:\w]+)/$": page(
        everybody(200), everybody(404), path="/accounts/confirm-email/x/"
    ),
    f"{ACCOUNT}password/change/": page(inside(200), inside(200)),
    f"{ACCOUNT}password/set/": page(everybody(302), everybody(302)),
    # No email is sent here: the form is refused, the page says whom to ask.
    f"{ACCOUNT}password/reset/": page(everybody(200), everybody(409)),
    f"{ACCOUNT}password/reset/done/": READ_ONLY,
    f"{ACCOUNT}password/reset/key/done/": READ_ONLY,
    # A link that is not valid: the page says so.
    rf"{ACCOUNT}^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": page(
        everybody(200), everybody(200), path="/accounts/password/reset/key/1-x/"
    ),
    f"{ACCOUNT}login/code/confirm/": page(everybody(302), everybody(302)),
}

SECOND_FACTOR = {
    FACTOR: page(inside(200), inside(405)),
    # Nobody here is half way through a login, or has a second factor to confirm with.
    f"{FACTOR}authenticate/": page(everybody(302), everybody(302)),
    f"{FACTOR}reauthenticate/": page(inside(302), inside(302)),
    f"{FACTOR}totp/activate/": ASKS_AGAIN,
    f"{FACTOR}totp/deactivate/": NOTHING_THERE,
    f"{FACTOR}recovery-codes/": page(inside(404), inside(405)),
    f"{FACTOR}recovery-codes/generate/": ASKS_AGAIN,
    f"{FACTOR}recovery-codes/download/": NOTHING_THERE,
    f"{FACTOR}webauthn/": page(inside(200), inside(405)),
    f"{FACTOR}webauthn/add/": ASKS_AGAIN,
    f"{FACTOR}webauthn/reauthenticate/": page(inside(302), inside(302)),
    f"{KEY}remove/": page(inside(302), inside(302), path=f"/{FACTOR}webauthn/keys/1/remove/"),
    f"{KEY}edit/": page(inside(302), inside(302), path=f"/{FACTOR}webauthn/keys/1/edit/"),
    f"{FACTOR}webauthn/login/": page(everybody(302), everybody(302)),
}

DJANGO_ADMIN = {
    ADMIN: page(staff(200), staff(200)),
    f"{ADMIN}login/": page(answers(302, 403, 302, staff=302), answers(302, 403, 302, staff=302)),
    f"{ADMIN}logout/": page(staff(405), staff(200)),
    f"{ADMIN}password_change/": page(everybody(302), everybody(302)),
    f"{ADMIN}password_change/done/": page(staff(200), staff(405)),
    f"{ADMIN}autocomplete/": page(staff(403), staff(405)),
    f"{ADMIN}jsi18n/": page(staff(200), staff(405)),
    f"{ADMIN}r/<path:anything>": page(everybody(404), everybody(404)),
    f"{ADMIN}r/<path:content_type_id>/<path:object_id>/": page(everybody(404), everybody(404)),
    f"{ADMIN}^(?P<app_label>annotate)/$": page(staff(200), staff(200), path="/admin/annotate/"),
    f"{ADMIN}(?P<url>.*)$": page(staff(404), staff(404), path="/admin/nowhere"),
    USER: page(staff(200), staff(200)),
    f"{USER}add/": page(staff(200), staff(200)),
    f"{USER}<id>/password/": page(staff(200), staff(200)),
    f"{USER}<path:object_id>/": page(everybody(302), everybody(302)),
    f"{USER}<path:object_id>/change/": page(staff(200), staff(200)),
    f"{USER}<path:object_id>/history/": page(staff(200), staff(200)),
    # No account is ever deleted.
    f"{USER}<path:object_id>/delete/": page(staff(403), staff(403)),
}

ROUTES = SITE | ACCOUNTS | SECOND_FACTOR | DJANGO_ADMIN
