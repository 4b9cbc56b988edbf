import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=40, verbose_name='县')),
                ('rule', models.CharField(help_text='编号，例如 MEET-05 或 MEET-06/deviation', max_length=40, verbose_name='规定')),
                ('value', models.PositiveIntegerField(verbose_name='本县的数')),
                ('since', models.DateField(verbose_name='从哪天起')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='设置的人')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='设置时间')),
            ],
            options={
                'verbose_name': '本县设置',
                'verbose_name_plural': '本县设置',
                'ordering': ['county', 'since', 'id'],
                'indexes': [models.Index(fields=['county', 'since'], name='regulations_county_a87d06_idx')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='172b211b100bde0f810380c02ff6ec455da8ff5c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ce5c6', table='regulations_ruleoverride', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regulations_ruleoverrideevent" ("author_id", "county", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "rule", "since", "value") SELECT new_values."author_id", new_values."county", new_values."id", new_values."made_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."rule", new_values."since", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb76ea577943deb321bda6b55ee9ce66fde318f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_97f06', referencing='REFERENCING NEW TABLE AS new_values ', table='regulations_ruleoverride', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regulations_ruleoverrideevent" ("author_id", "county", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "rule", "since", "value") SELECT new_values."author_id", new_values."county", new_values."id", new_values."made_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."rule", new_values."since", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e3473b10ee94a7960f1d1630d3e63bbf35d10012', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a8b4a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='regulations_ruleoverride', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regulations_ruleoverrideevent" ("author_id", "county", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "rule", "since", "value") SELECT old_values."author_id", old_values."county", old_values."id", old_values."made_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."rule", old_values."since", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e39cf474baac231d3ec8362bb985d37213dcba53', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_047a9', referencing='REFERENCING OLD TABLE AS old_values ', table='regulations_ruleoverride', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RuleOverrideEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='regulations.ruleoverride')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('county', models.CharField(max_length=40, verbose_name='县')),
                ('rule', models.CharField(help_text='编号，例如 MEET-05 或 MEET-06/deviation', max_length=40, verbose_name='规定')),
                ('value', models.PositiveIntegerField(verbose_name='本县的数')),
                ('since', models.DateField(verbose_name='从哪天起')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('author', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='设置的人')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='设置时间')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='acc257bd30ab6e34ff32b13766de8f564ff90aca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_103b8', table='regulations_ruleoverrideevent', when='BEFORE'))],
            },
        ),
    ]
