"""The villages' records: seen in the scope, registered and changed by the office, with their groups."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.organizations.models import Village, VillagersGroup
from apps.organizations.villages import services
from tests.conftest import County
from tests.factories import OrganizationFactory


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


def test_the_list_shows_the_villages_of_the_scope(
    village: Village, township_officer: User, neighbour: User, signed_in
):
    address = reverse("organizations:villages")

    assert "河口镇东湾村" in signed_in(township_officer).get(address).content.decode()
    assert "还没有登记村" in signed_in(neighbour).get(address).content.decode()


def test_a_list_costs_the_same_for_any_length(
    village: Village, county: County, township_officer: User, signed_in
):
    client, counts = signed_in(township_officer), []
    for more in (0, 2):
        for number in range(more):
            branch = OrganizationFactory(parent=county.township, sector=county.branch.sector)
            Village.objects.create(organization=branch, name=f"河口镇{number}村")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("organizations:villages"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_office_registers_and_changes_a_village(county: County, township_officer: User, signed_in):
    client = signed_in(township_officer)
    said = {
        "organization": county.branch.pk,
        "name": "河口镇东湾村",
        "finance_monthly": "on",
        "since": "2026-11-01",
    }
    assert client.post(reverse("organizations:new_village"), said).status_code == 302
    village = Village.objects.get()

    edit = reverse("organizations:edit_village", args=[village.pk])
    change = {"name": "河口镇东湾村", "population": "812", "chairman": "王某", "since": "2026-07-01"}
    change["version"] = "1"
    assert client.post(edit, change).status_code == 302
    assert client.post(edit, change).status_code == 422
    village.refresh_from_db()
    assert (village.population, village.chairman) == (812, "王某")
    assert (village.finance_monthly, village.version) == (False, 2)
    page = client.get(reverse("organizations:village", args=[village.pk])).content.decode()
    assert "每季度公开（VAD-03）" in page


def test_a_group_is_registered_and_ended(village: Village, township_officer: User, signed_in):
    client = signed_in(township_officer)
    new = reverse("organizations:new_group", args=[village.pk])
    assert client.post(new, {"name": "第三村民小组", "households": "41"}).status_code == 302
    assert client.post(new, {"name": "第三村民小组"}).status_code == 422
    group = VillagersGroup.objects.get()

    edit = reverse("organizations:edit_group", args=[group.pk])
    said = {"name": "第三村民小组", "ended_on": "2026-06-30", "version": "1"}
    assert client.post(edit, said).status_code == 302
    assert not VillagersGroup.objects.current().exists()


def test_whoever_only_reads_changes_nothing(village: Village, branch_secretary: User, signed_in):
    client = signed_in(branch_secretary)

    assert client.get(reverse("organizations:edit_village", args=[village.pk])).status_code == 403
    assert client.get(reverse("organizations:new_village")).status_code == 403


def test_a_village_is_registered_once(village: Village, county: County, township_officer: User):
    with pytest.raises(Refused):
        services.register_village(county.branch, name="东湾村", by=township_officer)
