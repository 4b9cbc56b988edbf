"""What an opinion is about is told only where that is for everybody."""

from django.db import migrations

OPINIONS = """
CREATE OR REPLACE VIEW opinions_public_opinion AS
SELECT opinion.id, opinion.village_id, publication.id AS publication_id,
       CASE WHEN publication.id IS NOT NULL THEN opinion.line END AS line,
       opinion.category, opinion.public_question AS question, opinion.public_answer AS answer,
       opinion.received_on, answers.answered_on, opinion.satisfaction, answers.by_township,
       opinion.changed_at
FROM opinions_opinion opinion
JOIN LATERAL (
    SELECT max(step."on") AS answered_on, bool_or(step.action = 'decide') AS by_township
    FROM opinions_opinionstep step
    WHERE step.opinion_id = opinion.id AND step.action IN ('answer', 'decide')
) answers ON true
LEFT JOIN disclosure_publication publication
    ON publication.id = opinion.publication_id
    AND publication.state IN ('published', 'replaced', 'withdrawn')
    AND publication.audience = 'public'
WHERE opinion.publicity = 'public' AND opinion.state <> 'void'
"""


class Migration(migrations.Migration):
    dependencies = [("opinions", "0001_initial"), ("disclosure", "0010_public_catalogue")]

    operations = [migrations.RunSQL(OPINIONS, migrations.RunSQL.noop)]
