"""Publications, the statements behind some of them, and the views from which the public side reads."""

from apps.disclosure.models.catalogues import (
    AddedItem,
    Catalogue,
    CatalogueItem,
    DisclosureEvent,
)
from apps.disclosure.models.files import PublicationFile
from apps.disclosure.models.orders import Order
from apps.disclosure.models.postings import Posting
from apps.disclosure.models.publications import Deed, Publication
from apps.disclosure.models.published import (
    Published,
    PublishedEvent,
    PublishedItem,
    PublishedPosting,
    PublishedSetting,
    PublishedVillage,
)
from apps.disclosure.models.statements import LINE_FIELDS, LINE_WORDS, Statement, StatementLine
from apps.disclosure.models.tables import Table

__all__ = [
    "LINE_FIELDS",
    "LINE_WORDS",
    "AddedItem",
    "Catalogue",
    "CatalogueItem",
    "Deed",
    "DisclosureEvent",
    "Order",
    "Posting",
    "Publication",
    "PublicationFile",
    "Published",
    "PublishedEvent",
    "PublishedItem",
    "PublishedPosting",
    "PublishedSetting",
    "PublishedVillage",
    "Statement",
    "StatementLine",
    "Table",
]
