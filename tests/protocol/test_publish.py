"""Draft -> published -> superseded, and which version is a protocol's default."""

from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connection

from protocol import selectors
from protocol.edition import EditionError
from protocol.models import Protocol, ProtocolVersion
from protocol.selectors import MissingVersionError, get_version, parsed
from protocol.services import (
    NumberTakenError,
    import_edition,
    import_shipped,
    publish_version,
)
from tests.protocol.builders import edition_text


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch):
    monkeypatch.setattr(selectors, "_parsed", {})


def states():
    return {str(version): version.state for version in ProtocolVersion.objects.all()}


def test_it_works(db):
    version = import_edition(text=edition_text())
    assert (str(version), version.state, version.published_at) == ("sample@1", "draft", None)
    again = publish_version(version=version)
    assert again.state == "published"
    assert again.published_at is not None
    assert get_version(key="sample") == version


def test_importing_twice_adds_nothing(db):
    first = import_edition(text=edition_text(), publish=True)
    second = import_edition(text="# the same text\n" + edition_text(), publish=True)
    assert (second.pk, second.published_at) == (first.pk, first.published_at)
    assert (Protocol.objects.count(), ProtocolVersion.objects.count()) == (1, 1)


def test_a_draft_can_be_published_by_importing_it_again(db):
    import_edition(text=edition_text())
    assert import_edition(text=edition_text(), publish=True).state == "published"
    assert states() == {"sample@1": "published"}


@pytest.mark.parametrize("publish", [True, False])
def test_another_text_under_the_same_number_is_refused(db, publish):
    version = import_edition(text=edition_text(), publish=publish)
    before = list(ProtocolVersion.objects.values())
    with pytest.raises(NumberTakenError) as refusal:
        import_edition(text=edition_text(guideline="Look away."), publish=True)
    assert str(refusal.value).startswith(
        f"sample@1 is held already with another text (digest {version.digest}, this one "
    )
    assert str(refusal.value).endswith("; give the changed text the next number")
    assert list(ProtocolVersion.objects.values()) == before


def test_a_faulty_edition_stores_nothing(db):
    with pytest.raises(EditionError):
        import_edition(text=edition_text(dimensions=9), publish=True)
    assert (Protocol.objects.count(), ProtocolVersion.objects.count()) == (0, 0)


def test_a_newer_version_supersedes_the_older(db):
    for number in (1, 2, 3):
        import_edition(text=edition_text(number=number), publish=number < 3)
    assert states() == {"sample@1": "superseded", "sample@2": "published", "sample@3": "draft"}
    assert get_version(key="sample").number == 2


def test_an_older_version_does_not_displace_the_newer(db):
    import_edition(text=edition_text(number=2), publish=True)
    older = import_edition(text=edition_text(number=1), publish=True)
    assert older.published_at is not None
    assert states() == {"sample@1": "superseded", "sample@2": "published"}


def test_protocols_do_not_touch_each_other(db):
    import_edition(text=edition_text(), publish=True)
    import_edition(text=edition_text(key="other", number=2), publish=True)
    assert states() == {"sample@1": "published", "other@2": "published"}


def test_state_has_a_history(db):
    import_edition(text=edition_text(), publish=True)
    import_edition(text=edition_text(number=2), publish=True)
    events = apps.get_model("protocol", "VersionEvent").objects.filter(pgh_obj__number=1)
    assert list(events.order_by("pgh_id").values_list("state", flat=True)) == [
        "draft",
        "published",
        "superseded",
    ]


def test_shipped_editions_are_published(db):
    assert import_shipped(key="editreward") == import_shipped(key="editreward", number=2)
    import_shipped(key="quick_check")
    assert states() == {"editreward@2": "published", "quick_check@1": "published"}
    assert parsed(get_version(key="editreward").pk).key == "editreward"


def test_a_missing_version_is_refused_with_those_that_are_held(db):
    import_edition(text=edition_text())
    with pytest.raises(MissingVersionError) as refusal:
        get_version(key="sample")
    message = "there is no published version of sample; the database holds: sample@1 (draft)"
    assert str(refusal.value) == message
    with pytest.raises(MissingVersionError) as refusal:
        get_version(key="nothing", number=3)
    assert str(refusal.value) == "there is no nothing@3; the database holds: none of it"


def test_a_published_document_is_read_once(db, django_assert_num_queries):
    version = import_edition(text=edition_text(), publish=True)
    with django_assert_num_queries(1):
        assert parsed(version.pk) is parsed(version.pk)


def test_a_draft_is_read_each_time(db, django_assert_num_queries):
    version = import_edition(text=edition_text())
    with django_assert_num_queries(2):
        assert parsed(version.pk) == parsed(version.pk)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_version():
    barrier, made = Barrier(6), []

    def bring():
        try:
            barrier.wait()
            made.append(import_edition(text=edition_text(), publish=True).pk)
        finally:
            connection.close()

    threads = [Thread(target=bring) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [ProtocolVersion.objects.get().pk] * 6
