import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=64, unique=True, verbose_name='用户名')),
                ('name', models.CharField(max_length=64, verbose_name='姓名')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('is_system', models.BooleanField(default=False, help_text='命令和定时任务以它的名义办事，不能登录。', verbose_name='系统账号')),
                ('must_change_password', models.BooleanField(default=True, verbose_name='首次登录须改密码')),
                ('password_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='改密码时间')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='创建时间')),
            ],
            options={
                'verbose_name': '账号',
                'verbose_name_plural': '账号',
                'ordering': ['username'],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("created_at", "id", "is_active", "is_system", "must_change_password", "name", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."created_at", new_values."id", new_values."is_active", new_values."is_system", new_values."must_change_password", new_values."name", new_values."password_changed_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c59b992d859f1c2c93ea1a1334b0e72556cd50d0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("created_at", "id", "is_active", "is_system", "must_change_password", "name", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."created_at", new_values."id", new_values."is_active", new_values."is_system", new_values."must_change_password", new_values."name", new_values."password_changed_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_system" IS DISTINCT FROM (new_values."is_system") OR old_values."must_change_password" IS DISTINCT FROM (new_values."must_change_password") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."password_changed_at" IS DISTINCT FROM (new_values."password_changed_at") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='562c990e4f74329a4179f4828b7812e605e36cb7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0e890', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("created_at", "id", "is_active", "is_system", "must_change_password", "name", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT old_values."created_at", old_values."id", old_values."is_active", old_values."is_system", old_values."must_change_password", old_values."name", old_values."password_changed_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f1e84f503960d0a61ba39895f695b49446a88033', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_user', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('username', models.CharField(max_length=64, verbose_name='用户名')),
                ('name', models.CharField(max_length=64, verbose_name='姓名')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('is_system', models.BooleanField(default=False, help_text='命令和定时任务以它的名义办事，不能登录。', verbose_name='系统账号')),
                ('must_change_password', models.BooleanField(default=True, verbose_name='首次登录须改密码')),
                ('password_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='改密码时间')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='创建时间')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE'))],
            },
        ),
    ]
