import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import uuid
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
            name='PaperTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='县')),
                ('paper', models.CharField(choices=[('minutes', '会议记录'), ('record-book', '党建记录簿'), ('sign-in', '签到表'), ('activity', '组织生活纪实表')], max_length=16, verbose_name='哪种材料')),
                ('version', models.PositiveSmallIntegerField(verbose_name='第几版')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('in_use', models.BooleanField(default=False, verbose_name='正在用')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传的人')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='上传时间')),
            ],
            options={
                'verbose_name': '打印模板',
                'verbose_name_plural': '打印模板',
                'ordering': ['organization', 'paper', '-version'],
                'constraints': [models.UniqueConstraint(fields=('organization', 'paper', 'version'), name='template_once'), models.UniqueConstraint(condition=models.Q(('in_use', True)), fields=('organization', 'paper'), name='template_one_in_use')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_papertemplateevent" ("file_name", "id", "in_use", "organization_id", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id", "version") SELECT new_values."file_name", new_values."id", new_values."in_use", new_values."organization_id", new_values."paper", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sha256", new_values."size", new_values."uploaded_at", new_values."uploaded_by_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5921ae557413ddf11d250913aabab236c3a640ed', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_389b6', referencing='REFERENCING NEW TABLE AS new_values ', table='papers_papertemplate', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_papertemplateevent" ("file_name", "id", "in_use", "organization_id", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id", "version") SELECT new_values."file_name", new_values."id", new_values."in_use", new_values."organization_id", new_values."paper", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sha256", new_values."size", new_values."uploaded_at", new_values."uploaded_by_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."file_name" IS DISTINCT FROM (new_values."file_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."in_use" IS DISTINCT FROM (new_values."in_use") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."paper" IS DISTINCT FROM (new_values."paper") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."uploaded_at" IS DISTINCT FROM (new_values."uploaded_at") OR old_values."uploaded_by_id" IS DISTINCT FROM (new_values."uploaded_by_id") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='56f7b24b1beff8409c4c58178d876a9b8bfd6d77', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a2aeb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='papers_papertemplate', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "papers_papertemplateevent" ("file_name", "id", "in_use", "organization_id", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id", "version") SELECT old_values."file_name", old_values."id", old_values."in_use", old_values."organization_id", old_values."paper", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sha256", old_values."size", old_values."uploaded_at", old_values."uploaded_by_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4c1e8a33102516d06f7fbc60fe251b0713657cf1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9a28d', referencing='REFERENCING OLD TABLE AS old_values ', table='papers_papertemplate', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PaperTemplateEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='papers.papertemplate')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='县')),
                ('paper', models.CharField(choices=[('minutes', '会议记录'), ('record-book', '党建记录簿'), ('sign-in', '签到表'), ('activity', '组织生活纪实表')], max_length=16, verbose_name='哪种材料')),
                ('version', models.PositiveSmallIntegerField(verbose_name='第几版')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('in_use', models.BooleanField(default=False, verbose_name='正在用')),
                ('uploaded_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传的人')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='上传时间')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='96d58e5c3e4b419290648480fc15d31665b1cad9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_61eab', table='papers_papertemplateevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PaperJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='要的人')),
                ('title', models.CharField(max_length=200, verbose_name='内容')),
                ('order', models.JSONField()),
                ('state', models.CharField(choices=[('queued', '排队中'), ('running', '正在排版'), ('ready', '可以下载'), ('failed', '没有做成')], default='queued', max_length=8, verbose_name='状态')),
                ('notice', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='提出时间')),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='最近动作')),
            ],
            options={
                'verbose_name': '成批打印',
                'verbose_name_plural': '成批打印',
                'ordering': ['-asked_at'],
                'indexes': [models.Index(fields=['state', 'touched_at'], name='papers_pape_state_f3eb85_idx')],
            },
        ),
        migrations.CreateModel(
            name='PaperFile',
            fields=[
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='file', serialize=False, to='papers.paperjob')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('content', models.BinaryField()),
            ],
            options={
                'verbose_name': '成批打印的文件',
                'verbose_name_plural': '成批打印的文件',
            },
        ),
    ]
