"""Pictures of examples are not emptied away either."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION protocol_guard_examples() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM protocol_exampleimage) THEN
        RAISE EXCEPTION 'images of a protocol are never deleted, by TRUNCATE neither'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER protocol_guard_examples BEFORE TRUNCATE ON protocol_exampleimage
    FOR EACH STATEMENT EXECUTE FUNCTION protocol_guard_examples();
"""

BACKWARD = """
DROP TRIGGER protocol_guard_examples ON protocol_exampleimage;
DROP FUNCTION protocol_guard_examples;
"""


class Migration(migrations.Migration):
    dependencies = [("protocol", "0003_example_images")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
