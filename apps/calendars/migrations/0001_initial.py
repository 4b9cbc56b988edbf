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
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='organizations.organization', verbose_name='党支部')),
                ('digest', models.BinaryField(max_length=32, unique=True, verbose_name='摘要')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='开通时间')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
            ],
            options={
                'verbose_name': '日历订阅',
                'verbose_name_plural': '日历订阅',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('user', 'branch'), name='feed_one_open', violation_error_message='您刚才已经开通了一个，请刷新页面。')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "calendars_feedevent" ("branch_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT new_values."branch_id", new_values."created_at", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='461e3ce8cbe31d9003a00fc805c11d7546dc8232', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8809c', referencing='REFERENCING NEW TABLE AS new_values ', table='calendars_feed', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "calendars_feedevent" ("branch_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT new_values."branch_id", new_values."created_at", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."branch_id" IS DISTINCT FROM (new_values."branch_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e5b9f4af989456550b3a718ad53c9cedae650175', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1e670', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='calendars_feed', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "calendars_feedevent" ("branch_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT old_values."branch_id", old_values."created_at", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='20414f3be24bbdd0db8025b0f234cd3d26dac741', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_67a4b', referencing='REFERENCING OLD TABLE AS old_values ', table='calendars_feed', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='FeedEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='calendars.feed')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('branch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='党支部')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='开通时间')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['branch'], name='calendars_f_branch__fc4489_idx')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a7ecd6538fdb2b4fc5e76c5e607cde499e4bf96f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6936a', table='calendars_feedevent', when='BEFORE'))],
            },
        ),
    ]
