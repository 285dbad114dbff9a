"""Pictures of examples; a content is what its digest says, and never changes or goes."""

from django.db import migrations, models

FORWARD = """
ALTER TABLE protocol_exampleimage
    ADD CONSTRAINT example_image_digest_of_content
        CHECK (sha256 = encode(sha256(content), 'hex'));
CREATE FUNCTION protocol_guard_example() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an image of a protocol is never changed or deleted (%)', OLD.sha256
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER protocol_guard_example BEFORE UPDATE OR DELETE ON protocol_exampleimage
    FOR EACH ROW EXECUTE FUNCTION protocol_guard_example();
"""

BACKWARD = """
DROP TRIGGER protocol_guard_example ON protocol_exampleimage;
DROP FUNCTION protocol_guard_example;
ALTER TABLE protocol_exampleimage DROP CONSTRAINT example_image_digest_of_content;
"""


class Migration(migrations.Migration):
    dependencies = [("protocol", "0002_published_is_fixed")]
    operations = [
        migrations.CreateModel(
            name="ExampleImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sha256",
                    models.CharField(help_text="of the content", max_length=64, unique=True),
                ),
                ("media_type", models.CharField(max_length=20)),
                ("content", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
