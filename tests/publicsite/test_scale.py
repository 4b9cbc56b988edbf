"""However many villages there are and however much they publish, a page costs what it costs for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.disclosure.models import Publication
from apps.publicsite import pages, queries
from apps.publicsite.addresses import of_all, of_village
from tests.bench import disclosed_county
from tests.conftest import County
from tests.publicsite.crawl import walked
from tests.services import POSTGRES

FIRST = disclosed_county.code_of(0)


def questions(client: Client) -> dict[str, int]:
    """How often each kind of page asks the database; of publications and parts it is the last one's."""
    found = {}
    for name, path in {address.name: address.path for address in [*of_all(), *of_village(FIRST)]}.items():
        pages.forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found[name] = len(captured)
    return found


@pytest.mark.django_db
def test_a_large_county_asks_no_more_questions(villager: Client):
    with transaction.atomic():
        disclosed_county.fill(1)
        of_one = questions(villager)
        transaction.set_rollback(True)
    disclosed_county.fill(30)

    assert questions(villager) == of_one
    assert {"index", "villages", "village", "publication", "verify", "feed", "archive"} < set(of_one)


@pytest.mark.django_db
def test_the_copy_of_a_village_asks_no_more_for_more_publications(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    every, counts = disclosed_county.MONTHS, []
    for months in (every[-14:], every):
        monkeypatch.setattr(disclosed_county, "MONTHS", months)
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            disclosed_county.fill(1)
            call_command("export_public_site", tmp_path / str(len(months)), jobs=1)
            transaction.set_rollback(True)
        counts.append(len(captured))

    assert counts[1] == counts[0] + 2 * (3 + 1)  # pages of three more years and one more part of the chain


def test_a_long_chain_is_listed_in_parts_that_stay(
    published: list[Publication], villager: Client, county: County, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queries, "PART", 1)
    code = county.branch.code
    verify, first = reverse("public:verify", args=[code]), reverse("public:chain_part", args=[code, 1])
    reached = {path: answer.content.decode() for path, answer in walked(villager, verify).items()}

    checksums = [publication.checksum for publication in published]
    assert [checksum in reached[verify] for checksum in checksums] == [False, True]
    assert [checksum in reached[first] for checksum in checksums] == [True, False]
    assert "全部对得上" in reached[verify]
    assert villager.get(reverse("public:chain_part", args=[code, 3])).status_code == 404


@pytest.fixture
def elsewhere(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other processes see: this test's database, with a committed county."""
    monkeypatch.setenv("DATABASE_URL", POSTGRES.url_of(connection.settings_dict["NAME"]))
    disclosed_county.fill(2)


def contents(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_several_at_once_write_the_same_copy(elsewhere: None, tmp_path: Path):
    for jobs in (1, 2):
        call_command("export_public_site", tmp_path / f"by {jobs}", jobs=jobs)
    alone, together = (contents(tmp_path / f"by {jobs}" / "current") for jobs in (1, 2))

    assert together == alone
    assert len(together) > 1_500
