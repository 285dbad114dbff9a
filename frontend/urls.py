"""The routes of the app, all served by the one shell."""

from django.urls import path

from frontend.views import shell

app_name = "frontend"
urlpatterns = [
    path("", shell, name="home"),
    path("work/<slug:slug>", shell, name="work"),
    path("p/<slug:slug>/<slug:section>", shell, name="lead"),
    path("help", shell, name="help"),
    path("accessibility", shell, name="accessibility"),
    path("account", shell, name="account"),
]
