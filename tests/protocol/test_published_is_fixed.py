"""A published version can't be changed or deleted, by SQL as the server's own user neither."""

import pytest
from django.db import IntegrityError, connection, transaction

from protocol.document import digest
from protocol.models import Protocol, ProtocolVersion
from protocol.services import import_edition
from tests.protocol.builders import edition_text

TABLE = "protocol_protocolversion"


@pytest.fixture
def published(db):
    return import_edition(text=edition_text(), publish=True)


@pytest.fixture
def draft(db):
    return import_edition(text=edition_text(key="other"))


def run(sql, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, parameters)
        return cursor.rowcount


def rows():
    return list(ProtocolVersion.objects.order_by("pk").values())


def refused(sql, *parameters):
    """The message of a refused statement, after which every row is as it was."""
    before = rows()
    with pytest.raises(IntegrityError) as refusal:
        run(sql, *parameters)
    assert rows() == before
    return str(refusal.value).split("\n")[0]


def test_it_works(published):
    message = f"a published protocol version never changes (id {published.pk})"
    assert refused(f"UPDATE {TABLE} SET number = 2") == message


@pytest.mark.parametrize(
    "change",
    [
        "document = replace(document, 'Title', 'Tattle')",
        "document = 'x', digest = encode(sha256('x'), 'hex')",
        "number = number + 1",
        "protocol_id = (SELECT max(id) FROM protocol_protocol)",
        "id = id + 1000",
        "created_at = created_at - interval '1 day'",
        "published_at = now() + interval '1 day'",
        "state = 'superseded', number = 9",
        "state = 'superseded', published_at = now() + interval '1 day'",
    ],
)
@pytest.mark.parametrize("state", ["published", "superseded"])
def test_update_is_refused(published, state, change):
    Protocol.objects.create(key="another")
    run(f"UPDATE {TABLE} SET state = %s", state)
    message = f"a published protocol version never changes (id {published.pk})"
    assert refused(f"UPDATE {TABLE} SET {change}") == message


@pytest.mark.parametrize("state", ["published", "superseded"])
def test_delete_is_refused(published, state):
    run(f"UPDATE {TABLE} SET state = %s", state)
    message = f"a published protocol version is never deleted (id {published.pk})"
    assert refused(f"DELETE FROM {TABLE}") == message


@pytest.mark.parametrize("sql", [f"TRUNCATE {TABLE} CASCADE", "TRUNCATE protocol_protocol CASCADE"])
@pytest.mark.parametrize("state", ["published", "superseded"])
def test_truncate_is_refused(published, state, sql):
    run(f"UPDATE {TABLE} SET state = %s", state)
    message = "published protocol versions are never deleted, by TRUNCATE neither"
    assert refused(sql) == message


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", [1, 2])
def test_it_holds_across_transactions(attempt):
    """Twice, so that the flush between tests with real transactions is proved to work."""
    assert rows() == []
    import_edition(text=edition_text(), publish=True)
    assert refused(f"DELETE FROM {TABLE}").startswith("a published protocol version is never")
    assert refused(f"TRUNCATE {TABLE} CASCADE").startswith("published protocol versions are never")


@pytest.mark.parametrize(
    ("old", "new"),
    [("published", "draft"), ("superseded", "published"), ("superseded", "draft")],
)
def test_state_never_moves_back(published, old, new):
    run(f"UPDATE {TABLE} SET state = %s", old)
    message = f"the state of a protocol version only moves forward (id {published.pk})"
    assert refused(f"UPDATE {TABLE} SET state = %s", new) == message


def test_state_moves_forward(published):
    assert run(f"UPDATE {TABLE} SET state = 'superseded'") == 1


def test_a_protocol_key_never_changes(published):
    before = list(Protocol.objects.values())
    message = "the key of a protocol never changes (sample)"
    assert refused("UPDATE protocol_protocol SET key = 'new'") == message
    assert list(Protocol.objects.values()) == before


def test_a_protocol_with_a_version_is_not_deleted(published):
    with pytest.raises(IntegrityError, match="violates foreign key constraint"):
        run("DELETE FROM protocol_protocol")
    assert Protocol.objects.count() == 1


def test_a_draft_may_change_and_go(draft):
    text = draft.document.replace("Title", "Tattle")
    assert run(f"UPDATE {TABLE} SET document = %s, digest = %s", text, digest(text)) == 1
    assert run(f"DELETE FROM {TABLE}") == 1


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("digest = repeat('a', 64)", "version_digest_of_document"),
        ("document = document || ' '", "version_digest_of_document"),
        ("state = 'published'", "version_published_at_of_state"),
        ("published_at = now()", "version_published_at_of_state"),
    ],
)
def test_a_draft_stays_sound(draft, change, constraint):
    assert f'"{constraint}"' in refused(f"UPDATE {TABLE} SET {change}")


def test_one_version_of_a_protocol_is_published(published):
    other = import_edition(text=edition_text(number=2))
    message = refused(
        f"UPDATE {TABLE} SET state = 'published', published_at = now() WHERE id = %s", other.pk
    )
    assert '"version_published_once"' in message
