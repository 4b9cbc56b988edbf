"""Orders that were taken back, and since when a village on the public side is gone."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# The view once more, with a column at its end.
VILLAGES = """
CREATE OR REPLACE VIEW disclosure_public_village AS
SELECT village.id, party.code, village.name, party.path AS place,
       coalesce(township.code, '') AS township_code, coalesce(township.name, '') AS township,
       county.name AS county, village.finance_monthly, village.since, party.dissolved_on
FROM organizations_village village
JOIN organizations_organization party ON party.id = village.organization_id
JOIN organizations_organization county ON county.path = split_part(party.path, '/', 1) || '/'
LEFT JOIN organizations_organization township
    ON township.path = split_part(party.path, '/', 1) || '/' || split_part(party.path, '/', 2) || '/'
    AND township.id <> party.id
WHERE party.dissolved_on IS NULL
   OR EXISTS (SELECT 1 FROM disclosure_publication publication
              WHERE publication.village_id = village.id AND publication.chain_number IS NOT NULL
                AND publication.audience = 'public')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0005_when_it_changed'),
        ('organizations', '0002_village_since'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='order',
            name='order_answered_stays',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='order',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='order',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='order',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_once_for_a_period',
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_once_for_an_event',
        ),
        migrations.AddField(
            model_name='order',
            name='cancel_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='撤销的原因'),
        ),
        migrations.AddField(
            model_name='orderevent',
            name='cancel_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='撤销的原因'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_answered_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answered_by_id" IS NOT NULL OR NOT (OLD."cancel_reason" = \'\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b0e17e642036dfb20040672f3bc2adba997c3922', operation='UPDATE', pgid='pgtrigger_order_answered_stays_2eb77', table='disclosure_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_orderevent" ("answered_by_id", "answered_on", "cancel_reason", "due_on", "event_id", "first_on", "id", "item", "item_title", "last_on", "ordered_at", "ordered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "village_id") SELECT new_values."answered_by_id", new_values."answered_on", new_values."cancel_reason", new_values."due_on", new_values."event_id", new_values."first_on", new_values."id", new_values."item", new_values."item_title", new_values."last_on", new_values."ordered_at", new_values."ordered_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='930d4bdb762031471ae8707f9bc242e3ecf059cd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a9916', referencing='REFERENCING NEW TABLE AS new_values ', table='disclosure_order', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_orderevent" ("answered_by_id", "answered_on", "cancel_reason", "due_on", "event_id", "first_on", "id", "item", "item_title", "last_on", "ordered_at", "ordered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "village_id") SELECT new_values."answered_by_id", new_values."answered_on", new_values."cancel_reason", new_values."due_on", new_values."event_id", new_values."first_on", new_values."id", new_values."item", new_values."item_title", new_values."last_on", new_values."ordered_at", new_values."ordered_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e519c46a0d92500cb017415e2a2499c05a6ef7a9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6f491', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='disclosure_order', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_orderevent" ("answered_by_id", "answered_on", "cancel_reason", "due_on", "event_id", "first_on", "id", "item", "item_title", "last_on", "ordered_at", "ordered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "village_id") SELECT old_values."answered_by_id", old_values."answered_on", old_values."cancel_reason", old_values."due_on", old_values."event_id", old_values."first_on", old_values."id", old_values."item", old_values."item_title", old_values."last_on", old_values."ordered_at", old_values."ordered_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='80d474dff8fc9607ae5f4d0ef88f7baa82006519', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d69d7', referencing='REFERENCING OLD TABLE AS old_values ', table='disclosure_order', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), ('cancel_reason', ''), _connector='OR'), name='order_answered_or_taken_back'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_by', None), ('cancel_reason', ''), ('event', None)), fields=('village', 'item', 'last_on'), name='order_once_for_a_period', violation_error_message='这一项已经责令过，还没有公布，不用再责令一次。'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_by', None), ('cancel_reason', '')), fields=('event',), name='order_once_for_an_event', violation_error_message='这件事已经责令过，还没有公布，不用再责令一次。'),
        ),
        migrations.RunSQL(VILLAGES, migrations.RunSQL.noop),
    ]
