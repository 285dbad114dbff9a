"""Routes of judgments and exclusions, below /api/v1/."""

from django.urls import path

from annotate.judgments import api

urlpatterns = [
    path("assignments/<uuid:assignment>/judgment", api.SubmitView.as_view(), name="submit"),
    path("me/judgments", api.MyJudgmentsView.as_view(), name="my-judgments"),
    path("judgments/<uuid:submission_id>/amend", api.AmendView.as_view(), name="amend"),
    path("projects/<slug:slug>/exclusions", api.ExclusionsView.as_view(), name="exclusions"),
    path(
        "projects/<slug:slug>/exclusions/<uuid:exclusion>/end",
        api.EndExclusionView.as_view(),
        name="end-exclusion",
    ),
]
