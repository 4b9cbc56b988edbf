"""What the public side reads of opinions: questions with answers, without anybody's name; and how to ask."""

from __future__ import annotations

from django.db import models

from apps.disclosure.models import Published, PublishedVillage
from apps.opinions.states import Category, Satisfaction


class PublishedOpinion(models.Model):
    """A question with its answer, in the words that were agreed for everybody."""

    village = models.ForeignKey(PublishedVillage, models.DO_NOTHING, related_name="opinions")
    publication = models.ForeignKey(Published, models.DO_NOTHING, null=True, related_name="opinions")
    line = models.PositiveIntegerField(null=True)
    category = models.CharField(max_length=10, choices=Category.choices)
    question = models.CharField(max_length=500)
    answer = models.CharField(max_length=1000)
    received_on = models.DateField()
    answered_on = models.DateField()
    satisfaction = models.CharField(max_length=10, choices=Satisfaction.choices)
    by_township = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "opinions_public_opinion"
        ordering = ["-received_on", "-id"]

    def __str__(self) -> str:
        return self.question


class PublishedAskingPlace(models.Model):
    """How one asks in a village or township, by its code."""

    code = models.CharField(max_length=32)
    box = models.CharField(max_length=100)
    hotline = models.CharField(max_length=40)
    hours = models.CharField(max_length=100)
    contact = models.CharField(max_length=100)
    changed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "opinions_public_asking_place"

    def __str__(self) -> str:
        return self.code
