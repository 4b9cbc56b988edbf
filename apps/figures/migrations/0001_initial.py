import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organizations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='organizations.organization', verbose_name='党组织')),
                ('rule', models.CharField(help_text='编号，例如 MEET-02', max_length=40, verbose_name='规定')),
                ('period', models.CharField(help_text='2026-10、2026-Q4 或 2026', max_length=7, verbose_name='哪一期')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='准许的人')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='准许时间')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='收回时间')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收回的人')),
                ('revoke_reason', models.CharField(blank=True, max_length=200, verbose_name='收回原因')),
            ],
            options={
                'verbose_name': '免办',
                'verbose_name_plural': '免办',
                'ordering': ['-made_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('organization', 'rule', 'period'), name='waiver_once', violation_error_message='这一项已经准许免办了。'), models.CheckConstraint(condition=models.Q(models.Q(('revoke_reason', ''), ('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False), models.Q(('revoke_reason', ''), _negated=True)), _connector='OR'), name='waiver_revoked_by_somebody_for_a_reason')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "figures_waiverevent" ("author_id", "id", "made_at", "organization_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revoke_reason", "revoked_at", "revoked_by_id", "rule") SELECT new_values."author_id", new_values."id", new_values."made_at", new_values."organization_id", new_values."period", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."revoke_reason", new_values."revoked_at", new_values."revoked_by_id", new_values."rule" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ec59c64e43422bcec6875efed75ed58682abe946', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4d492', referencing='REFERENCING NEW TABLE AS new_values ', table='figures_waiver', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "figures_waiverevent" ("author_id", "id", "made_at", "organization_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revoke_reason", "revoked_at", "revoked_by_id", "rule") SELECT new_values."author_id", new_values."id", new_values."made_at", new_values."organization_id", new_values."period", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."revoke_reason", new_values."revoked_at", new_values."revoked_by_id", new_values."rule" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0e68ee66fa450e3a896ce64dbcbc1e5fd2c2acd7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d9aa0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='figures_waiver', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "figures_waiverevent" ("author_id", "id", "made_at", "organization_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revoke_reason", "revoked_at", "revoked_by_id", "rule") SELECT old_values."author_id", old_values."id", old_values."made_at", old_values."organization_id", old_values."period", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."revoke_reason", old_values."revoked_at", old_values."revoked_by_id", old_values."rule" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='72fb1538b0178baf98f647e74b33d890a790f1af', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1376b', referencing='REFERENCING OLD TABLE AS old_values ', table='figures_waiver', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='WaiverEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='figures.waiver')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='党组织')),
                ('rule', models.CharField(help_text='编号，例如 MEET-02', max_length=40, verbose_name='规定')),
                ('period', models.CharField(help_text='2026-10、2026-Q4 或 2026', max_length=7, verbose_name='哪一期')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('author', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='准许的人')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='准许时间')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='收回时间')),
                ('revoked_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收回的人')),
                ('revoke_reason', models.CharField(blank=True, max_length=200, verbose_name='收回原因')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6fc1a26941f2398180db527f3887f6bdc7ce990d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3a2df', table='figures_waiverevent', when='BEFORE'))],
            },
        ),
    ]
