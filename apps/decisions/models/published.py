"""What the public side reads of decisions: only those whose resolution everybody may read."""

from __future__ import annotations

from django.db import models

from apps.decisions.kinds import Body, CountedBy, Kind, Matter, Motion, Stage
from apps.disclosure.models import PublishedVillage


class PublishedDecision(models.Model):
    """A decided matter; the two numbers are those of its publications in the village's chain.

    What exactly was decided stands in the publication, which was checked for private things.
    """

    village = models.ForeignKey(PublishedVillage, models.DO_NOTHING, related_name="decisions")
    title = models.CharField(max_length=100)
    motion = models.CharField(max_length=8, choices=Motion.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    matter = models.CharField(max_length=12, choices=Matter.choices)
    group_name = models.CharField(max_length=32)
    decided_on = models.DateField()
    resolution_number = models.PositiveIntegerField()
    resolution_at = models.DateTimeField()
    result_number = models.PositiveIntegerField(null=True)
    result_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "decisions_public_decision"
        ordering = ["-decided_on", "-id"]

    def __str__(self) -> str:
        return self.title


class PublishedStep(models.Model):
    """A sitting of such a matter: which body, when, how many came and how they voted."""

    decision = models.ForeignKey(PublishedDecision, models.DO_NOTHING, related_name="steps")
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    body = models.CharField(max_length=24, choices=Body.choices)
    held_on = models.DateField()
    expected = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    in_favour = models.PositiveIntegerField()
    against = models.PositiveIntegerField()
    abstained = models.PositiveIntegerField()
    whole = models.PositiveIntegerField(null=True)
    counted_by = models.CharField(max_length=12, choices=CountedBy.choices)
    merged = models.BooleanField()
    passed = models.BooleanField()

    class Meta:
        managed = False
        db_table = "decisions_public_step"
        ordering = ["decision", "id"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.held_on}"
