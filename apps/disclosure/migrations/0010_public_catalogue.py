"""What the public side reads besides: the catalogue, what happened, and nothing that is not for everybody."""

from django.db import migrations

PUBLICATIONS = """
CREATE OR REPLACE VIEW disclosure_public_publication AS
SELECT publication.id, village_id, item, first_on, last_on, title, state, revision, chain_number,
       published_at, withdraw_reason, checksum, previous_checksum,
       CASE WHEN state = 'withdrawn' THEN NULL ELSE content END AS content,
       coalesce(shown.kind, '') AS kind, item_title, event_id
FROM disclosure_publication publication
LEFT JOIN disclosure_table shown ON shown.publication_id = publication.id
WHERE state IN ('published', 'replaced', 'withdrawn') AND audience = 'public'
"""
POSTINGS = """
CREATE OR REPLACE VIEW disclosure_public_posting AS
SELECT posting.id, posting.publication_id, posting.place, posting.put_up_on, posting.taken_down_on,
       posting.changed_at
FROM disclosure_posting posting
JOIN disclosure_publication publication ON publication.id = posting.publication_id
WHERE publication.state IN ('published', 'replaced', 'withdrawn') AND publication.audience = 'public'
"""
# Only what is for everybody makes a village appear; otherwise the view is as it was.
VILLAGES = """
CREATE OR REPLACE VIEW disclosure_public_village AS
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
CREATE OR REPLACE VIEW disclosure_public_setting AS
SELECT id, county, rule, value, since FROM regulations_ruleoverride
WHERE rule IN ('VAD-02/due_day', 'VAD-03/due_day', 'VAD-04')
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
    dependencies = [("disclosure", "0009_catalogue")]

    operations = [
        migrations.RunSQL(PUBLICATIONS, migrations.RunSQL.noop),
        migrations.RunSQL(POSTINGS, migrations.RunSQL.noop),
        migrations.RunSQL(VILLAGES, migrations.RunSQL.noop),
        migrations.RunSQL(SETTINGS, migrations.RunSQL.noop),
        migrations.RunSQL(ITEMS, "DROP VIEW disclosure_public_item"),
        migrations.RunSQL(EVENTS, "DROP VIEW disclosure_public_event"),
    ]
