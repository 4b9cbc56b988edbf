"""When something was withdrawn or corrected is told by its steps: each of them counts."""

from django.db import migrations

from apps.publicsite.changes import telling_of_villages

ABOUT_PUBLISHED = """
    SELECT village_id FROM changed
    JOIN disclosure_publication told ON told.id = changed.publication_id AND told.chain_number IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("publicsite", "0002_dissolved"), ("disclosure", "0005_when_it_changed")]

    operations = [telling_of_villages("disclosure_deed", ABOUT_PUBLISHED)]
