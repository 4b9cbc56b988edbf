"""Whether a village is gone decides whether it is on the public list: each change of that is told too."""

from django.db import migrations

from apps.publicsite.changes import telling_of_all

PLACES = "organizations_organization"


class Migration(migrations.Migration):
    dependencies = [("publicsite", "0001_initial"), ("disclosure", "0004_receipts_and_every_village")]

    operations = [
        migrations.RunSQL(f"DROP TRIGGER public_change ON {PLACES}", migrations.RunSQL.noop),
        telling_of_all(PLACES, columns=("code", "name", "path", "dissolved_on")),
    ]
