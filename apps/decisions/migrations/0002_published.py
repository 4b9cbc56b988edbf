"""The views from which the public side reads: decided matters whose resolution everybody may read."""

import django.db.models.deletion
from django.db import migrations, models

# A corrected publication is followed to the version that is in force; one that was withdrawn shows nothing.
DECISIONS = """
CREATE VIEW decisions_public_decision AS
WITH RECURSIVE version AS (
    SELECT publication.id AS root, publication.id, publication.state, publication.chain_number,
           publication.published_at
    FROM disclosure_publication publication
    JOIN decisions_fourstepdecision decision
        ON publication.id IN (decision.resolution_id, decision.result_id)
    WHERE publication.chain_number IS NOT NULL
    UNION ALL
    SELECT version.root, later.id, later.state, later.chain_number, later.published_at
    FROM version JOIN disclosure_publication later ON later.replaces_id = version.id
    WHERE later.chain_number IS NOT NULL
)
SELECT decision.id, decision.village_id, decision.title, decision.motion, decision.kind, decision.matter,
       decision.group_name, step.held_on AS decided_on,
       resolution.chain_number AS resolution_number, resolution.published_at AS resolution_at,
       result.chain_number AS result_number, result.published_at AS result_at
FROM decisions_fourstepdecision decision
JOIN decisions_decisionstep step ON step.decision_id = decision.id AND step.stage = 4 AND step.passed
JOIN version resolution ON resolution.root = decision.resolution_id AND resolution.state = 'published'
LEFT JOIN version result ON result.root = decision.result_id AND result.state = 'published'
"""
STEPS = """
CREATE VIEW decisions_public_step AS
SELECT step.id, step.decision_id, step.stage, step.body, step.held_on, step.expected, step.present,
       step.in_favour, step.against, step.abstained, step.whole, step.counted_by, step.merged, step.passed
FROM decisions_decisionstep step
JOIN decisions_public_decision decision ON decision.id = step.decision_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0001_initial'),
        ('disclosure', '0002_published'),
    ]

    operations = [
        migrations.RunSQL(DECISIONS, "DROP VIEW decisions_public_decision"),
        migrations.RunSQL(STEPS, "DROP VIEW decisions_public_step"),
        migrations.CreateModel(
            name='PublishedDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='decisions', to='disclosure.publishedvillage')),
                ('title', models.CharField(max_length=100)),
                ('motion', models.CharField(choices=[('people', '党员、群众建议'), ('cadres', '村干部提议'), ('above', '上级党委、政府安排')], max_length=8)),
                ('kind', models.CharField(choices=[('village', '村民事项'), ('collective', '集体财产事项'), ('group', '村民小组事项')], max_length=12)),
                ('matter', models.CharField(choices=[('planning', '村庄规划、建设等乡村建设的重要事项'), ('allowance', '误工补贴的人员和标准'), ('income', '集体经济所得资金、物资的使用'), ('public_good', '公益事业、筹资筹劳、建设承包方案'), ('aid', '重点帮扶人员和帮扶方案'), ('by_law', '法律法规规定或村民会议认为应由它决定的'), ('other', '不在以上六类')], max_length=12)),
                ('group_name', models.CharField(max_length=32)),
                ('decided_on', models.DateField()),
                ('resolution_number', models.PositiveIntegerField()),
                ('resolution_at', models.DateTimeField()),
                ('result_number', models.PositiveIntegerField(null=True)),
                ('result_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'decisions_public_decision',
                'ordering': ['-decided_on', '-id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='steps', to='decisions.publisheddecision')),
                ('stage', models.PositiveSmallIntegerField(choices=[(1, '村党组织提议'), (2, '村“两委”会议商议'), (3, '党员大会审议'), (4, '决议')])),
                ('body', models.CharField(choices=[('party_committee', '村党组织委员会'), ('party_meeting', '党员大会'), ('joint_meeting', '村“两委”会议'), ('villagers', '村民会议'), ('representatives', '村民代表会议'), ('members', '集体经济组织成员大会'), ('member_representatives', '集体经济组织成员代表大会'), ('group', '村民小组会议')], max_length=24)),
                ('held_on', models.DateField()),
                ('expected', models.PositiveIntegerField()),
                ('present', models.PositiveIntegerField()),
                ('in_favour', models.PositiveIntegerField()),
                ('against', models.PositiveIntegerField()),
                ('abstained', models.PositiveIntegerField()),
                ('whole', models.PositiveIntegerField(null=True)),
                ('counted_by', models.CharField(choices=[('adults', '按人（十八周岁以上村民）'), ('households', '按户（户的代表）')], max_length=12)),
                ('merged', models.BooleanField()),
                ('passed', models.BooleanField()),
            ],
            options={
                'db_table': 'decisions_public_step',
                'ordering': ['decision', 'id'],
                'managed': False,
            },
        ),
    ]
