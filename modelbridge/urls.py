"""Routes of exports and jobs, below /api/v1/."""

from django.urls import path

from modelbridge import api

urlpatterns = [
    path("projects/<slug:slug>/exports", api.ExportsView.as_view(), name="exports"),
    path("projects/<slug:slug>/jobs", api.JobsView.as_view(), name="jobs"),
    path("exports/<uuid:export>", api.ExportView.as_view(), name="export"),
    path("exports/<uuid:export>/links", api.ExportLinksView.as_view(), name="export-links"),
    path("exports/<uuid:export>/cancel", api.CancelExportView.as_view(), name="export-cancel"),
    path("downloads/<str:token>", api.DownloadView.as_view(), name="export-download"),
]
