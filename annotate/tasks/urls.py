"""Routes of a project's settings and tasks, below /api/v1/."""

from django.urls import path

from annotate.tasks import api

urlpatterns = [
    path("projects/<slug:slug>/settings", api.SettingsView.as_view(), name="settings"),
    path(
        "projects/<slug:slug>/settings/history",
        api.SettingsHistoryView.as_view(),
        name="settings-history",
    ),
    path("projects/<slug:slug>/state", api.StateView.as_view(), name="state"),
    path("projects/<slug:slug>/tasks", api.TasksView.as_view(), name="tasks"),
    path("projects/<slug:slug>/tasks/<uuid:task>", api.TaskView.as_view(), name="task"),
]
