"""A count of changes for each village, kept by triggers on whatever the public side shows."""

from django.db import migrations, models

from apps.publicsite.changes import FUNCTIONS, telling_of_all, telling_of_villages

BELOW = """
    SELECT village.id FROM changed
    JOIN organizations_organization place ON place.id = changed.organization_id
    JOIN organizations_organization party ON starts_with(party.path, place.path)
    JOIN organizations_village village ON village.organization_id = party.id
"""
ABOUT_PUBLISHED = """
    SELECT village_id FROM changed
    JOIN disclosure_publication told ON told.id = changed.publication_id AND told.chain_number IS NOT NULL
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("decisions", "0001_initial"),
        ("disclosure", "0001_initial"),
        ("opinions", "0001_initial"),
        ("organizations", "0001_initial"),
        ("regulations", "0001_initial"),
        ("supervision", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("place", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "公开网站的变动", "verbose_name_plural": "公开网站的变动"},
        ),
        FUNCTIONS,
        telling_of_villages(
            "disclosure_publication", "SELECT village_id FROM changed WHERE chain_number IS NOT NULL"
        ),
        telling_of_villages("disclosure_posting", ABOUT_PUBLISHED),
        telling_of_villages("disclosure_table", ABOUT_PUBLISHED),
        telling_of_villages("disclosure_disclosureevent"),
        telling_of_villages("disclosure_addeditem", BELOW),
        telling_of_all("disclosure_catalogue"),
        telling_of_all("disclosure_catalogueitem"),
        telling_of_villages("decisions_fourstepdecision"),
        telling_of_villages(
            "decisions_decisionstep",
            "SELECT village_id FROM changed JOIN decisions_fourstepdecision told ON told.id = changed.decision_id",
        ),
        telling_of_villages("opinions_opinion"),
        telling_of_villages(
            "opinions_opinionstep",
            "SELECT village_id FROM changed JOIN opinions_opinion told ON told.id = changed.opinion_id",
        ),
        telling_of_villages("opinions_askingplace", BELOW),
        telling_of_villages("supervision_committeemember"),
        telling_of_all("organizations_village"),
        telling_of_villages("organizations_villagersgroup"),
        telling_of_all("organizations_organization", columns=("code", "name", "path")),
        telling_of_all("regulations_ruleoverride"),
    ]
