"""The forms of the invitation page."""

from typing import Any

from allauth.account.forms import LoginForm as BaseLoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from annotate.errors import Fault


class LoginForm(BaseLoginForm):  # type: ignore[misc] # allauth has no types
    """Allauth's form with labels that stay, and what a browser should fill in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("User name or email")
        login.widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "autofocus": True,
        }
        self.fields["remember"].label = _("Stay logged in on this device")


REFUSALS = {
    "taken": _("This is taken; choose another."),
    "out_of_range": _("This is out of range."),
}


class FaultForm(forms.Form):
    """A form that shows the faults that a service found."""

    def add_faults(self, faults: list[Fault]) -> None:
        """Put each fault beside its field."""
        for fault in faults:
            field = fault.get("field")
            message = REFUSALS.get(str(fault["code"])) or fault.get("message") or fault["code"]
            self.add_error(field if field in self.fields else None, str(message))


class PasswordForm(FaultForm):
    """A new password for a named account."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters; a sentence is a good one."),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class AccountForm(FaultForm):
    """A new account for someone who was invited."""

    username = forms.CharField(
        label=_("User name"),
        help_text=_("You log in with it; the team's lead sees it."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    name = forms.CharField(
        label=_("Name (optional)"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email (optional)"),
        help_text=_("Only to reset a forgotten password."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters; a sentence is a good one."),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
