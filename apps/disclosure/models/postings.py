"""What hangs on the notice board, from when to when; a page on the net does not replace it (VAD-06)."""

from __future__ import annotations

import datetime
import uuid
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.disclosure.board import Rule
from apps.disclosure.models.publications import Publication
from apps.disclosure.states import PUBLIC

_PUBLIC = ", ".join(f"'{state.value}'" for state in sorted(PUBLIC))
ONLY_WHAT_IS_PUBLIC = f"""
    IF NOT EXISTS (
        SELECT 1 FROM disclosure_publication
        WHERE id = NEW.publication_id AND state IN ({_PUBLIC})
    ) THEN
        RAISE EXCEPTION 'publication % is not public yet', NEW.publication_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - built from our own constants


class PostingQuerySet(ScopedQuerySet):
    def counting(self, rule: Rule) -> Self:
        """Those that hang still or hung long enough: `board.is_enough` in the database's words."""
        span = datetime.timedelta(days=rule.least)
        long_enough = Q(taken_down_on__gt=F("put_up_on") + span) | Q(put_up_on__lt=rule.since)
        return self.filter(Q(taken_down_on=None) | long_enough)


@tracked()
class Posting(models.Model):
    """One sheet on one board: a published publication, put up at a place and taken down again (VAD-05).

    `key` is under which its photo lies among the attachments.
    """

    part_of = "publication"
    scope_lookup = "publication__village__organization__path"
    view_permission = "disclosure.view"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="postings", verbose_name="公开")
    place = models.CharField("张贴的地方", max_length=60)
    put_up_on = models.DateField("张贴日期")
    taken_down_on = models.DateField("撤下日期", null=True, blank=True)
    key = models.UUIDField("照片的编号", default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记的人"
    )
    changed_at = models.DateTimeField("登记时间", auto_now=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "张贴"
        verbose_name_plural = "张贴"
        ordering = ["publication", "put_up_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_on=None) | Q(taken_down_on__gte=F("put_up_on")),
                name="posting_days_in_order",
                violation_error_message="撤下的日期不能早于张贴的日期。",
            ),
            ExclusionConstraint(
                name="posting_once_at_a_place",
                expressions=[
                    ("publication", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (
                        Func(
                            F("put_up_on"),
                            F("taken_down_on"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="这一件这几天已经贴在这个地方了，不用再登记。",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_what_is_public",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=ONLY_WHAT_IS_PUBLIC,
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.put_up_on}"
