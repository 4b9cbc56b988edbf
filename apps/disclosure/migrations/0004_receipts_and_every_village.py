"""Receipts of a line, and every village on the public list."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# A village is on the list before it publishes anything, so that its people see what is due; one that is gone
# stays with what it has published.
VILLAGES = """
CREATE OR REPLACE VIEW disclosure_public_village AS
SELECT village.id, party.code, village.name, party.path AS place,
       coalesce(township.code, '') AS township_code, coalesce(township.name, '') AS township,
       county.name AS county, village.finance_monthly, village.since
FROM organizations_village village
JOIN organizations_organization party ON party.id = village.organization_id
JOIN organizations_organization county ON county.path = split_part(party.path, '/', 1) || '/'
LEFT JOIN organizations_organization township
    ON township.path = split_part(party.path, '/', 1) || '/' || split_part(party.path, '/', 2) || '/'
    AND township.id <> party.id
WHERE party.dissolved_on IS NULL
   OR EXISTS (SELECT 1 FROM disclosure_publication publication
              WHERE publication.village_id = village.id AND publication.chain_number IS NOT NULL
                AND publication.audience = 'public')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0002_receipts'),
        ('disclosure', '0003_secrecy_and_nothing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='publicationfile',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publicationfile',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publicationfile',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='publicationfile',
            name='publication_file_once',
        ),
        migrations.AddField(
            model_name='publicationfile',
            name='line',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='第几笔的票据'),
        ),
        migrations.AddField(
            model_name='publicationfileevent',
            name='line',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='第几笔的票据'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationfile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_publicationfileevent" ("attachment_id", "id", "line", "looked_at", "looked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "title") SELECT new_values."attachment_id", new_values."id", new_values."line", new_values."looked_at", new_values."looked_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."publication_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9b2e3546bdf164669f3c5f20460c82acac83326a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2da68', referencing='REFERENCING NEW TABLE AS new_values ', table='disclosure_publicationfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationfile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_publicationfileevent" ("attachment_id", "id", "line", "looked_at", "looked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "title") SELECT new_values."attachment_id", new_values."id", new_values."line", new_values."looked_at", new_values."looked_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."publication_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4153f723c17650dcc61a15c710b031158e86445c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6ce69', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='disclosure_publicationfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationfile',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "disclosure_publicationfileevent" ("attachment_id", "id", "line", "looked_at", "looked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "title") SELECT old_values."attachment_id", old_values."id", old_values."line", old_values."looked_at", old_values."looked_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."publication_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='647da61d253799618030cc761a8bb2250483619d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_171df', referencing='REFERENCING OLD TABLE AS old_values ', table='disclosure_publicationfile', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='publicationfile',
            constraint=models.UniqueConstraint(fields=('publication', 'attachment', 'line'), name='publication_file_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='publicationfile',
            constraint=models.CheckConstraint(condition=models.Q(('line', None), ('line__gte', 1), _connector='OR'), name='publication_file_of_a_line'),
        ),
        migrations.RunSQL(VILLAGES, migrations.RunSQL.noop),
    ]
