"""Everybody also reads when something was withdrawn or corrected."""

from django.db import migrations

# As before, with one column more.
PUBLICATIONS = """
CREATE OR REPLACE VIEW disclosure_public_publication AS
SELECT publication.id, publication.village_id, item, first_on, last_on, title, state, revision, chain_number,
       published_at, withdraw_reason, checksum, previous_checksum,
       CASE WHEN state = 'withdrawn' THEN NULL ELSE content END AS content,
       coalesce(shown.kind, '') AS kind, item_title, event_id,
       coalesce(own.name, '') AS "group", publication.group_id AS group_number, publication.nothing,
       (SELECT max(deed.recorded_at) FROM disclosure_deed deed
        WHERE deed.publication_id = publication.id AND deed.action IN ('withdraw', 'replace')) AS changed_at
FROM disclosure_publication publication
LEFT JOIN disclosure_table shown ON shown.publication_id = publication.id
LEFT JOIN organizations_villagersgroup own ON own.id = publication.group_id
WHERE state IN ('published', 'replaced', 'withdrawn') AND audience = 'public'
"""


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_receipts_and_every_village")]

    operations = [migrations.RunSQL(PUBLICATIONS, migrations.RunSQL.noop)]
