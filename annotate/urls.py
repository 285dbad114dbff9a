"""Every route of the site."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from annotate.assignment.urls import image_patterns
from annotate.health import healthz
from annotate.people.pages import (
    InvitationPage,
    admin_login,
    admin_shortcut,
    choose_language,
    favicon,
    reset_password,
)

admin.site.login = secure_admin_login(admin_login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", healthz),
    path("favicon.ico", favicon, name="favicon"),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/r/<path:anything>", admin_shortcut),
    path("admin/", admin.site.urls),
    path("accounts/invitation/", InvitationPage.as_view(), name="invitation"),
    path("accounts/language/", choose_language, name="language"),
    path("accounts/password/reset/", reset_password, name="account_reset_password"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include("annotate.people.urls")),
    path("api/v1/", include("annotate.tasks.urls")),
    path("api/v1/", include("annotate.assignment.urls")),
    path("api/v1/", include("annotate.judgments.urls")),
    path("api/v1/", include("annotate.progress.urls")),
    path("", include(image_patterns)),
    path("api/v1/", include("modelbridge.urls")),
    path("", include("frontend.urls")),
]

handler400 = "annotate.handlers.bad_request"
handler403 = "annotate.handlers.forbidden"
handler404 = "annotate.handlers.not_found"
handler500 = "annotate.handlers.broken"
