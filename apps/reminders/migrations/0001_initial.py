import apps.core.fields
import django.db.models.deletion
import django.utils.timezone
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
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('email', apps.core.fields.SealedField(blank=True, null=True, verbose_name='邮箱')),
                ('rhythm', models.CharField(choices=[('weekly', '每周一次'), ('daily', '每个工作日一次'), ('off', '不用提醒')], default='weekly', max_length=8, verbose_name='多久提醒一次')),
            ],
            options={
                'verbose_name': '提醒设置',
                'verbose_name_plural': '提醒设置',
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reminders_preferenceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "user_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rhythm", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='98450579925dc6c29fa2efa1f6afc01950c4d20c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6d3b2', referencing='REFERENCING NEW TABLE AS new_values ', table='reminders_preference', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reminders_preferenceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "user_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rhythm", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."rhythm" IS DISTINCT FROM (new_values."rhythm") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='10cfabad77c4dbb23fa2e37a5136bc59477d56d9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2cf15', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reminders_preference', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reminders_preferenceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "user_id") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rhythm", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='abe48a6bbad04283163fc5b7ce491a2df3223aec', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_98696', referencing='REFERENCING OLD TABLE AS old_values ', table='reminders_preference', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PreferenceEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reminders.preference')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('rhythm', models.CharField(choices=[('weekly', '每周一次'), ('daily', '每个工作日一次'), ('off', '不用提醒')], default='weekly', max_length=8, verbose_name='多久提醒一次')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['user'], name='reminders_p_user_id_8e6a77_idx')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2dbaab2d99dc57a07e3db1935904242e91c3f0e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3ba18', table='reminders_preferenceevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Robot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='robot', to='organizations.organization', verbose_name='党组织')),
                ('kind', models.CharField(choices=[('wecom', '企业微信群机器人'), ('dingtalk', '钉钉群机器人')], max_length=10, verbose_name='哪种机器人')),
                ('webhook', apps.core.fields.SealedField(blank=True, null=True, verbose_name='机器人地址')),
                ('secret', apps.core.fields.SealedField(blank=True, null=True, verbose_name='加签密钥')),
                ('rhythm', models.CharField(choices=[('weekly', '每周一次'), ('daily', '每个工作日一次'), ('off', '不用提醒')], default='weekly', max_length=8, verbose_name='多久提醒一次')),
            ],
            options={
                'verbose_name': '群机器人',
                'verbose_name_plural': '群机器人',
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reminders_robotevent" ("id", "kind", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm") SELECT new_values."id", new_values."kind", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rhythm" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3ddbbce798e3e70abece12b4636da4b921fdb647', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ea815', referencing='REFERENCING NEW TABLE AS new_values ', table='reminders_robot', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reminders_robotevent" ("id", "kind", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm") SELECT new_values."id", new_values."kind", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rhythm" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."rhythm" IS DISTINCT FROM (new_values."rhythm")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fe2c9c3f9dc64b37b9a67bc6b478c59b6bb49247', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_31b30', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reminders_robot', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reminders_robotevent" ("id", "kind", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm") SELECT old_values."id", old_values."kind", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rhythm" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d05282e034794553d62c180f78f1884adaf0bc2c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c0348', referencing='REFERENCING OLD TABLE AS old_values ', table='reminders_robot', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RobotEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reminders.robot')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='党组织')),
                ('kind', models.CharField(choices=[('wecom', '企业微信群机器人'), ('dingtalk', '钉钉群机器人')], max_length=10, verbose_name='哪种机器人')),
                ('rhythm', models.CharField(choices=[('weekly', '每周一次'), ('daily', '每个工作日一次'), ('off', '不用提醒')], default='weekly', max_length=8, verbose_name='多久提醒一次')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organization'], name='reminders_r_organiz_72a49c_idx')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1441ed90d551bd71c4f498a2670d6d5d888613cf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_10bf4', table='reminders_robotevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='关于哪个党组织')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('robot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='reminders.robot', verbose_name='群机器人')),
                ('day', models.DateField(verbose_name='日期')),
                ('trial', models.BooleanField(default=False, verbose_name='试发')),
                ('title', models.CharField(max_length=150, verbose_name='标题')),
                ('text', models.TextField(verbose_name='内容')),
                ('state', models.CharField(choices=[('queued', '等待发送'), ('sending', '正在发送'), ('sent', '已发出'), ('failed', '没有发出'), ('unsure', '不确定')], default='queued', max_length=8, verbose_name='状态')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='试了几次')),
                ('try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='下一次')),
                ('began_at', models.DateTimeField(null=True, verbose_name='开始发送')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='发出时间')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='出了什么问题')),
            ],
            options={
                'verbose_name': '提醒记录',
                'verbose_name_plural': '提醒记录',
                'ordering': ['-day', '-id'],
                'indexes': [models.Index(fields=['state', 'try_at'], name='reminders_d_state_29343c_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('robot__isnull', False), ('user', None)), models.Q(('robot', None), ('user__isnull', False)), _connector='OR'), name='delivery_has_one_recipient'), models.UniqueConstraint(condition=models.Q(('trial', False)), fields=('user', 'day'), name='delivery_once_a_day_to_a_user'), models.UniqueConstraint(condition=models.Q(('trial', False)), fields=('robot', 'day'), name='delivery_once_a_day_to_a_robot')],
            },
        ),
    ]
