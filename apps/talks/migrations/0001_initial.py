import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('members', '0001_initial'),
        ('organizations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('branch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='organizations.organization', verbose_name='党支部')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='谈话的人')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='谈话的另一人')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('occasion', models.CharField(choices=[('routine', '日常'), ('life_meeting', '组织生活会前'), ('must', '必谈')], default='routine', max_length=16, verbose_name='情形')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记的人')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdraw_reason', models.CharField(blank=True, max_length=200, verbose_name='撤回原因')),
            ],
            options={
                'verbose_name': '谈心谈话',
                'verbose_name_plural': '谈心谈话',
                'ordering': ['-held_on', '-id'],
                'indexes': [models.Index(fields=['branch', 'held_on'], name='talks_talk_branch__a36412_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='talk_of_two'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('one', 'other', 'held_on'), name='talk_once_a_day', violation_error_message='这两个人这一天的谈话已经登记过。')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "talks_talkevent" ("branch_id", "held_on", "id", "occasion", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "withdraw_reason", "withdrawn_at") SELECT new_values."branch_id", new_values."held_on", new_values."id", new_values."occasion", new_values."one_id", new_values."other_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."withdraw_reason", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='70275e7a96ebb2641503a965105168a96ebf0617', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f0cf6', referencing='REFERENCING NEW TABLE AS new_values ', table='talks_talk', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "talks_talkevent" ("branch_id", "held_on", "id", "occasion", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "withdraw_reason", "withdrawn_at") SELECT new_values."branch_id", new_values."held_on", new_values."id", new_values."occasion", new_values."one_id", new_values."other_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."withdraw_reason", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6f2ec6c58df9cf12e9454f02427f028206bc531c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2b321', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='talks_talk', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "talks_talkevent" ("branch_id", "held_on", "id", "occasion", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "withdraw_reason", "withdrawn_at") SELECT old_values."branch_id", old_values."held_on", old_values."id", old_values."occasion", old_values."one_id", old_values."other_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."withdraw_reason", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bbce184eecd9b820ce2f8bcf2ca56e73c42a99a0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_08c8c', referencing='REFERENCING OLD TABLE AS old_values ', table='talks_talk', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='TalkEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='talks.talk')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('branch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='党支部')),
                ('one', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member', verbose_name='谈话的人')),
                ('other', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member', verbose_name='谈话的另一人')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('occasion', models.CharField(choices=[('routine', '日常'), ('life_meeting', '组织生活会前'), ('must', '必谈')], default='routine', max_length=16, verbose_name='情形')),
                ('recorded_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记的人')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdraw_reason', models.CharField(blank=True, max_length=200, verbose_name='撤回原因')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e217c189256ba2a9f7f13994da95316b10e1cf59', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7c005', table='talks_talkevent', when='BEFORE'))],
            },
        ),
    ]
