"""The views from which the public side reads; nothing else of the database is open to it."""

from django.db import migrations

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
              WHERE publication.village_id = village.id AND publication.chain_number IS NOT NULL)
"""
PUBLICATIONS = """
CREATE VIEW disclosure_public_publication AS
SELECT id, village_id, item, first_on, last_on, title, state, revision, chain_number, published_at,
       withdraw_reason, checksum, previous_checksum,
       CASE WHEN state = 'withdrawn' THEN NULL ELSE content END AS content
FROM disclosure_publication
WHERE state IN ('published', 'replaced', 'withdrawn')
"""
SETTINGS = """
CREATE VIEW disclosure_public_setting AS
SELECT id, county, rule, value, since FROM regulations_ruleoverride
WHERE rule IN ('VAD-02/due_day', 'VAD-03/due_day')
"""


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial"), ("regulations", "0001_settings")]

    operations = [
        migrations.RunSQL(VILLAGES, "DROP VIEW disclosure_public_village"),
        migrations.RunSQL(SETTINGS, "DROP VIEW disclosure_public_setting"),
        migrations.RunSQL(PUBLICATIONS, "DROP VIEW disclosure_public_publication"),
    ]
