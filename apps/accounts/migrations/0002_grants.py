import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('organizations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='PasswordHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_passwords', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('password', models.CharField(max_length=128, verbose_name='密码摘要')),
                ('set_at', models.DateTimeField(auto_now_add=True, verbose_name='启用时间')),
            ],
            options={
                'verbose_name': '用过的密码',
                'verbose_name_plural': '用过的密码',
                'ordering': ['-set_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('role', models.CharField(choices=[('county_administrator', '县级管理员'), ('county_staff', '县委组织部工作人员'), ('township_staff', '乡镇党务干部'), ('civil_affairs', '县民政局工作人员'), ('agriculture', '县农业农村局工作人员'), ('finance_agent', '村级财务代理'), ('branch_secretary', '党支部书记'), ('supervision_committee', '村务监督委员会'), ('village_clerk', '村务工作人员'), ('auditor', '审计员'), ('api_client', '接口客户端')], max_length=32, verbose_name='角色')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='organizations.organization', verbose_name='范围')),
            ],
            options={
                'verbose_name': '授权',
                'verbose_name_plural': '授权',
                'constraints': [models.UniqueConstraint(fields=('user', 'role', 'organization'), name='grant_once', nulls_distinct=False)],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_grantevent" ("id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT new_values."id", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f2ac5b24766c392a23be442f10555b30acf25258', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a8d42', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_grant', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_grantevent" ("id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT new_values."id", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d7c0d3e38d1c9b940f38ed41299a8d425f094a23', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c6802', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_grant', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_grantevent" ("id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT old_values."id", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8217c3eeeb4072d71833671dd883716c79474f4f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_505e5', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_grant', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='GrantEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='accounts.grant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('role', models.CharField(choices=[('county_administrator', '县级管理员'), ('county_staff', '县委组织部工作人员'), ('township_staff', '乡镇党务干部'), ('civil_affairs', '县民政局工作人员'), ('agriculture', '县农业农村局工作人员'), ('finance_agent', '村级财务代理'), ('branch_secretary', '党支部书记'), ('supervision_committee', '村务监督委员会'), ('village_clerk', '村务工作人员'), ('auditor', '审计员'), ('api_client', '接口客户端')], max_length=32, verbose_name='角色')),
                ('organization', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='范围')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['user'], name='accounts_gr_user_id_6014e7_idx')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='37e99b1e1b72116f22397695db300cd7295f2f94', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d6a42', table='accounts_grantevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('label', models.CharField(max_length=64, verbose_name='用途')),
                ('digest', models.BinaryField(max_length=32, unique=True, verbose_name='摘要')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='创建时间')),
                ('expires_on', models.DateField(verbose_name='有效期至')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='最近使用')),
            ],
            options={
                'verbose_name': '接口密钥',
                'verbose_name_plural': '接口密钥',
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_apitokenevent" ("created_at", "expires_on", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT new_values."created_at", new_values."expires_on", new_values."id", new_values."label", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f0346dd69a8080f59830e4d339d513563ab141d1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_01b7d', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_apitoken', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_apitokenevent" ("created_at", "expires_on", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT new_values."created_at", new_values."expires_on", new_values."id", new_values."label", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."expires_on" IS DISTINCT FROM (new_values."expires_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."label" IS DISTINCT FROM (new_values."label") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='505ccada8a1050cd182c5675ecb1d0691326e807', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_df53b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_apitoken', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_apitokenevent" ("created_at", "expires_on", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT old_values."created_at", old_values."expires_on", old_values."id", old_values."label", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d592fd54234e9939a9e939490e9f7952145b5df6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6e065', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_apitoken', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ApiTokenEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='accounts.apitoken')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('label', models.CharField(max_length=64, verbose_name='用途')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='创建时间')),
                ('expires_on', models.DateField(verbose_name='有效期至')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['user'], name='accounts_ap_user_id_bdf5fd_idx')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bc095a3000ebe7169f0e579188212d997c91f15c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f6ae5', table='accounts_apitokenevent', when='BEFORE'))],
            },
        ),
    ]
