"""A correction that somebody began and has not handed in."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.meetings.models.meetings import Meeting


@tracked()
class CorrectionDraft(models.Model):
    """What one person typed so far; the record itself does not know of it and counts as it is.

    `said` are the fields of the form as they were sent, each with its values, however wrong; `version` is
    the record's that was open, so that handing in finds out whether somebody changed it since.
    """

    part_of = "meeting"
    scope_lookup = "meeting__organization__path"
    view_permission = "meetings.record"

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="corrections_begun", verbose_name="会议"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="更正的人"
    )
    said = models.JSONField("写到一半的内容", encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField("从哪一次保存改起", editable=False)
    begun_at = models.DateTimeField("开始更正的时间", auto_now_add=True)
    saved_at = models.DateTimeField("最后存下的时间", auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "没有交上的更正"
        verbose_name_plural = "没有交上的更正"
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "by"],
                name="correction_once_a_person",
                violation_error_message="您已经开始更正这条记录了，请接着写。",
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="whose", fields=["meeting", "by", "begun_at"]),
            pgtrigger.Trigger(
                name="of_what_counts",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM meetings_meeting WHERE id = NEW.meeting_id AND state = 'submitted'
                    ) THEN
                        RAISE EXCEPTION 'meeting % is not handed in: nothing to correct', NEW.meeting_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}的更正"
