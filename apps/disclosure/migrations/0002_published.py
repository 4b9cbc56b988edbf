"""The views from which the public side reads: what is for everybody; nothing else of the database is open to it."""

import django.db.models.deletion
from django.db import migrations, models

# Only what is for everybody makes a village appear.
VILLAGES = """
CREATE VIEW disclosure_public_village AS
SELECT village.id, party.code, village.name, party.path AS place,
       coalesce(township.code, '') AS township_code, coalesce(township.name, '') AS township,
       county.name AS county, village.finance_monthly
FROM organizations_village village
JOIN organizations_organization party ON party.id = village.organization_id
JOIN organizations_organization county ON county.path = split_part(party.path, '/', 1) || '/'
LEFT JOIN organizations_organization township
    ON township.path = split_part(party.path, '/', 1) || '/' || split_part(party.path, '/', 2) || '/'
    AND township.id <> party.id
WHERE EXISTS (SELECT 1 FROM disclosure_publication publication
              WHERE publication.village_id = village.id AND publication.chain_number IS NOT NULL
                AND publication.audience = 'public')
"""
SETTINGS = """
CREATE VIEW disclosure_public_setting AS
SELECT id, county, rule, value, since FROM regulations_ruleoverride
WHERE rule IN ('VAD-02/due_day', 'VAD-03/due_day', 'VAD-04')
"""
PUBLICATIONS = """
CREATE VIEW disclosure_public_publication AS
SELECT publication.id, publication.village_id, item, first_on, last_on, title, state, revision, chain_number,
       published_at, withdraw_reason, checksum, previous_checksum,
       CASE WHEN state = 'withdrawn' THEN NULL ELSE content END AS content,
       coalesce(shown.kind, '') AS kind, item_title, event_id,
       coalesce(own.name, '') AS "group", publication.group_id AS group_number
FROM disclosure_publication publication
LEFT JOIN disclosure_table shown ON shown.publication_id = publication.id
LEFT JOIN organizations_villagersgroup own ON own.id = publication.group_id
WHERE state IN ('published', 'replaced', 'withdrawn') AND audience = 'public'
"""
POSTINGS = """
CREATE VIEW disclosure_public_posting AS
SELECT posting.id, posting.publication_id, posting.place, posting.put_up_on, posting.taken_down_on,
       posting.changed_at
FROM disclosure_posting posting
JOIN disclosure_publication publication ON publication.id = posting.publication_id
WHERE publication.state IN ('published', 'replaced', 'withdrawn') AND publication.audience = 'public'
"""
ITEMS = """
CREATE VIEW disclosure_public_item AS
SELECT item.id, county.path AS place, catalogue.year, catalogue.number, catalogue.since,
       item.place AS position, item.code, item."group", item.title, item.points, item.rhythm, item.basis,
       item.publisher, item.channels, item.masked
FROM disclosure_catalogueitem item
JOIN disclosure_catalogue catalogue ON catalogue.id = item.catalogue_id
JOIN organizations_organization county ON county.id = catalogue.organization_id
WHERE catalogue.adopted_on IS NOT NULL AND item.audience = 'public'
UNION ALL
SELECT -item.id, party.path, NULL, NULL, item.since, 0, item.code, item."group", item.title, item.points,
       item.rhythm, item.basis, item.publisher, item.channels, item.masked
FROM disclosure_addeditem item
JOIN organizations_organization party ON party.id = item.organization_id
WHERE item.audience = 'public'
"""
EVENTS = """
CREATE VIEW disclosure_public_event AS
SELECT event.id, event.village_id, event.item, event.item_title, event.happened_on
FROM disclosure_disclosureevent event
WHERE event.cancel_reason = '' AND event.item NOT LIKE 'P%'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0001_initial'),
        ('organizations', '0001_initial'),
        ('regulations', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(VILLAGES, "DROP VIEW disclosure_public_village"),
        migrations.RunSQL(SETTINGS, "DROP VIEW disclosure_public_setting"),
        migrations.RunSQL(PUBLICATIONS, "DROP VIEW disclosure_public_publication"),
        migrations.RunSQL(POSTINGS, "DROP VIEW disclosure_public_posting"),
        migrations.RunSQL(ITEMS, "DROP VIEW disclosure_public_item"),
        migrations.RunSQL(EVENTS, "DROP VIEW disclosure_public_event"),
        migrations.CreateModel(
            name='PublishedSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=40)),
                ('rule', models.CharField(max_length=40)),
                ('value', models.PositiveIntegerField()),
                ('since', models.DateField()),
            ],
            options={
                'db_table': 'disclosure_public_setting',
                'ordering': ['since', 'id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedVillage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32)),
                ('name', models.CharField(max_length=100)),
                ('place', models.CharField(max_length=255)),
                ('township_code', models.CharField(max_length=32)),
                ('township', models.CharField(max_length=100)),
                ('county', models.CharField(max_length=100)),
                ('finance_monthly', models.BooleanField()),
            ],
            options={
                'db_table': 'disclosure_public_village',
                'ordering': ['place'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Published',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='publications', to='disclosure.publishedvillage')),
                ('item', models.CharField(max_length=8)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('title', models.CharField(max_length=100)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('proposed', '待监委会审查'), ('objected', '监委会有异议'), ('checked', '待联席会议确定'), ('confirmed', '待公布'), ('published', '已公布'), ('replaced', '已更正'), ('withdrawn', '已撤回')], max_length=10)),
                ('revision', models.PositiveSmallIntegerField()),
                ('chain_number', models.PositiveIntegerField()),
                ('published_at', models.DateTimeField()),
                ('withdraw_reason', models.CharField(max_length=200)),
                ('checksum', models.CharField(max_length=64)),
                ('previous_checksum', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=24)),
                ('group', models.CharField(max_length=40)),
                ('group_number', models.BigIntegerField(null=True)),
                ('content', models.JSONField(null=True)),
                ('item_title', models.CharField(max_length=60)),
                ('event_id', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'disclosure_public_publication',
                'ordering': ['-last_on', '-chain_number'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedPosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='postings', to='disclosure.published')),
                ('place', models.CharField(max_length=60)),
                ('put_up_on', models.DateField()),
                ('taken_down_on', models.DateField(null=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'disclosure_public_posting',
                'ordering': ['put_up_on', 'id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=255)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('number', models.PositiveSmallIntegerField(null=True)),
                ('since', models.DateField()),
                ('position', models.IntegerField()),
                ('code', models.CharField(max_length=8)),
                ('group', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=60)),
                ('points', models.CharField(max_length=300)),
                ('rhythm', models.CharField(choices=[('month', '每月'), ('quarter', '每季度'), ('half_year', '每半年'), ('year', '每年'), ('event', '随时')], max_length=10)),
                ('basis', models.CharField(max_length=100)),
                ('publisher', models.CharField(max_length=20)),
                ('channels', models.CharField(max_length=60)),
                ('masked', models.CharField(max_length=200)),
            ],
            options={
                'db_table': 'disclosure_public_item',
                'ordering': ['place', 'year', 'number', 'position'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('village_id', models.BigIntegerField()),
                ('item', models.CharField(max_length=8)),
                ('item_title', models.CharField(max_length=60)),
                ('happened_on', models.DateField()),
            ],
            options={
                'db_table': 'disclosure_public_event',
                'ordering': ['-happened_on', '-id'],
                'managed': False,
            },
        ),
    ]
