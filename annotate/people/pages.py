"""The page behind a one-time link: join a project, or set a password."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import password_reset
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import View
from django.views.i18n import set_language

from annotate.errors import DomainError, InvalidError
from annotate.people.forms import AccountForm, FaultForm, PasswordForm
from annotate.people.invitations import (
    consume_invitation,
    consume_password_link,
    join_by_invitation,
)
from annotate.people.models import Invitation, User
from annotate.people.selectors import find_invitation, reopen_invitation
from annotate.people.services import update_profile

HELD = "people.link"
"""The session's key of the link that its reader has opened; the secret is not kept."""


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("secret", "password"), name="dispatch")
class InvitationPage(View):
    """Opens a link by its secret, says what it is for, and uses it when that is confirmed."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except DomainError as error:
            request.session.pop(HELD, None)
            context = {"code": error.code}
            return render(request, "people/link_refused.html", context, status=error.status)

    def get(self, request: HttpRequest) -> HttpResponse:
        held = request.session.get(HELD)
        if held is None:
            return render(request, "people/link_opening.html")
        link = reopen_invitation(held)
        return self._show(request, link, PasswordForm() if link.user else AccountForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "secret" in request.POST:
            request.session[HELD] = str(find_invitation(request.POST["secret"]).pk)
            return redirect("invitation")
        link = reopen_invitation(request.session.get(HELD))
        if link.user is not None:
            return self._set_password(request, link)
        if isinstance(request.user, User):
            consume_invitation(invitation=link, user=request.user)
            del request.session[HELD]
            return redirect("/")
        return self._join(request, link)

    def _show(
        self, request: HttpRequest, link: Invitation, form: FaultForm, status: int = 200
    ) -> HttpResponse:
        template = "people/set_password.html" if link.user else "people/join.html"
        return render(request, template, {"link": link, "form": form}, status=status)

    def _set_password(self, request: HttpRequest, link: Invitation) -> HttpResponse:
        form = PasswordForm(request.POST)
        if form.is_valid():
            try:
                user = consume_password_link(invitation=link, **form.cleaned_data)
            except InvalidError as error:
                form.add_faults(error.faults)
            else:
                return _log_in(request, user)
        return self._show(request, link, form, status=422)

    def _join(self, request: HttpRequest, link: Invitation) -> HttpResponse:
        form = AccountForm(request.POST)
        if form.is_valid():
            language = get_language() or "en"
            try:
                user = join_by_invitation(invitation=link, language=language, **form.cleaned_data)
            except InvalidError as error:
                form.add_faults(error.faults)
            else:
                return _log_in(request, user)
        return self._show(request, link, form, status=422)


def _log_in(request: HttpRequest, user: User) -> HttpResponse:
    """Log in whoever has just chosen the password; a second factor is still asked for."""
    logout(request)
    credentials = {"username": user.username}
    response: HttpResponse = perform_password_login(request, credentials, Login(user=user))
    return response


def reset_password(request: HttpRequest) -> HttpResponse:
    """Allauth's page where email works; else a page that says whom to ask."""
    if settings.EMAIL_URL:
        response: HttpResponse = password_reset(request)
        return response
    return render(request, "people/no_email.html", status=200 if request.method == "GET" else 409)


def favicon(_request: HttpRequest) -> HttpResponse:
    """The icon, where a page names none."""
    return redirect(static("annotate/icon.svg"), permanent=True)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, in a cookie and on the account; go back."""
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES) and isinstance(request.user, User):
        update_profile(user=request.user, language=language)
    response: HttpResponse = set_language(request)
    return response


def admin_login(request: HttpRequest, **_context: Any) -> HttpResponse:
    """Where staff are sent who are logged in: Django's own form would ask for no second factor."""
    return redirect(get_next_redirect_url(request) or "admin:index")


def admin_shortcut(_request: HttpRequest, anything: str) -> HttpResponse:
    """Nothing: the admin's own redirect breaks on ids that it cannot read, and nobody needs it."""
    raise Http404(anything)
