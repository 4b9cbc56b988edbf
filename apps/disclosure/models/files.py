"""Files that belong to a publication and are frozen with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.attachments.kinds import JPEG
from apps.attachments.models import Attachment
from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.disclosure.models.publications import Publication
from apps.disclosure.scanning import MASKABLE


@tracked()
class PublicationFile(models.Model):
    """A file of a publication, or the receipt of one of its lines; versions share it.

    What no machine can read somebody has looked at.
    """

    part_of = "publication"
    scope_lookup = "publication__village__organization__path"
    view_permission = "disclosure.view"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files", verbose_name="公开")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="文件")
    title = models.CharField("名称", max_length=100)
    line = models.PositiveIntegerField("第几笔的票据", null=True, blank=True)
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
            models.UniqueConstraint(
                fields=["publication", "attachment", "line"],
                nulls_distinct=False,
                name="publication_file_once",
            ),
            models.CheckConstraint(
                condition=Q(line=None) | Q(line__gte=1), name="publication_file_of_a_line"
            ),
            models.CheckConstraint(
                condition=Q(looked_by=None, looked_at=None)
                | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="publication_file_looked_by_somebody",
            ),
        ]

    @property
    def is_maskable(self) -> bool:
        """Whether what must not be published can be masked in it by one press of a button."""
        return self.attachment.content_type in MASKABLE

    @property
    def is_picture(self) -> bool:
        return self.attachment.content_type == JPEG

    @property
    def called(self) -> str:
        """ "附件“名单.xlsx”", "第 3 笔的票据" """
        return f"第 {self.line} 笔的票据" if self.line else f"附件“{self.title}”"

    def __str__(self) -> str:
        return self.title
