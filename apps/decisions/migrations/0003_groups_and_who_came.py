"""A group's matter names the group's record; who came to a sitting; corrections are followed in the database."""

from importlib import import_module

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FORMER = import_module("apps.decisions.migrations.0002_published")
STEPS = FORMER.STEPS
GROUP_NAME = "coalesce(registered.name, decision.group_name) AS group_name"
OF_GROUP = "LEFT JOIN organizations_villagersgroup registered ON registered.id = decision.group_id"
DECISIONS = FORMER.DECISIONS.replace("decision.group_name", GROUP_NAME) + OF_GROUP
DROP = "DROP VIEW decisions_public_step; DROP VIEW decisions_public_decision"
# The state to which a publication has come, by its corrections.
STANDING = """
CREATE FUNCTION decisions_standing(bigint) RETURNS varchar LANGUAGE sql STABLE AS $$
    WITH RECURSIVE version AS (
        SELECT id, state FROM disclosure_publication WHERE id = $1
        UNION ALL
        SELECT later.id, later.state
        FROM version JOIN disclosure_publication later ON later.replaces_id = version.id
        WHERE version.state = 'replaced'
    )
    SELECT state FROM version WHERE state <> 'replaced'
$$
"""
# What was written as text before is the group of that name, where the village has registered it.
REGISTERED = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE decisions_fourstepdecision SET group_name = '' WHERE kind <> 'group' AND group_name <> '';
UPDATE decisions_fourstepdecision decision SET group_id = registered.id, group_name = ''
FROM organizations_villagersgroup registered
WHERE registered.village_id = decision.village_id AND registered.ended_on IS NULL
  AND registered.name = decision.group_name AND decision.kind = 'group';
SET CONSTRAINTS ALL DEFERRED
"""
UNREGISTERED = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE decisions_fourstepdecision decision SET group_name = left(registered.name, 32), group_id = NULL
FROM organizations_villagersgroup registered WHERE registered.id = decision.group_id;
SET CONSTRAINTS ALL DEFERRED
"""


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0002_published'),
        ('disclosure', '0002_published'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(STANDING, "DROP FUNCTION decisions_standing(bigint)"),
        migrations.RunSQL(DROP, [FORMER.DECISIONS, STEPS]),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decisionstep',
            name='only_the_last_goes',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decisionstep',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decisionstep',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decisionstep',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fourstepdecision',
            name='decided_stays',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fourstepdecision',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fourstepdecision',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fourstepdecision',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='fourstepdecision',
            name='decision_names_its_group',
        ),
        migrations.AddField(
            model_name='decisionstep',
            name='from_township',
            field=models.CharField(blank=True, max_length=100, verbose_name='乡镇参会人员'),
        ),
        migrations.AddField(
            model_name='decisionstep',
            name='names',
            field=models.CharField(blank=True, max_length=500, verbose_name='参会人员'),
        ),
        migrations.AddField(
            model_name='decisionstepevent',
            name='from_township',
            field=models.CharField(blank=True, max_length=100, verbose_name='乡镇参会人员'),
        ),
        migrations.AddField(
            model_name='decisionstepevent',
            name='names',
            field=models.CharField(blank=True, max_length=500, verbose_name='参会人员'),
        ),
        migrations.AddField(
            model_name='fourstepdecision',
            name='event',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='disclosure.disclosureevent', verbose_name='要公开的事'),
        ),
        migrations.AddField(
            model_name='fourstepdecision',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='organizations.villagersgroup', verbose_name='登记的村民小组'),
        ),
        migrations.AddField(
            model_name='fourstepdecisionevent',
            name='event',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='disclosure.disclosureevent', verbose_name='要公开的事'),
        ),
        migrations.AddField(
            model_name='fourstepdecisionevent',
            name='group',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.villagersgroup', verbose_name='登记的村民小组'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionstep',
            trigger=pgtrigger.compiler.Trigger(name='only_the_last_goes', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM decisions_decisionstep WHERE decision_id = OLD.decision_id AND id > OLD.id) THEN\n        RAISE EXCEPTION 'step % has steps after it', OLD.id USING ERRCODE = 'check_violation';\n    END IF;\n    IF EXISTS (SELECT 1 FROM decisions_fourstepdecision decision\n               WHERE decision.id = OLD.decision_id\n                 AND (decisions_standing(decision.resolution_id) NOT IN ('draft', 'objected', 'withdrawn')\n                      OR decisions_standing(decision.result_id) NOT IN ('draft', 'objected', 'withdrawn'))) THEN\n        RAISE EXCEPTION 'a publication of decision % is on its way', OLD.decision_id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF EXISTS (SELECT 1 FROM decisions_project\n               WHERE decision_id = OLD.decision_id AND contract_on IS NOT NULL) THEN\n        RAISE EXCEPTION 'the project of decision % is contracted', OLD.decision_id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN OLD;\n", hash='aef1215c940f63c2b664cf3e7267e139c86a61df', operation='DELETE', pgid='pgtrigger_only_the_last_goes_6a80d', table='decisions_decisionstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "decisions_decisionstepevent" ("abstained", "against", "authorization", "body", "chair", "counted_by", "decision_id", "expected", "from_township", "held_on", "id", "in_favour", "meeting_id", "merged", "names", "note", "notified_on", "passed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "present", "recorded_at", "rule", "stage", "verdict", "whole") SELECT new_values."abstained", new_values."against", new_values."authorization", new_values."body", new_values."chair", new_values."counted_by", new_values."decision_id", new_values."expected", new_values."from_township", new_values."held_on", new_values."id", new_values."in_favour", new_values."meeting_id", new_values."merged", new_values."names", new_values."note", new_values."notified_on", new_values."passed", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."present", new_values."recorded_at", new_values."rule", new_values."stage", new_values."verdict", new_values."whole" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ed54f0aa35a89857c7d25ce3c595abeb253deed2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6adba', referencing='REFERENCING NEW TABLE AS new_values ', table='decisions_decisionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "decisions_decisionstepevent" ("abstained", "against", "authorization", "body", "chair", "counted_by", "decision_id", "expected", "from_township", "held_on", "id", "in_favour", "meeting_id", "merged", "names", "note", "notified_on", "passed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "present", "recorded_at", "rule", "stage", "verdict", "whole") SELECT new_values."abstained", new_values."against", new_values."authorization", new_values."body", new_values."chair", new_values."counted_by", new_values."decision_id", new_values."expected", new_values."from_township", new_values."held_on", new_values."id", new_values."in_favour", new_values."meeting_id", new_values."merged", new_values."names", new_values."note", new_values."notified_on", new_values."passed", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."present", new_values."recorded_at", new_values."rule", new_values."stage", new_values."verdict", new_values."whole" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='12a5d786575ff2741bebe11c5352a2da66b51b3d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c43a0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='decisions_decisionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "decisions_decisionstepevent" ("abstained", "against", "authorization", "body", "chair", "counted_by", "decision_id", "expected", "from_township", "held_on", "id", "in_favour", "meeting_id", "merged", "names", "note", "notified_on", "passed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "present", "recorded_at", "rule", "stage", "verdict", "whole") SELECT old_values."abstained", old_values."against", old_values."authorization", old_values."body", old_values."chair", old_values."counted_by", old_values."decision_id", old_values."expected", old_values."from_township", old_values."held_on", old_values."id", old_values."in_favour", old_values."meeting_id", old_values."merged", old_values."names", old_values."note", old_values."notified_on", old_values."passed", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."present", old_values."recorded_at", old_values."rule", old_values."stage", old_values."verdict", old_values."whole" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4d991fa37ffd39af7d778d177cb0cd8ec97ace69', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9debc', referencing='REFERENCING OLD TABLE AS old_values ', table='decisions_decisionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fourstepdecision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "decisions_fourstepdecisionevent" ("content", "created_at", "drop_reason", "event_id", "group_id", "group_name", "id", "kind", "matter", "motion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_id", "result_id", "result_on", "result_words", "title", "version", "village_id") SELECT new_values."content", new_values."created_at", new_values."drop_reason", new_values."event_id", new_values."group_id", new_values."group_name", new_values."id", new_values."kind", new_values."matter", new_values."motion", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."resolution_id", new_values."result_id", new_values."result_on", new_values."result_words", new_values."title", new_values."version", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5b0bb2747e2a6478b80de7da35604664e6a784e4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e5679', referencing='REFERENCING NEW TABLE AS new_values ', table='decisions_fourstepdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fourstepdecision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "decisions_fourstepdecisionevent" ("content", "created_at", "drop_reason", "event_id", "group_id", "group_name", "id", "kind", "matter", "motion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_id", "result_id", "result_on", "result_words", "title", "version", "village_id") SELECT new_values."content", new_values."created_at", new_values."drop_reason", new_values."event_id", new_values."group_id", new_values."group_name", new_values."id", new_values."kind", new_values."matter", new_values."motion", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."resolution_id", new_values."result_id", new_values."result_on", new_values."result_words", new_values."title", new_values."version", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c266cf007de41d9a33abe43ac3466bf6e41d6671', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_77c6c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='decisions_fourstepdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fourstepdecision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "decisions_fourstepdecisionevent" ("content", "created_at", "drop_reason", "event_id", "group_id", "group_name", "id", "kind", "matter", "motion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_id", "result_id", "result_on", "result_words", "title", "version", "village_id") SELECT old_values."content", old_values."created_at", old_values."drop_reason", old_values."event_id", old_values."group_id", old_values."group_name", old_values."id", old_values."kind", old_values."matter", old_values."motion", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."resolution_id", old_values."result_id", old_values."result_on", old_values."result_words", old_values."title", old_values."version", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2b3162d2a3f161c2e2c9620e554581a99821fb4c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ec1d4', referencing='REFERENCING OLD TABLE AS old_values ', table='decisions_fourstepdecision', when='AFTER')),
        ),
        migrations.RunSQL(REGISTERED, UNREGISTERED),
        migrations.AddConstraint(
            model_name='fourstepdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', False), ('group_name', ''), ('kind', 'group')), models.Q(('group', None), ('kind', 'group'), models.Q(('group_name', ''), _negated=True)), models.Q(models.Q(('kind', 'group'), _negated=True), ('group', None), ('group_name', '')), _connector='OR'), name='decision_names_its_group', violation_error_message='请写明是哪个村民小组。'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fourstepdecision',
            trigger=pgtrigger.compiler.Trigger(name='decided_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF (NEW.village_id, NEW.title, NEW.content, NEW.kind, NEW.matter, NEW.group_id, NEW.group_name)\n        IS DISTINCT FROM\n        (OLD.village_id, OLD.title, OLD.content, OLD.kind, OLD.matter, OLD.group_id, OLD.group_name)\n       AND EXISTS (SELECT 1 FROM decisions_decisionstep WHERE decision_id = NEW.id AND passed AND stage = 4)\n    THEN\n        RAISE EXCEPTION 'decision % was decided', NEW.id USING ERRCODE = 'check_violation';\n    END IF;\n    IF NEW.resolution_id IS NOT NULL AND OLD.resolution_id IS DISTINCT FROM NEW.resolution_id\n       AND NOT EXISTS (SELECT 1 FROM decisions_decisionstep\n                       WHERE decision_id = NEW.id AND passed AND stage = 4) THEN\n        RAISE EXCEPTION 'decision % was not decided', NEW.id USING ERRCODE = 'check_violation';\n    END IF;\n    IF NEW.result_id IS NOT NULL AND OLD.result_id IS DISTINCT FROM NEW.result_id\n       AND decisions_standing(NEW.resolution_id) IS DISTINCT FROM 'published' THEN\n        RAISE EXCEPTION 'the resolution of decision % is not public', NEW.id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='6268e9efa26969b49aa2d9e96873f21190ff9fd5', operation='UPDATE', pgid='pgtrigger_decided_stays_f53f3', table='decisions_fourstepdecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fourstepdecision',
            trigger=pgtrigger.compiler.Trigger(name='group_of_the_village', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.group_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM organizations_villagersgroup\n        WHERE id = NEW.group_id AND village_id = NEW.village_id) THEN\n        RAISE EXCEPTION 'the group of decision % is of another village', NEW.id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='8b70c854150ff0b1b53587db9b0386dfee2dda10', operation='INSERT OR UPDATE', pgid='pgtrigger_group_of_the_village_8d951', table='decisions_fourstepdecision', when='BEFORE')),
        ),
        migrations.RunSQL([DECISIONS, STEPS], DROP),
    ]
