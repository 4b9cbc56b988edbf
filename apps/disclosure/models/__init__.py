"""Publications, the statements behind some of them, and the views from which the public side reads."""

from apps.disclosure.models.publications import Deed, Publication
from apps.disclosure.models.published import Published, PublishedSetting, PublishedVillage
from apps.disclosure.models.statements import Statement, StatementLine

__all__ = [
    "Deed", "Publication", "Published", "PublishedSetting", "PublishedVillage", "Statement", "StatementLine",
]  # fmt: skip
