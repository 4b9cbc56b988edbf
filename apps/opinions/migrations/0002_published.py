"""The views from which the public side reads: what was asked and answered for everybody, and where to ask."""

import django.db.models.deletion
from django.db import migrations, models

# What an opinion is about is told only where that is for everybody.
OPINIONS = """
CREATE VIEW opinions_public_opinion AS
SELECT opinion.id, opinion.village_id, publication.id AS publication_id,
       CASE WHEN publication.id IS NOT NULL THEN opinion.line END AS line,
       opinion.category, opinion.public_question AS question, opinion.public_answer AS answer,
       opinion.received_on, answers.answered_on, opinion.satisfaction, answers.by_township,
       opinion.changed_at
FROM opinions_opinion opinion
JOIN LATERAL (
    SELECT max(step."on") AS answered_on, bool_or(step.action = 'decide') AS by_township
    FROM opinions_opinionstep step
    WHERE step.opinion_id = opinion.id AND step.action IN ('answer', 'decide')
) answers ON true
LEFT JOIN disclosure_publication publication
    ON publication.id = opinion.publication_id
    AND publication.state IN ('published', 'replaced', 'withdrawn')
    AND publication.audience = 'public'
WHERE opinion.publicity = 'public' AND opinion.state <> 'void'
"""
PLACES = """
CREATE VIEW opinions_public_asking_place AS
SELECT place.id, organization.code, place.box, place.hotline, place.hours, place.contact, place.changed_at
FROM opinions_askingplace place
JOIN organizations_organization organization ON organization.id = place.organization_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_published'),
        ('opinions', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(OPINIONS, "DROP VIEW opinions_public_opinion"),
        migrations.RunSQL(PLACES, "DROP VIEW opinions_public_asking_place"),
        migrations.CreateModel(
            name='PublishedOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='opinions', to='disclosure.publishedvillage')),
                ('publication', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='opinions', to='disclosure.published')),
                ('line', models.PositiveIntegerField(null=True)),
                ('category', models.CharField(choices=[('finance', '财务收支'), ('subsidy', '补贴、救助'), ('project', '工程项目'), ('land', '土地、资产、资源'), ('decision', '村里的决定'), ('other', '其他')], max_length=10)),
                ('question', models.CharField(max_length=500)),
                ('answer', models.CharField(max_length=1000)),
                ('received_on', models.DateField()),
                ('answered_on', models.DateField()),
                ('satisfaction', models.CharField(choices=[('satisfied', '满意'), ('partly', '基本满意'), ('not', '不满意'), ('unknown', '问不到本人')], max_length=10)),
                ('by_township', models.BooleanField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'opinions_public_opinion',
                'ordering': ['-received_on', '-id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedAskingPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32)),
                ('box', models.CharField(max_length=100)),
                ('hotline', models.CharField(max_length=40)),
                ('hours', models.CharField(max_length=100)),
                ('contact', models.CharField(max_length=100)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'opinions_public_asking_place',
                'managed': False,
            },
        ),
    ]
