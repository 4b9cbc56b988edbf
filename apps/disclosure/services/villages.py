"""Villages: registered when they are first spoken of."""

from apps.audit.records import record
from apps.core.access import Person
from apps.organizations.models import Organization, Village


def register_village(organization: Organization, *, name: str, body: str = "", by: Person) -> Village:
    """The village of a party organization, registered when it is first spoken of."""
    village, is_new = Village.objects.get_or_create(
        organization=organization, defaults={"name": name, "economic_body": body}
    )
    if is_new:
        record("disclosure.register", by=by, on=village, organization_path=organization.path)
    return village
