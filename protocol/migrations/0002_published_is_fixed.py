"""Published versions can't be changed or deleted, by SQL neither; a digest is that of its text."""

from django.db import migrations

FORWARD = """
ALTER TABLE protocol_protocolversion
    ADD CONSTRAINT version_digest_of_document
        CHECK (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
    ADD CONSTRAINT version_published_at_of_state
        CHECK ((state = 'draft') = (published_at IS NULL)),
    ADD CONSTRAINT version_state_known
        CHECK (state IN ('draft', 'published', 'superseded'));
CREATE UNIQUE INDEX version_published_once
    ON protocol_protocolversion (protocol_id) WHERE state = 'published';

CREATE FUNCTION protocol_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    states CONSTANT text[] := ARRAY['draft', 'published', 'superseded'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'a published protocol version is never deleted (id %)', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF array_position(states, NEW.state::text) < array_position(states, OLD.state::text) THEN
        RAISE EXCEPTION 'the state of a protocol version only moves forward (id %)', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'draft'
        AND to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state' THEN
        RAISE EXCEPTION 'a published protocol version never changes (id %)', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER protocol_guard_version BEFORE UPDATE OR DELETE ON protocol_protocolversion
    FOR EACH ROW EXECUTE FUNCTION protocol_guard_version();

CREATE FUNCTION protocol_guard_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM protocol_protocolversion WHERE state <> 'draft') THEN
        RAISE EXCEPTION 'published protocol versions are never deleted, by TRUNCATE neither'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER protocol_guard_truncate BEFORE TRUNCATE ON protocol_protocolversion
    FOR EACH STATEMENT EXECUTE FUNCTION protocol_guard_truncate();

CREATE FUNCTION protocol_guard_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.key <> OLD.key THEN
        RAISE EXCEPTION 'the key of a protocol never changes (%)', OLD.key
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER protocol_guard_key BEFORE UPDATE ON protocol_protocol
    FOR EACH ROW EXECUTE FUNCTION protocol_guard_key();
"""

BACKWARD = """
DROP TRIGGER protocol_guard_key ON protocol_protocol;
DROP FUNCTION protocol_guard_key;
DROP TRIGGER protocol_guard_truncate ON protocol_protocolversion;
DROP FUNCTION protocol_guard_truncate;
DROP TRIGGER protocol_guard_version ON protocol_protocolversion;
DROP FUNCTION protocol_guard_version;
DROP INDEX version_published_once;
ALTER TABLE protocol_protocolversion
    DROP CONSTRAINT version_state_known,
    DROP CONSTRAINT version_published_at_of_state,
    DROP CONSTRAINT version_digest_of_document;
"""


class Migration(migrations.Migration):
    dependencies = [("protocol", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
