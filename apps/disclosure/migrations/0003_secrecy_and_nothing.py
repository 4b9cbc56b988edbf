"""Secrecy review of party affairs, a word that nothing happened, and from when a village is asked."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# The views once more, each with a column at its end.
VILLAGES = """
CREATE OR REPLACE VIEW disclosure_public_village AS
SELECT village.id, party.code, village.name, party.path AS place,
       coalesce(township.code, '') AS township_code, coalesce(township.name, '') AS township,
       county.name AS county, village.finance_monthly, village.since
FROM organizations_village village
JOIN organizations_organization party ON party.id = village.organization_id
JOIN organizations_organization county ON county.path = split_part(party.path, '/', 1) || '/'
LEFT JOIN organizations_organization township
    ON township.path = split_part(party.path, '/', 1) || '/' || split_part(party.path, '/', 2) || '/'
    AND township.id <> party.id
WHERE EXISTS (SELECT 1 FROM disclosure_publication publication
              WHERE publication.village_id = village.id AND publication.chain_number IS NOT NULL
                AND publication.audience = 'public')
"""
PUBLICATIONS = """
CREATE OR REPLACE VIEW disclosure_public_publication AS
SELECT publication.id, publication.village_id, item, first_on, last_on, title, state, revision, chain_number,
       published_at, withdraw_reason, checksum, previous_checksum,
       CASE WHEN state = 'withdrawn' THEN NULL ELSE content END AS content,
       coalesce(shown.kind, '') AS kind, item_title, event_id,
       coalesce(own.name, '') AS "group", publication.group_id AS group_number, publication.nothing
FROM disclosure_publication publication
LEFT JOIN disclosure_table shown ON shown.publication_id = publication.id
LEFT JOIN organizations_villagersgroup own ON own.id = publication.group_id
WHERE state IN ('published', 'replaced', 'withdrawn') AND audience = 'public'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_published'),
        ('organizations', '0002_village_since'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='publication',
            name='way_is_kept',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publication',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publication',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publication',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='publication',
            name='nothing',
            field=models.BooleanField(default=False, editable=False, help_text='这一期这一项没有发生什么', verbose_name='本期无发生'),
        ),
        migrations.AddField(
            model_name='publicationevent',
            name='nothing',
            field=models.BooleanField(default=False, editable=False, help_text='这一期这一项没有发生什么', verbose_name='本期无发生'),
        ),
        migrations.AlterField(
            model_name='deed',
            name='action',
            field=models.CharField(choices=[('propose', '送监委会审查'), ('object', '提出异议'), ('consent', '同意公布'), ('confirm', '登记联席会议决定'), ('publish', '公布'), ('file', '办理备案'), ('withdraw', '撤回'), ('clear', '保密审查：可以公开'), ('hold', '保密审查：不能公开'), ('replace', '更正')], max_length=12, verbose_name='步骤'),
        ),
        migrations.AlterField(
            model_name='deedevent',
            name='action',
            field=models.CharField(choices=[('propose', '送监委会审查'), ('object', '提出异议'), ('consent', '同意公布'), ('confirm', '登记联席会议决定'), ('publish', '公布'), ('file', '办理备案'), ('withdraw', '撤回'), ('clear', '保密审查：可以公开'), ('hold', '保密审查：不能公开'), ('replace', '更正')], max_length=12, verbose_name='步骤'),
        ),
        migrations.AlterField(
            model_name='publication',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('proposed', '待监委会审查'), ('objected', '有异议，待修改'), ('clearing', '待保密审查'), ('checked', '待联席会议确定'), ('confirmed', '待公布'), ('published', '已公布'), ('replaced', '已更正'), ('withdrawn', '已撤回')], default='draft', max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='publicationevent',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('proposed', '待监委会审查'), ('objected', '有异议，待修改'), ('clearing', '待保密审查'), ('checked', '待联席会议确定'), ('confirmed', '待公布'), ('published', '已公布'), ('replaced', '已更正'), ('withdrawn', '已撤回')], default='draft', max_length=10, verbose_name='状态'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='way_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE taken RECORD;', func="\n    IF TG_OP = 'INSERT' AND NEW.state <> 'draft' THEN\n        RAISE EXCEPTION 'a publication begins as a draft' USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'UPDATE' AND NEW.item <> OLD.item THEN\n        RAISE EXCEPTION 'publication % is of one item', NEW.id USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'UPDATE' AND NEW.state = 'published' AND OLD.state <> 'published' THEN\n        SELECT coalesce(max(id) FILTER (WHERE action = 'propose'), 0) AS proposed,\n               coalesce(max(id) FILTER (WHERE action = 'consent'), 0) AS consented,\n               coalesce(max(id) FILTER (WHERE action = 'clear'), 0) AS cleared\n        INTO taken FROM disclosure_deed WHERE publication_id = NEW.id;\n        IF OLD.state <> 'confirmed' OR taken.consented <= taken.proposed THEN\n            RAISE EXCEPTION 'publication % did not go through the supervision committee', NEW.id\n                USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.item LIKE 'P%' AND taken.cleared <= taken.consented THEN\n            RAISE EXCEPTION 'publication % was not looked at for secrets', NEW.id\n                USING ERRCODE = 'check_violation';\n        END IF;\n    END IF;\n    IF TG_OP = 'UPDATE' AND OLD.state IN ('published', 'replaced', 'withdrawn') AND (\n        NEW.state NOT IN ('published', 'replaced', 'withdrawn') OR NEW.content IS DISTINCT FROM OLD.content\n        OR NEW.checksum IS DISTINCT FROM OLD.checksum OR NEW.previous_checksum <> OLD.previous_checksum\n        OR NEW.chain_number IS DISTINCT FROM OLD.chain_number\n        OR NEW.published_at IS DISTINCT FROM OLD.published_at OR NEW.audience <> OLD.audience\n        OR NEW.nothing <> OLD.nothing\n    ) THEN\n        RAISE EXCEPTION 'publication % is public', NEW.id USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='a29b880c4499fe79017e957b4faf235dc59fa768', operation='INSERT OR UPDATE', pgid='pgtrigger_way_is_kept_19256', table='disclosure_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_publicationevent" ("accountant", "audience", "body", "chain_number", "checksum", "created_at", "director", "event_id", "first_on", "group_id", "id", "item", "item_title", "last_on", "nothing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_checksum", "published_at", "reason", "replaces_id", "revision", "state", "statement_id", "supervisor", "title", "version", "village_id", "withdraw_reason") SELECT new_values."accountant", new_values."audience", new_values."body", new_values."chain_number", new_values."checksum", new_values."created_at", new_values."director", new_values."event_id", new_values."first_on", new_values."group_id", new_values."id", new_values."item", new_values."item_title", new_values."last_on", new_values."nothing", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."previous_checksum", new_values."published_at", new_values."reason", new_values."replaces_id", new_values."revision", new_values."state", new_values."statement_id", new_values."supervisor", new_values."title", new_values."version", new_values."village_id", new_values."withdraw_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='28d59e065d6f16b166441cc31e43c6aa8d89c4e6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9d1a0', referencing='REFERENCING NEW TABLE AS new_values ', table='disclosure_publication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_publicationevent" ("accountant", "audience", "body", "chain_number", "checksum", "created_at", "director", "event_id", "first_on", "group_id", "id", "item", "item_title", "last_on", "nothing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_checksum", "published_at", "reason", "replaces_id", "revision", "state", "statement_id", "supervisor", "title", "version", "village_id", "withdraw_reason") SELECT new_values."accountant", new_values."audience", new_values."body", new_values."chain_number", new_values."checksum", new_values."created_at", new_values."director", new_values."event_id", new_values."first_on", new_values."group_id", new_values."id", new_values."item", new_values."item_title", new_values."last_on", new_values."nothing", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."previous_checksum", new_values."published_at", new_values."reason", new_values."replaces_id", new_values."revision", new_values."state", new_values."statement_id", new_values."supervisor", new_values."title", new_values."version", new_values."village_id", new_values."withdraw_reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accountant" IS DISTINCT FROM (new_values."accountant") OR old_values."audience" IS DISTINCT FROM (new_values."audience") OR old_values."body" IS DISTINCT FROM (new_values."body") OR old_values."chain_number" IS DISTINCT FROM (new_values."chain_number") OR old_values."checksum" IS DISTINCT FROM (new_values."checksum") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."director" IS DISTINCT FROM (new_values."director") OR old_values."event_id" IS DISTINCT FROM (new_values."event_id") OR old_values."first_on" IS DISTINCT FROM (new_values."first_on") OR old_values."group_id" IS DISTINCT FROM (new_values."group_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."item" IS DISTINCT FROM (new_values."item") OR old_values."item_title" IS DISTINCT FROM (new_values."item_title") OR old_values."last_on" IS DISTINCT FROM (new_values."last_on") OR old_values."nothing" IS DISTINCT FROM (new_values."nothing") OR old_values."previous_checksum" IS DISTINCT FROM (new_values."previous_checksum") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."replaces_id" IS DISTINCT FROM (new_values."replaces_id") OR old_values."revision" IS DISTINCT FROM (new_values."revision") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."statement_id" IS DISTINCT FROM (new_values."statement_id") OR old_values."supervisor" IS DISTINCT FROM (new_values."supervisor") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."village_id" IS DISTINCT FROM (new_values."village_id") OR old_values."withdraw_reason" IS DISTINCT FROM (new_values."withdraw_reason")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='600c117751fcc0eeaa234bb1d736e3230db0ea06', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1665f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='disclosure_publication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_publicationevent" ("accountant", "audience", "body", "chain_number", "checksum", "created_at", "director", "event_id", "first_on", "group_id", "id", "item", "item_title", "last_on", "nothing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_checksum", "published_at", "reason", "replaces_id", "revision", "state", "statement_id", "supervisor", "title", "version", "village_id", "withdraw_reason") SELECT old_values."accountant", old_values."audience", old_values."body", old_values."chain_number", old_values."checksum", old_values."created_at", old_values."director", old_values."event_id", old_values."first_on", old_values."group_id", old_values."id", old_values."item", old_values."item_title", old_values."last_on", old_values."nothing", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."previous_checksum", old_values."published_at", old_values."reason", old_values."replaces_id", old_values."revision", old_values."state", old_values."statement_id", old_values."supervisor", old_values."title", old_values."version", old_values."village_id", old_values."withdraw_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3624b62a998ae0569cd49ff373021c159e80be98', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9abee', referencing='REFERENCING OLD TABLE AS old_values ', table='disclosure_publication', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('nothing', False), models.Q(('event', None), ('item__startswith', 'V'), ('statement', None)), _connector='OR'), name='publication_nothing_of_a_period', violation_error_message='财务、党务和登记过的事，不能写成本期无发生。'),
        ),
        migrations.RunSQL(VILLAGES, migrations.RunSQL.noop),
        migrations.RunSQL(PUBLICATIONS, migrations.RunSQL.noop),
    ]
