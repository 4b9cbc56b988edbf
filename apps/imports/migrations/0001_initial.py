import apps.core.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32, verbose_name='类别')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('state', models.CharField(choices=[('uploaded', '等待读取'), ('reading', '正在读取'), ('ready', '等您确认'), ('committing', '正在写入'), ('done', '已写入'), ('failed', '没有成功'), ('cancelled', '已取消')], default='uploaded', max_length=16, verbose_name='状态')),
                ('notice', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('choices', models.JSONField(default=dict, verbose_name='选择')),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='行数')),
                ('new', models.PositiveIntegerField(default=0, verbose_name='新增')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='有变化')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='无变化')),
                ('skipped', models.PositiveIntegerField(default=0, verbose_name='跳过')),
                ('bad_rows', models.PositiveIntegerField(default=0, verbose_name='有问题的行')),
                ('errors', models.PositiveIntegerField(default=0, verbose_name='问题')),
                ('warnings', models.PositiveIntegerField(default=0, verbose_name='提示')),
                ('absent', models.PositiveIntegerField(default=0, verbose_name='表里没有')),
                ('is_open', models.BooleanField(default=False, verbose_name='可以写入')),
                ('readings', models.JSONField(default=list, verbose_name='列的读法')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='上传时间')),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='最近动作')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
            ],
            options={
                'verbose_name': '导入',
                'verbose_name_plural': '导入',
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['state', 'touched_at'], name='imports_imp_state_2c06d0_idx')],
            },
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='file', serialize=False, to='imports.importjob')),
                ('content', apps.core.fields.SealedField()),
            ],
            options={
                'verbose_name': '导入的文件',
                'verbose_name_plural': '导入的文件',
            },
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='imports.importjob')),
                ('shelf', models.CharField(choices=[('problem', '要您看一下'), ('changed', '有变化'), ('new', '新增'), ('absent', '表里没有的')], max_length=8)),
                ('place', models.PositiveIntegerField()),
                ('sheet', models.CharField(blank=True, max_length=100)),
                ('row', models.PositiveIntegerField(default=0)),
                ('column', models.CharField(blank=True, max_length=100)),
                ('position', models.SmallIntegerField(default=-1)),
                ('code', models.CharField(blank=True, max_length=32)),
                ('severity', models.CharField(blank=True, max_length=8)),
                ('subject', models.CharField(blank=True, max_length=100)),
                ('text', models.TextField(blank=True)),
                ('advice', models.TextField(blank=True)),
                ('offer', models.CharField(blank=True, max_length=16)),
                ('changes', models.JSONField(default=list)),
                ('is_skipped', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': '导入的一行',
                'verbose_name_plural': '导入的行',
                'ordering': ['place'],
                'indexes': [models.Index(fields=['job', 'shelf', 'place'], name='imports_imp_job_id_a410f2_idx')],
            },
        ),
    ]
