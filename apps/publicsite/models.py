"""How often what the public sees has changed: the one table of the public side itself, and its view."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """How often the pages of a village have changed, counted by triggers (see `changes`) in whatever writes.

    `place` is the village's code; the row without one counts what concerns the pages of all villages.
    """

    place = models.CharField(primary_key=True, max_length=32)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "公开网站的变动"
        verbose_name_plural = "公开网站的变动"

    def __str__(self) -> str:
        return f"{self.place or '全部'} {self.number}"


class PublishedChange(models.Model):
    """The same as the public side reads it, which may read views only."""

    place = models.CharField(primary_key=True, max_length=32)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "publicsite_public_change"

    def __str__(self) -> str:
        return f"{self.place or '全部'} {self.number}"
