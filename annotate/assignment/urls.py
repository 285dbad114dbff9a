"""Routes of assignments below /api/v1/, and of their images."""

from django.urls import path

from annotate.assignment import api, api_rounds

urlpatterns = [
    path("projects/<slug:slug>/assignments", api.ClaimView.as_view(), name="claim"),
    path("projects/<slug:slug>/protocol", api_rounds.AdoptionView.as_view(), name="protocol"),
    path("assignments/<uuid:assignment>/draft", api.DraftView.as_view(), name="draft"),
    path("assignments/<uuid:assignment>/renew", api.RenewView.as_view(), name="renew"),
    path("assignments/<uuid:assignment>/release", api.ReleaseView.as_view(), name="release"),
]

image_patterns = [
    path("i/<uuid:assignment>/<str:token>", api.ImageView.as_view(), name="image"),
]
