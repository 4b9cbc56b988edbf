"""The views from which the public side reads: decided matters whose resolution everybody may read."""

from django.db import migrations

# A corrected publication is followed to the version that is in force; one that was withdrawn shows nothing.
DECISIONS = """
CREATE VIEW decisions_public_decision AS
WITH RECURSIVE version AS (
    SELECT publication.id AS root, publication.id, publication.state, publication.chain_number,
           publication.published_at
    FROM disclosure_publication publication
    JOIN decisions_fourstepdecision decision
        ON publication.id IN (decision.resolution_id, decision.result_id)
    WHERE publication.chain_number IS NOT NULL
    UNION ALL
    SELECT version.root, later.id, later.state, later.chain_number, later.published_at
    FROM version JOIN disclosure_publication later ON later.replaces_id = version.id
    WHERE later.chain_number IS NOT NULL
)
SELECT decision.id, decision.village_id, decision.title, decision.motion, decision.kind, decision.matter,
       decision.group_name, step.held_on AS decided_on,
       resolution.chain_number AS resolution_number, resolution.published_at AS resolution_at,
       result.chain_number AS result_number, result.published_at AS result_at
FROM decisions_fourstepdecision decision
JOIN decisions_decisionstep step ON step.decision_id = decision.id AND step.stage = 4 AND step.passed
JOIN version resolution ON resolution.root = decision.resolution_id AND resolution.state = 'published'
LEFT JOIN version result ON result.root = decision.result_id AND result.state = 'published'
"""
STEPS = """
CREATE VIEW decisions_public_step AS
SELECT step.id, step.decision_id, step.stage, step.body, step.held_on, step.expected, step.present,
       step.in_favour, step.against, step.abstained, step.whole, step.counted_by, step.merged, step.passed
FROM decisions_decisionstep step
JOIN decisions_public_decision decision ON decision.id = step.decision_id
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial"), ("disclosure", "0002_published")]

    operations = [
        migrations.RunSQL(DECISIONS, "DROP VIEW decisions_public_decision"),
        migrations.RunSQL(STEPS, "DROP VIEW decisions_public_step"),
    ]
