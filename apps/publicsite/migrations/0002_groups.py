"""Villagers' groups are shown too: a group's new name counts as a change of its village."""

from django.db import migrations

from apps.publicsite.changes import telling_of_villages


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0012_groups"),
        ("organizations", "0005_villagers_group"),
        ("publicsite", "0001_changes"),
    ]

    operations = [telling_of_villages("organizations_villagersgroup")]
