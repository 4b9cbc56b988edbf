"""The public side reads views only: the counts of changes get one too."""

from django.db import migrations, models

VIEW = "CREATE VIEW publicsite_public_change AS SELECT place, number, at FROM publicsite_change"


class Migration(migrations.Migration):
    dependencies = [("publicsite", "0003_withdrawn")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW publicsite_public_change"),
        migrations.CreateModel(
            name="PublishedChange",
            fields=[
                ("place", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "publicsite_public_change", "managed": False},
        ),
    ]
