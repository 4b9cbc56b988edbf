"""The view from which the public side reads who sits on the committees now."""

from django.db import migrations

MEMBERS = """
CREATE VIEW supervision_public_member AS
SELECT id, village_id, name, position, since FROM supervision_committeemember WHERE until IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [migrations.RunSQL(MEMBERS, "DROP VIEW supervision_public_member")]
