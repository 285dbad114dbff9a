"""Routes of accounts, members, invitations and tokens, below /api/v1/."""

from django.urls import path

from annotate.people import api, api_me

urlpatterns = [
    path("me", api_me.MeView.as_view(), name="me"),
    path("me/tokens", api_me.TokensView.as_view(), name="me-tokens"),
    path("me/tokens/<slug:token_id>", api_me.TokenView.as_view(), name="me-token"),
    path("projects/<slug:slug>/members", api.MembersView.as_view(), name="members"),
    path("projects/<slug:slug>/members/<uuid:member>", api.MemberView.as_view(), name="member"),
    path("projects/<slug:slug>/invitations", api.InvitationsView.as_view(), name="invitations"),
    path(
        "projects/<slug:slug>/invitations/<uuid:invitation>",
        api.InvitationView.as_view(),
        name="invitation-of-project",
    ),
]
