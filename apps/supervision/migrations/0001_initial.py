import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('disclosure', '0001_initial'),
        ('organizations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitteeMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisors', to='organizations.village', verbose_name='村')),
                ('name', models.CharField(max_length=32, verbose_name='姓名')),
                ('position', models.CharField(choices=[('chair', '主任'), ('member', '成员')], max_length=8, verbose_name='职务')),
                ('since', models.DateField(verbose_name='任职日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='离任日期')),
                ('knows_finance', models.BooleanField(default=False, verbose_name='懂财会或管理')),
                ('declared_by', models.CharField(max_length=32, verbose_name='作声明的人')),
                ('declared_on', models.DateField(verbose_name='声明日期')),
            ],
            options={
                'verbose_name': '监委会成员',
                'verbose_name_plural': '监委会成员',
                'ordering': ['village__organization__path', 'position', 'since', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('position', 'chair'), ('until', None)), fields=('village',), name='supervisor_one_chair', violation_error_message='监委会只设一名主任；原来的主任离任以后再登记。'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('village', 'name'), name='supervisor_once', violation_error_message='这个人已经是监委会成员。'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='supervisor_leaves_after_beginning', violation_error_message='离任日期不能早于任职日期。'), models.CheckConstraint(condition=models.Q(('declared_by', ''), _negated=True), name='supervisor_declared', violation_error_message='没有声明的不能登记。')],
                'triggers': [pgtrigger.compiler.Trigger(name='stays_known', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='572d0686486baf185cc2242203ebdedd070280b4', operation='DELETE', pgid='pgtrigger_stays_known_5291a', table='supervision_committeemember', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_committeememberevent" ("declared_by", "declared_on", "id", "knows_finance", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "since", "until", "village_id") SELECT new_values."declared_by", new_values."declared_on", new_values."id", new_values."knows_finance", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."since", new_values."until", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c2ccefec1961fe5fc8ea4a44f167752c2e39fa1c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cf7dd', referencing='REFERENCING NEW TABLE AS new_values ', table='supervision_committeemember', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_committeememberevent" ("declared_by", "declared_on", "id", "knows_finance", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "since", "until", "village_id") SELECT new_values."declared_by", new_values."declared_on", new_values."id", new_values."knows_finance", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."since", new_values."until", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4ae1873a5dd78f660fddd5315d47784b9a8e85ba', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7857a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='supervision_committeemember', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_committeememberevent" ("declared_by", "declared_on", "id", "knows_finance", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "since", "until", "village_id") SELECT old_values."declared_by", old_values."declared_on", old_values."id", old_values."knows_finance", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."since", old_values."until", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9ad8152290c8e24099d6f182c91ccca5e4036f78', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3db7f', referencing='REFERENCING OLD TABLE AS old_values ', table='supervision_committeemember', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='CommitteeMemberEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='supervision.committeemember')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('village', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.village', verbose_name='村')),
                ('name', models.CharField(max_length=32, verbose_name='姓名')),
                ('position', models.CharField(choices=[('chair', '主任'), ('member', '成员')], max_length=8, verbose_name='职务')),
                ('since', models.DateField(verbose_name='任职日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='离任日期')),
                ('knows_finance', models.BooleanField(default=False, verbose_name='懂财会或管理')),
                ('declared_by', models.CharField(max_length=32, verbose_name='作声明的人')),
                ('declared_on', models.DateField(verbose_name='声明日期')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7333cd10339bbc703738bc00270c20e310ec0ca5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_37d3a', table='supervision_committeememberevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='SupervisionRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_records', to='organizations.village', verbose_name='村')),
                ('subject', models.CharField(choices=[('finance', '民主理财、查账'), ('publication', '村务公开'), ('decision', '村级决策执行'), ('project', '工程项目'), ('assets', '集体资金、资产、资源'), ('benefits', '惠农政策'), ('other', '其他')], max_length=12, verbose_name='监督什么')),
                ('title', models.CharField(max_length=100, verbose_name='看了什么')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('names', models.CharField(max_length=200, verbose_name='参加的人')),
                ('findings', models.TextField(verbose_name='发现的情况')),
                ('asked', models.TextField(blank=True, verbose_name='要求整改什么')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='整改期限')),
                ('put_right', models.TextField(blank=True, verbose_name='整改结果')),
                ('put_right_on', models.DateField(blank=True, null=True, verbose_name='整改日期')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记的人')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': '监督记录',
                'verbose_name_plural': '监督记录',
                'ordering': ['-held_on', '-id'],
                'indexes': [models.Index(fields=['village', '-held_on'], name='supervision_of_village')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('asked', ''), _negated=True), models.Q(('due_on', None), ('put_right', ''), ('put_right_on', None)), _connector='OR'), name='supervision_put_right_what_was_asked', violation_error_message='没有要求整改的，不填整改期限。'), models.CheckConstraint(condition=models.Q(models.Q(('put_right', ''), ('put_right_on', None)), models.Q(('put_right_on__gte', models.F('held_on')), models.Q(('put_right', ''), _negated=True)), _connector='OR'), name='supervision_put_right_afterwards', violation_error_message='整改日期不能早于监督日期，并且要写整改结果。'), models.CheckConstraint(condition=models.Q(('due_on', None), ('due_on__gte', models.F('held_on')), _connector='OR'), name='supervision_due_afterwards', violation_error_message='整改期限不能早于监督日期。')],
                'triggers': [pgtrigger.compiler.Trigger(name='record_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='00b68db1f8d88db3fd828321036ee3ac8e0a8a3c', operation='DELETE', pgid='pgtrigger_record_stays_1d887', table='supervision_supervisionrecord', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_supervisionrecordevent" ("asked", "by_id", "due_on", "findings", "held_on", "id", "names", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_right", "put_right_on", "subject", "title", "version", "village_id") SELECT new_values."asked", new_values."by_id", new_values."due_on", new_values."findings", new_values."held_on", new_values."id", new_values."names", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."put_right", new_values."put_right_on", new_values."subject", new_values."title", new_values."version", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ed22e40844df13f92bb8d49a5fff9cec52012772', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8bae8', referencing='REFERENCING NEW TABLE AS new_values ', table='supervision_supervisionrecord', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_supervisionrecordevent" ("asked", "by_id", "due_on", "findings", "held_on", "id", "names", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_right", "put_right_on", "subject", "title", "version", "village_id") SELECT new_values."asked", new_values."by_id", new_values."due_on", new_values."findings", new_values."held_on", new_values."id", new_values."names", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."put_right", new_values."put_right_on", new_values."subject", new_values."title", new_values."version", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8d340ff4ff60c7d9a8a15f670c9b18bd2158edb7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dab8a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='supervision_supervisionrecord', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_supervisionrecordevent" ("asked", "by_id", "due_on", "findings", "held_on", "id", "names", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_right", "put_right_on", "subject", "title", "version", "village_id") SELECT old_values."asked", old_values."by_id", old_values."due_on", old_values."findings", old_values."held_on", old_values."id", old_values."names", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."put_right", old_values."put_right_on", old_values."subject", old_values."title", old_values."version", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='82453abbbc1e5c7ec62154d3061af0464c0b9d5d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6f082', referencing='REFERENCING OLD TABLE AS old_values ', table='supervision_supervisionrecord', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='SupervisionRecordEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='supervision.supervisionrecord')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('village', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.village', verbose_name='村')),
                ('subject', models.CharField(choices=[('finance', '民主理财、查账'), ('publication', '村务公开'), ('decision', '村级决策执行'), ('project', '工程项目'), ('assets', '集体资金、资产、资源'), ('benefits', '惠农政策'), ('other', '其他')], max_length=12, verbose_name='监督什么')),
                ('title', models.CharField(max_length=100, verbose_name='看了什么')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('names', models.CharField(max_length=200, verbose_name='参加的人')),
                ('findings', models.TextField(verbose_name='发现的情况')),
                ('asked', models.TextField(blank=True, verbose_name='要求整改什么')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='整改期限')),
                ('put_right', models.TextField(blank=True, verbose_name='整改结果')),
                ('put_right_on', models.DateField(blank=True, null=True, verbose_name='整改日期')),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记的人')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b24ef30224d93282c9f24fc96b765c2d78f57765', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7fad8', table='supervision_supervisionrecordevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='SupervisionReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_reports', to='organizations.village', verbose_name='村')),
                ('first_on', models.DateField(verbose_name='自')),
                ('last_on', models.DateField(verbose_name='至')),
                ('words', models.TextField(verbose_name='监委会的意见')),
                ('publication', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supervision_report', to='disclosure.publication', verbose_name='公开')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': '监委会半年报告',
                'verbose_name_plural': '监委会半年报告',
                'ordering': ['-first_on', 'village__organization__path'],
                'constraints': [models.UniqueConstraint(fields=('village', 'first_on'), name='supervision_report_once', violation_error_message='这半年的报告已经有了，请刷新页面。')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_supervisionreportevent" ("first_on", "id", "last_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "version", "village_id", "words") SELECT new_values."first_on", new_values."id", new_values."last_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."publication_id", new_values."version", new_values."village_id", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0c95be8262cdcd27b2769138dfd6ecf53d5aae4f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0fffc', referencing='REFERENCING NEW TABLE AS new_values ', table='supervision_supervisionreport', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_supervisionreportevent" ("first_on", "id", "last_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "version", "village_id", "words") SELECT new_values."first_on", new_values."id", new_values."last_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."publication_id", new_values."version", new_values."village_id", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b7e2ae0c6ff74e0235b2322e469de137c6751c2b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5ef87', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='supervision_supervisionreport', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "supervision_supervisionreportevent" ("first_on", "id", "last_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "version", "village_id", "words") SELECT old_values."first_on", old_values."id", old_values."last_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."publication_id", old_values."version", old_values."village_id", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3957a71d437a5d06be44a91b7c97ca3887b4f250', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_07c12', referencing='REFERENCING OLD TABLE AS old_values ', table='supervision_supervisionreport', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='SupervisionReportEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='supervision.supervisionreport')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('village', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.village', verbose_name='村')),
                ('first_on', models.DateField(verbose_name='自')),
                ('last_on', models.DateField(verbose_name='至')),
                ('words', models.TextField(verbose_name='监委会的意见')),
                ('publication', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='disclosure.publication', verbose_name='公开')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d541d1072ad08e5caf4f103d347273d37b1f0651', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e8cca', table='supervision_supervisionreportevent', when='BEFORE'))],
            },
        ),
    ]
