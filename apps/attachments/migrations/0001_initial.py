import apps.attachments.models
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('photo', '照片'), ('signature_page', '签到页'), ('material', '材料'), ('disclosure', '公开附件')], max_length=16, verbose_name='类别')),
                ('owner', models.CharField(max_length=64, verbose_name='所属记录')),
                ('organization_path', models.CharField(max_length=255, verbose_name='党组织')),
                ('key', models.UUIDField(unique=True, verbose_name='编号')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='文件名')),
                ('content', models.FileField(editable=False, storage=apps.attachments.models.private_storage, upload_to=apps.attachments.models._place, verbose_name='文件')),
                ('small', models.FileField(blank=True, editable=False, storage=apps.attachments.models.private_storage, upload_to=apps.attachments.models._small_place, verbose_name='小图')),
                ('content_type', models.CharField(max_length=100, verbose_name='格式')),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('width', models.PositiveIntegerField(null=True, verbose_name='宽')),
                ('height', models.PositiveIntegerField(null=True, verbose_name='高')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤下时间')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤下的人')),
                ('withdraw_reason', models.CharField(blank=True, max_length=100, verbose_name='撤下原因')),
            ],
            options={
                'verbose_name': '附件',
                'verbose_name_plural': '附件',
                'ordering': ['uploaded_at', 'pk'],
                'indexes': [models.Index(fields=['owner'], name='attachments_owner_cc4a90_idx'), models.Index(fields=['organization_path'], name='attachment_path', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('owner', 'sha256'), name='attachment_once'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdraw_reason', ''), _negated=True), _connector='OR'), name='attachment_withdrawn_why')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "attachments_attachmentevent" ("content", "content_type", "height", "id", "key", "kind", "name", "organization_path", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "small", "uploaded_at", "uploaded_by_id", "width", "withdraw_reason", "withdrawn_at", "withdrawn_by_id") SELECT new_values."content", new_values."content_type", new_values."height", new_values."id", new_values."key", new_values."kind", new_values."name", new_values."organization_path", new_values."owner", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sha256", new_values."size", new_values."small", new_values."uploaded_at", new_values."uploaded_by_id", new_values."width", new_values."withdraw_reason", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1406343c48fd37f3a0ad3a1f7c8ae7c87ebc274d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7fe6d', referencing='REFERENCING NEW TABLE AS new_values ', table='attachments_attachment', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "attachments_attachmentevent" ("content", "content_type", "height", "id", "key", "kind", "name", "organization_path", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "small", "uploaded_at", "uploaded_by_id", "width", "withdraw_reason", "withdrawn_at", "withdrawn_by_id") SELECT new_values."content", new_values."content_type", new_values."height", new_values."id", new_values."key", new_values."kind", new_values."name", new_values."organization_path", new_values."owner", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sha256", new_values."size", new_values."small", new_values."uploaded_at", new_values."uploaded_by_id", new_values."width", new_values."withdraw_reason", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7330e0c16b1875006a954aea1e3e7733b75ffe33', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_df19c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='attachments_attachment', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "attachments_attachmentevent" ("content", "content_type", "height", "id", "key", "kind", "name", "organization_path", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "small", "uploaded_at", "uploaded_by_id", "width", "withdraw_reason", "withdrawn_at", "withdrawn_by_id") SELECT old_values."content", old_values."content_type", old_values."height", old_values."id", old_values."key", old_values."kind", old_values."name", old_values."organization_path", old_values."owner", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sha256", old_values."size", old_values."small", old_values."uploaded_at", old_values."uploaded_by_id", old_values."width", old_values."withdraw_reason", old_values."withdrawn_at", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='521a7b65ec438cb346646539325a2f5a22ac3bd4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a5e10', referencing='REFERENCING OLD TABLE AS old_values ', table='attachments_attachment', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AttachmentEvent',
            fields=[
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='attachments.attachment')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('photo', '照片'), ('signature_page', '签到页'), ('material', '材料'), ('disclosure', '公开附件')], max_length=16, verbose_name='类别')),
                ('owner', models.CharField(max_length=64, verbose_name='所属记录')),
                ('organization_path', models.CharField(max_length=255, verbose_name='党组织')),
                ('key', models.UUIDField(verbose_name='编号')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='文件名')),
                ('content', models.FileField(editable=False, storage=apps.attachments.models.private_storage, upload_to=apps.attachments.models._place, verbose_name='文件')),
                ('small', models.FileField(blank=True, editable=False, storage=apps.attachments.models.private_storage, upload_to=apps.attachments.models._small_place, verbose_name='小图')),
                ('content_type', models.CharField(max_length=100, verbose_name='格式')),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('width', models.PositiveIntegerField(null=True, verbose_name='宽')),
                ('height', models.PositiveIntegerField(null=True, verbose_name='高')),
                ('uploaded_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤下时间')),
                ('withdrawn_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤下的人')),
                ('withdraw_reason', models.CharField(blank=True, max_length=100, verbose_name='撤下原因')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed5463193e52dec94432051019491edc9ebf24c0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0d7bb', table='attachments_attachmentevent', when='BEFORE'))],
            },
        ),
    ]
