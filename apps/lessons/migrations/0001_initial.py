import apps.lessons.models
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('meetings', '0001_initial'),
        ('members', '0001_initial'),
        ('organizations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lecturer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lecturers', to='organizations.organization', verbose_name='管理的党组织')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('post', models.CharField(blank=True, max_length=100, verbose_name='单位和职务')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='对应的党员')),
                ('topics', models.CharField(blank=True, max_length=200, verbose_name='能讲什么')),
                ('is_volunteer', models.BooleanField(default=False, verbose_name='志愿讲师')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'verbose_name': '党课讲师',
                'verbose_name_plural': '党课讲师',
                'ordering': ['organization__path', 'name', 'id'],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lecturerevent" ("id", "is_volunteer", "member_id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "retired_on", "topics") SELECT new_values."id", new_values."is_volunteer", new_values."member_id", new_values."name", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post", new_values."retired_on", new_values."topics" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='15aea0db852fb488a0ba8558a850c6243629e17f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ce84b', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_lecturer', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lecturerevent" ("id", "is_volunteer", "member_id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "retired_on", "topics") SELECT new_values."id", new_values."is_volunteer", new_values."member_id", new_values."name", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post", new_values."retired_on", new_values."topics" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='54c1aeb2fa4fd7233898f70c96be5c7791f99ec1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a3190', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_lecturer', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lecturerevent" ("id", "is_volunteer", "member_id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "retired_on", "topics") SELECT old_values."id", old_values."is_volunteer", old_values."member_id", old_values."name", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post", old_values."retired_on", old_values."topics" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='32e432017863469ecc21e59a26c3fe97e0fa1889', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6f835', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_lecturer', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lesson_topics', to='organizations.organization', verbose_name='提供的党组织')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('title', models.CharField(max_length=100, verbose_name='题目')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='讲什么')),
                ('lecturer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lessons.lecturer', verbose_name='能讲的讲师')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='材料网址')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'verbose_name': '党课选题',
                'verbose_name_plural': '党课选题',
                'ordering': ['-year', 'organization__path', 'id'],
                'constraints': [models.UniqueConstraint(fields=('organization', 'year', 'title'), name='topic_once_a_year', violation_error_message='这一年已经有这个题目。')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topicevent" ("id", "lecturer_id", "link", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "text", "title", "year") SELECT new_values."id", new_values."lecturer_id", new_values."link", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."retired_on", new_values."text", new_values."title", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6106c084c7aafe9889bff5ee2fb083fa78586eeb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_35b18', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_topic', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topicevent" ("id", "lecturer_id", "link", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "text", "title", "year") SELECT new_values."id", new_values."lecturer_id", new_values."link", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."retired_on", new_values."text", new_values."title", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='89fcdf397a6d7ef2dd8e4a4ed2491e5c3c81e8e7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c366d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_topic', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topicevent" ("id", "lecturer_id", "link", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "text", "title", "year") SELECT old_values."id", old_values."lecturer_id", old_values."link", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."retired_on", old_values."text", old_values."title", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='08e8cb744a207fc344c37f761fa9b1a79a62a758', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_73d8f', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_topic', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='TopicEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='lessons.topic')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='提供的党组织')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('title', models.CharField(max_length=100, verbose_name='题目')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='讲什么')),
                ('lecturer', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.lecturer', verbose_name='能讲的讲师')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='材料网址')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a8db088bdcbc9d857a4bdfa395fad5ecb43f35b1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_21ec6', table='lessons_topicevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='LecturerEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='lessons.lecturer')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='管理的党组织')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('post', models.CharField(blank=True, max_length=100, verbose_name='单位和职务')),
                ('member', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member', verbose_name='对应的党员')),
                ('topics', models.CharField(blank=True, max_length=200, verbose_name='能讲什么')),
                ('is_volunteer', models.BooleanField(default=False, verbose_name='志愿讲师')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b652a8ca8ac5f417e3d4ed8f26c6616c4a762e35', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b48b0', table='lessons_lecturerevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation', to='meetings.meeting', verbose_name='党课的会议记录')),
                ('token', models.CharField(default=apps.lessons.models.new_token, editable=False, max_length=32, unique=True)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起的人')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='发起时间')),
                ('closes_on', models.DateField(verbose_name='最后一天')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='提前结束的时间')),
                ('papers', models.PositiveIntegerField(default=0, verbose_name='纸质答卷份数')),
                ('paper_counts', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None, verbose_name='纸质答卷的统计')),
            ],
            options={
                'verbose_name': '党课评价',
                'verbose_name_plural': '党课评价',
                'ordering': ['-opened_at', '-id'],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_evaluationevent" ("closed_at", "closes_on", "id", "meeting_id", "opened_at", "opened_by_id", "paper_counts", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."closed_at", new_values."closes_on", new_values."id", new_values."meeting_id", new_values."opened_at", new_values."opened_by_id", new_values."paper_counts", new_values."papers", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='11031004b41383404cc025c56b10820045279380', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_25079', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_evaluation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_evaluationevent" ("closed_at", "closes_on", "id", "meeting_id", "opened_at", "opened_by_id", "paper_counts", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."closed_at", new_values."closes_on", new_values."id", new_values."meeting_id", new_values."opened_at", new_values."opened_by_id", new_values."paper_counts", new_values."papers", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."closed_at" IS DISTINCT FROM (new_values."closed_at") OR old_values."closes_on" IS DISTINCT FROM (new_values."closes_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."meeting_id" IS DISTINCT FROM (new_values."meeting_id") OR old_values."opened_at" IS DISTINCT FROM (new_values."opened_at") OR old_values."opened_by_id" IS DISTINCT FROM (new_values."opened_by_id") OR old_values."paper_counts" IS DISTINCT FROM (new_values."paper_counts") OR old_values."papers" IS DISTINCT FROM (new_values."papers")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a8be2c7f8a023cdd80b778a6ddec9c48d8ab94aa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a2148', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_evaluation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_evaluationevent" ("closed_at", "closes_on", "id", "meeting_id", "opened_at", "opened_by_id", "paper_counts", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."closed_at", old_values."closes_on", old_values."id", old_values."meeting_id", old_values."opened_at", old_values."opened_by_id", old_values."paper_counts", old_values."papers", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ba3897be30c410840a4f60b45bdb32382d914a7f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_76638', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_evaluation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='EvaluationEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='lessons.evaluation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('meeting', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='meetings.meeting', verbose_name='党课的会议记录')),
                ('opened_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起的人')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='发起时间')),
                ('closes_on', models.DateField(verbose_name='最后一天')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='提前结束的时间')),
                ('papers', models.PositiveIntegerField(default=0, verbose_name='纸质答卷份数')),
                ('paper_counts', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None, verbose_name='纸质答卷的统计')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['meeting'], name='lessons_eva_meeting_b656b3_idx')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='adf0305983e662fcfc0bb1b4046bb2f28f93343d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e4c1f', table='lessons_evaluationevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Answers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='lessons.evaluation')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='答卷份数')),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None, verbose_name='统计')),
            ],
            options={
                'verbose_name': '党课评价的网上答卷',
                'verbose_name_plural': '党课评价的网上答卷',
            },
        ),
    ]
