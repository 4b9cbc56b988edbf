"""Files that belong to a publication and are frozen with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.attachments.kinds import XLSX
from apps.attachments.models import Attachment
from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.disclosure.models.publications import Publication


@tracked()
class PublicationFile(models.Model):
    """A file of a publication; versions share it. What no machine can read somebody has looked at."""

    part_of = "publication"
    scope_lookup = "publication__village__organization__path"
    view_permission = "disclosure.view"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files", verbose_name="公开")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="文件")
    title = models.CharField("名称", max_length=100)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="看过的人",
    )
    looked_at = models.DateTimeField("看过的时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公开的附件"
        verbose_name_plural = "公开的附件"
        ordering = ["publication", "id"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "attachment"], name="publication_file_once"),
            models.CheckConstraint(
                condition=Q(looked_by=None, looked_at=None)
                | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="publication_file_looked_by_somebody",
            ),
        ]

    @property
    def is_workbook(self) -> bool:
        return self.attachment.content_type == XLSX

    def __str__(self) -> str:
        return self.title
