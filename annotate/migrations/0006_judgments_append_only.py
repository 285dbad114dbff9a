"""Judgments and what they hold are only ever added; candidates stay as they were first shown."""

from django.db import migrations

TABLES = ("judgment", "rating", "comparison", "region", "reason")

GUARD = """
CREATE FUNCTION annotate_guard_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""

ATTACH = """
CREATE TRIGGER annotate_guard_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON annotate_{table} FOR EACH STATEMENT EXECUTE FUNCTION annotate_guard_append_only();
"""

FREEZE = """
CREATE FUNCTION annotate_guard_candidates() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tasks bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.task_id]
        WHEN 'DELETE' THEN ARRAY[OLD.task_id] ELSE ARRAY[OLD.task_id, NEW.task_id] END;
BEGIN
    IF EXISTS (SELECT 1 FROM annotate_assignment WHERE task_id = ANY(tasks)) THEN
        RAISE EXCEPTION 'candidates are frozen at the first assignment (tasks %)', tasks
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER annotate_guard_candidates BEFORE INSERT OR UPDATE OR DELETE
    ON annotate_candidate FOR EACH ROW EXECUTE FUNCTION annotate_guard_candidates();
"""

THAW = """
DROP TRIGGER annotate_guard_candidates ON annotate_candidate;
DROP FUNCTION annotate_guard_candidates;
"""

DETACH = "DROP TRIGGER annotate_guard_append_only ON annotate_{table};"
UNGUARD = "DROP FUNCTION annotate_guard_append_only;"


class Migration(migrations.Migration):
    dependencies = [("annotate", "0005_hot_path")]
    operations = [
        migrations.RunSQL(
            GUARD + "".join(ATTACH.format(table=table) for table in TABLES),
            "".join(DETACH.format(table=table) for table in TABLES) + UNGUARD,
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
