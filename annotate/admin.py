"""Django's admin, which is for accounts: nobody edits projects or judgments here."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest

from annotate.people.models import ApiToken, Membership, User

admin.site.site_header = "EditJury: accounts"
admin.site.site_title = "EditJury"
admin.site.index_title = ""
for unused in (EmailAddress, Authenticator, Group):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


class ReadOnly:
    """Shows rows and changes none: roles and tokens change through the services only."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MembershipsOfUser(ReadOnly, admin.TabularInline):  # type: ignore[type-arg] # generic in the stubs only
    """The roles of an account."""

    model = Membership
    fields = ("project", "role", "group", "created_at", "ended_at")
    readonly_fields = fields
    extra = 0


class TokensOfUser(ReadOnly, admin.TabularInline):  # type: ignore[type-arg] # as above
    """The tokens of an account, without their hashes."""

    model = ApiToken
    fields = ("key", "name", "scope", "created_at", "expires_at", "revoked_at")
    readonly_fields = fields
    extra = 0


class AccountPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg] # as above
    """Sets the password of a person; whoever is no person does not log in."""

    def clean(self) -> dict[str, Any] | None:
        if self.user.kind != User.Kind.HUMAN:
            self.add_error("password1", "A simulated or imported account has no password.")
        return super().clean()


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg] # as above
    """An account: who, how to reach them, whether it is open."""

    list_display = ("username", "first_name", "email", "kind", "is_active", "is_staff")
    list_filter = ("kind", "is_active", "is_staff")
    fieldsets = (
        (None, {"fields": ("username", "password", "kind")}),
        ("Person", {"fields": ("first_name", "email", "language")}),
        ("Access", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("kind", "last_login", "date_joined")
    change_password_form = AccountPasswordForm
    inlines = (MembershipsOfUser, TokensOfUser)
    filter_horizontal = ()

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        """Roles and tokens of an account that is there already."""
        return self.inlines if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: an account stays behind what it judged; close it with `is_active`."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser makes staff: nobody grants above their own."""
        fixed = super().get_readonly_fields(request, obj)
        if isinstance(request.user, User) and request.user.is_superuser:
            return fixed
        return (*fixed, "is_staff", "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's account is changed by superusers only."""
        above = obj is not None and obj.is_superuser
        below = isinstance(request.user, User) and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not (above and below)
