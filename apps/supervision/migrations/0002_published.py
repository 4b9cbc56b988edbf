"""The view from which the public side reads who sits on the committees now."""

import django.db.models.deletion
from django.db import migrations, models

MEMBERS = """
CREATE VIEW supervision_public_member AS
SELECT id, village_id, name, position, since FROM supervision_committeemember WHERE until IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_published'),
        ('supervision', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(MEMBERS, "DROP VIEW supervision_public_member"),
        migrations.CreateModel(
            name='PublishedSupervisor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='supervisors', to='disclosure.publishedvillage')),
                ('name', models.CharField(max_length=32)),
                ('position', models.CharField(choices=[('chair', '主任'), ('member', '成员')], max_length=8)),
                ('since', models.DateField()),
            ],
            options={
                'db_table': 'supervision_public_member',
                'ordering': ['position', 'since', 'id'],
                'managed': False,
            },
        ),
    ]
