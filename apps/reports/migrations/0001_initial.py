import apps.core.fields
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
            name='MonthlyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='monthly_reports', to='organizations.organization', verbose_name='党组织')),
                ('month', apps.core.fields.MonthField(verbose_name='月份')),
                ('revision', models.PositiveSmallIntegerField(default=1, verbose_name='版次')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='重新生成的原因')),
                ('state', models.CharField(choices=[('queued', '排队中'), ('running', '正在生成'), ('ready', '已生成'), ('failed', '没有生成成功')], default='queued', max_length=8, verbose_name='状态')),
                ('cut_off_on', models.DateField(verbose_name='数据截至')),
                ('content', models.JSONField(editable=False, null=True, verbose_name='内容')),
                ('failure', models.CharField(blank=True, max_length=200, verbose_name='没有成功的原因')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出的人')),
                ('made_at', models.DateTimeField(blank=True, null=True, verbose_name='生成时间')),
            ],
            options={
                'verbose_name': '月报',
                'verbose_name_plural': '月报',
                'ordering': ['-month', 'organization__path', '-revision'],
                'constraints': [models.UniqueConstraint(fields=('organization', 'month', 'revision'), name='report_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(('content__isnull', False), ('made_at__isnull', False)), _connector='OR'), name='report_ready_with_content'), models.CheckConstraint(condition=models.Q(('revision', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='report_revised_for_a_reason', violation_error_message='请写明重新生成的原因。')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'ready\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='42d04e61f7bb708a96ac7795cd507ca9ed69e276', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_58dbe', table='reports_monthlyreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_monthlyreportevent" ("asked_at", "asked_by_id", "cut_off_on", "failure", "id", "made_at", "month", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revision", "state") SELECT new_values."asked_at", new_values."asked_by_id", new_values."cut_off_on", new_values."failure", new_values."id", new_values."made_at", new_values."month", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."revision", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='20a29ecc6d9249fedf38d0e60aa0f87094d68e3e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f4ebe', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_monthlyreport', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_monthlyreportevent" ("asked_at", "asked_by_id", "cut_off_on", "failure", "id", "made_at", "month", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revision", "state") SELECT new_values."asked_at", new_values."asked_by_id", new_values."cut_off_on", new_values."failure", new_values."id", new_values."made_at", new_values."month", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."revision", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_by_id" IS DISTINCT FROM (new_values."asked_by_id") OR old_values."cut_off_on" IS DISTINCT FROM (new_values."cut_off_on") OR old_values."failure" IS DISTINCT FROM (new_values."failure") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."month" IS DISTINCT FROM (new_values."month") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."revision" IS DISTINCT FROM (new_values."revision") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='db6b98805939e880c95dc39926400802952700e9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cf5d0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reports_monthlyreport', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_monthlyreportevent" ("asked_at", "asked_by_id", "cut_off_on", "failure", "id", "made_at", "month", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revision", "state") SELECT old_values."asked_at", old_values."asked_by_id", old_values."cut_off_on", old_values."failure", old_values."id", old_values."made_at", old_values."month", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."revision", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='63c6626678e559c482ecde5e5f53623354a642a9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_05b49', referencing='REFERENCING OLD TABLE AS old_values ', table='reports_monthlyreport', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='MonthlyReportEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.monthlyreport')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='党组织')),
                ('month', apps.core.fields.MonthField(verbose_name='月份')),
                ('revision', models.PositiveSmallIntegerField(default=1, verbose_name='版次')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='重新生成的原因')),
                ('state', models.CharField(choices=[('queued', '排队中'), ('running', '正在生成'), ('ready', '已生成'), ('failed', '没有生成成功')], default='queued', max_length=8, verbose_name='状态')),
                ('cut_off_on', models.DateField(verbose_name='数据截至')),
                ('failure', models.CharField(blank=True, max_length=200, verbose_name='没有成功的原因')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('asked_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出的人')),
                ('made_at', models.DateTimeField(blank=True, null=True, verbose_name='生成时间')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='26b6dcc2e5a323e81d529b004605a32709782d02', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_55511', table='reports_monthlyreportevent', when='BEFORE'))],
            },
        ),
    ]
