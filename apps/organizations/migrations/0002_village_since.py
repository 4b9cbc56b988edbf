"""From when each village is asked to publish here."""

import apps.core.calendar
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='village',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='village',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='village',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='village',
            name='since',
            field=models.DateField(default=apps.core.calendar.today, help_text='这一天以前就结束的那些期，系统不催；以前公布过的可以补录', verbose_name='从哪天起在这里公开'),
        ),
        migrations.AddField(
            model_name='villageevent',
            name='since',
            field=models.DateField(default=apps.core.calendar.today, help_text='这一天以前就结束的那些期，系统不催；以前公布过的可以补录', verbose_name='从哪天起在这里公开'),
        ),
        # Who was registered before was asked from the law's first day on; no trigger writes history here.
        migrations.RunSQL("UPDATE organizations_village SET since = '2026-01-01'", migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='village',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organizations_villageevent" ("chairman", "economic_body", "finance_monthly", "households", "id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "since", "version") SELECT new_values."chairman", new_values."economic_body", new_values."finance_monthly", new_values."households", new_values."id", new_values."name", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."population", new_values."since", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='628d76909d4c892d915a113dac22d81996992a6d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9ac5f', referencing='REFERENCING NEW TABLE AS new_values ', table='organizations_village', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='village',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organizations_villageevent" ("chairman", "economic_body", "finance_monthly", "households", "id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "since", "version") SELECT new_values."chairman", new_values."economic_body", new_values."finance_monthly", new_values."households", new_values."id", new_values."name", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."population", new_values."since", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='335e2d064c62915ac05e470f3577f873e37d0486', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_48d2a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organizations_village', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='village',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organizations_villageevent" ("chairman", "economic_body", "finance_monthly", "households", "id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "since", "version") SELECT old_values."chairman", old_values."economic_body", old_values."finance_monthly", old_values."households", old_values."id", old_values."name", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."population", old_values."since", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='95fb88a0a12cabf6b04fd4277963c2c88d1f3d6c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_17db6', referencing='REFERENCING OLD TABLE AS old_values ', table='organizations_village', when='AFTER')),
        ),
    ]
