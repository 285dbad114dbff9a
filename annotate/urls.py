"""Every route of the site."""

from django.contrib import admin
from django.urls import include, path

from annotate.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
]
