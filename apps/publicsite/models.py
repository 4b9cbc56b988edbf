"""How often what the public sees has changed; the only table that the public side has of its own."""

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
