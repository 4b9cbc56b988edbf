"""Publications, the statements behind some of them, and the views from which the public side reads."""

from apps.disclosure.models.publications import Deed, Publication
from apps.disclosure.models.published import Published, PublishedSetting, PublishedVillage
from apps.disclosure.models.statements import LINE_FIELDS, Statement, StatementLine

__all__ = [
    "LINE_FIELDS",
    "Deed",
    "Publication",
    "Published",
    "PublishedSetting",
    "PublishedVillage",
    "Statement",
    "StatementLine",
]
