"""Where a publication belongs, and the word of it in the record of deeds."""

from apps.audit.records import record
from apps.core.access import Person
from apps.disclosure.models import Publication


def path_of(publication: Publication) -> str:
    return publication.village.organization.path


def tell(action: str, publication: Publication, by: Person, *, reason: str = "") -> None:
    path = path_of(publication)
    record(f"disclosure.{action}", by=by, on=publication, organization_path=path, reason=reason)
