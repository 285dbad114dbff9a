"""A project's settings: read, changed all or none, remembered with who changed them."""

import pytest
from django.test import Client

from annotate.people.models import ApiToken, Role
from annotate.tasks.models import Project
from protocol.services import import_edition
from tests.annotate.people.cast import bearer, client_of, make_member
from tests.annotate.tasks.builders import make_project
from tests.protocol.builders import edition_text

pytestmark = pytest.mark.django_db
URL = "/api/v1/projects/edits/settings"
BEFORE = {
    "title": "edits",
    "state": "active",
    "overlap": 3,
    "lease_minutes": 30,
    "sweep": "dimension",
    "tie_break": False,
    "gold_rate": 0.0,
    "repeat_rate": 0.0,
    "repeat_distance": 20,
    "hint_policy": "none",
    "blind": True,
    "ground": "#6C6C6C",
    "show_size": False,
    "break_minutes": 50,
    "minimum_stage": 0,
    "mix_simulated": False,
    "protocol": "editreward@1",
}


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def lead(project):
    return make_member(project, Role.LEAD, "lena").user


def patch(user, **changes):
    return client_of(user).patch(URL, changes, content_type="application/json")


def test_it_works(lead):
    assert client_of(lead).get(URL).json() == BEFORE
    answer = patch(lead, overlap=5, title="Edits of May", tie_break=True, ground="#808080")
    assert answer.status_code == 200
    after = BEFORE | {
        "overlap": 5, "title": "Edits of May", "tie_break": True, "ground": "#808080",
    }  # fmt: skip
    assert answer.json() == after
    assert client_of(lead).get(URL).json() == after


def test_history_says_who_changed_what(lead, project):
    other = make_member(project, Role.ADMIN, "adam").user
    Project.objects.update(show_size=True)
    patch(lead, overlap=5, title="New")
    patch(other, overlap=2)
    page = client_of(lead).get(f"{URL}/history").json()
    assert [(entry["by"], entry["changes"]) for entry in page["results"]] == [
        ("adam", {"overlap": [5, 2]}),
        ("lena", {"title": ["edits", "New"], "overlap": [3, 5]}),
        (None, {"show_size": [False, True]}),
    ]
    assert page["next"] is None


def test_history_names_the_owner_of_a_token(lead, project):
    patch(lead, overlap=7)
    owner = make_member(project, Role.LEAD, "olga").user
    headers = bearer(owner, ApiToken.Scope.LEAD)
    answer = Client().patch(URL, {"overlap": 8}, content_type="application/json", headers=headers)
    assert answer.status_code == 200
    results = client_of(lead).get(f"{URL}/history").json()["results"]
    assert [entry["by"] for entry in results] == ["olga", "lena"]


def test_history_goes_on_over_pages(lead):
    for overlap in range(4, 9):
        patch(lead, overlap=overlap)
    url, seen = f"{URL}/history?page_size=2", []
    while url:
        page = client_of(lead).get(url).json()
        seen += [entry["changes"]["overlap"] for entry in page["results"]]
        url = page["next"]
    assert seen == [[7, 8], [6, 7], [5, 6], [4, 5], [3, 4]]


def test_history_takes_few_queries(lead, django_assert_num_queries):
    for overlap in range(4, 9):
        patch(lead, overlap=overlap)
    client = client_of(lead)
    with django_assert_num_queries(5):
        client.get(f"{URL}/history")


def test_what_changes_nothing_leaves_no_history(lead):
    assert patch(lead, overlap=3).status_code == 200
    assert client_of(lead).get(f"{URL}/history").json()["results"] == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"overlap": 0}, ("min_value", "overlap")),
        ({"overlap": 101}, ("max_value", "overlap")),
        ({"sweep": "sideways"}, ("invalid_choice", "sweep")),
        ({"ground": "#6c6c6c"}, ("invalid", "ground")),
        ({"gold_rate": 0.6}, ("max_value", "gold_rate")),
        ({"repeat_distance": 2**31}, ("max_value", "repeat_distance")),
        ({"title": ""}, ("blank", "title")),
        ({"state": "paused"}, ("unknown_field", "state")),
        ({"slug": "other"}, ("unknown_field", "slug")),
        ({"protocol": "editreward@9"}, ("unknown_version", "protocol")),
        ({"protocol": "editreward@x"}, ("unknown_version", "protocol")),
    ],
)
def test_bad_values_change_nothing(lead, changes, fault):
    answer = patch(lead, show_size=True, **changes)
    assert answer.status_code == 422
    assert [(each["code"], each["field"]) for each in answer.json()["faults"]] == [fault]
    assert client_of(lead).get(URL).json() == BEFORE


def test_a_new_version_of_the_protocol_is_adopted(lead):
    first = import_edition(text=edition_text(key="sample", number=1), publish=True)
    second = import_edition(text=edition_text(key="sample", number=2), publish=True)
    Project.objects.update(protocol_version=first)
    assert patch(lead, protocol="sample").json()["protocol"] == "sample@2"
    assert Project.objects.get().protocol_version == second
    (change,) = client_of(lead).get(f"{URL}/history?page_size=1").json()["results"]
    assert (change["by"], change["changes"]) == ("lena", {"protocol": ["sample@1", "sample@2"]})


@pytest.mark.parametrize(
    ("key", "publish", "code"),
    [("editreward", False, "draft_protocol"), ("sample", True, "other_protocol")],
)
def test_a_draft_or_another_protocol_is_not_adopted(lead, key, publish, code):
    version = import_edition(text=edition_text(key=key, number=8), publish=publish)
    answer = patch(lead, protocol=str(version), overlap=4)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert client_of(lead).get(URL).json() == BEFORE


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.SENIOR])
def test_annotators_see_no_settings(project, role):
    user = make_member(project, role).user
    assert client_of(user).get(URL).status_code == 403
    assert client_of(user).get(f"{URL}/history").status_code == 403
    assert patch(user, overlap=9).status_code == 403
    assert Project.objects.get().overlap == 3


def test_an_engineer_reads_and_does_not_change(project):
    user = make_member(project, Role.ENGINEER).user
    assert client_of(user).get(URL).json() == BEFORE
    assert patch(user, overlap=9).status_code == 403
    assert Project.objects.get().overlap == 3


def test_a_stranger_finds_nothing(project):
    user = make_member(make_project("other"), Role.LEAD).user
    assert client_of(user).get(URL).status_code == 404
    assert patch(user, overlap=9).status_code == 404
    assert Project.objects.get(slug="edits").overlap == 3


@pytest.mark.parametrize("state", ["paused", "archived", "active"])
def test_the_state_is_changed(lead, state):
    url = "/api/v1/projects/edits/state"
    answer = client_of(lead).post(url, {"state": state}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"state": state})
    assert Project.objects.get().state == state


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.ENGINEER])
def test_the_state_is_the_leads(project, role):
    client = client_of(make_member(project, role).user)
    url = "/api/v1/projects/edits/state"
    answer = client.post(url, {"state": "paused"}, content_type="application/json")
    assert answer.status_code == 403
    assert Project.objects.get().state == "active"
