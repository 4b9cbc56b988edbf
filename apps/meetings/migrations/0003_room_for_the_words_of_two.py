"""A follow-up keeps what two people said of it at the same time."""

from django.db import migrations, models


def remark() -> models.CharField:
    return models.CharField(blank=True, max_length=250, verbose_name="说明")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_correction_drafts")]

    operations = [
        migrations.AlterField("followup", "remark", remark()),
        migrations.AlterField("followupevent", "remark", remark()),
    ]
