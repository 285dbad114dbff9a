"""Routes of my projects and of progress, below /api/v1/."""

from django.urls import path

from annotate.progress import api, api_examples, api_own

urlpatterns = [
    path("me/work", api_own.OwnWorkView.as_view(), name="my-work"),
    path("projects", api.ProjectsView.as_view(), name="projects"),
    path("projects/<slug:slug>", api.ProjectView.as_view(), name="project"),
    path(
        "projects/<slug:slug>/protocols/<slug:digest>",
        api.ProtocolView.as_view(),
        name="protocol-version",
    ),
    path(
        "projects/<slug:slug>/protocols/<slug:digest>/images/<slug:image>",
        api_examples.ExampleImageView.as_view(),
        name="example-image",
    ),
    path("projects/<slug:slug>/progress", api.ProgressView.as_view(), name="progress"),
    path("projects/<slug:slug>/annotators", api.AnnotatorsView.as_view(), name="annotators"),
]
