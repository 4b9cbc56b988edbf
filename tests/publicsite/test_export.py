"""The copy: the same pages as files, only what changed, whole or not at all."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.publicsite.addresses import ASKING, everything
from apps.publicsite.copies import drawing, generations, parts
from apps.publicsite.copies.links import FORM, LINK, file_of, relative
from apps.publicsite.models import Change
from tests.conftest import County
from tests.publicsite.crawl import body_of

ANY_LINK = re.compile(r'\b(?:href|src)="[^"]*"')
LEADS = re.compile(r'\b(?:href|src|action)="(?!data:)([^"#]+)')
INSTEAD = re.compile(r'<p class="no-print"><a href="[^"]*">按乡镇、拼音和年份找</a>.*?</p>')


@pytest.fixture
def export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(**options: object) -> str:
        call_command("export_public_site", tmp_path / "copy", jobs=1, **options)
        return capsys.readouterr().out.strip()

    return run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "copy" / "current"


def files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("at", "address", "link"),
    [
        ("/public/", "/public/8801001/", "8801001/index.html"),
        ("/", "/public/8801001/", "public/8801001/index.html"),
        ("/public/8801001/3/", "/public/", "../../index.html"),
        ("/public/8801001/3/", "/public/8801001/3/lines.csv", "lines.csv"),
        ("/public/8801001/3/", "/static/css/partybuild.css", "../../../static/css/partybuild.css"),
        ("/public/8801001/", "/public/8801001/3/#line-4", "3/index.html#line-4"),
    ],
)
def test_a_link_leads_to_the_file(at: str, address: str, link: str):
    assert relative(address, at=at) == link


def test_every_page_is_there_and_says_the_same(
    whole: list[Publication], villager: Client, export, site: Path
):
    export()
    wanted = [address for address in everything() if address.name not in ASKING]
    for address in wanted:
        live = villager.get(address.path)
        if live.status_code == 404:
            assert not (site / file_of(address.path)).exists()
            continue
        copy = (site / file_of(address.path)).read_bytes()
        if live.headers["Content-Type"].startswith("text/html"):
            text = ANY_LINK.sub("", FORM.sub("", body_of(live).decode()))
            assert ANY_LINK.sub("", INSTEAD.sub("", copy.decode())) == text
            assert LINK.search(copy.decode()) is None
        else:
            assert copy == body_of(live)


def test_every_link_of_the_copy_leads_to_a_file(whole: list[Publication], export, site: Path):
    export()
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]
    links = [(page, link) for page in pages for link in LEADS.findall(page.read_text())]

    assert len(links) > len(pages) > 5
    assert [(page, link) for page, link in links if not (page.parent / link).resolve().is_file()] == []


def test_whoever_mistypes_an_address_of_the_copy_is_led_to_its_beginning(
    published: list[Publication], export, site: Path
):
    """Links from the root: a web server answers this page at any address."""
    export()
    text = (site / "404.html").read_text()

    assert "没有这个地址" in text
    assert [link for link in LEADS.findall(text) if not (site / file_of(link)).is_file()] == []
    assert export().startswith("写了 0 个文件")


def test_after_one_publication_only_its_village_and_the_indexes_are_written(
    statements: list[Publication], publish, export, site: Path, county: County
):
    publish(statements[0])
    export()
    before = {name: (site / name).stat().st_ino for name in files(site)}
    publish(statements[1])
    export()
    after = {name: (site / name).stat().st_ino for name in files(site)}
    written = {name for name, inode in after.items() if before.get(name) != inode}

    places = {
        "index.html",
        f"public/{county.branch.code}/2/index.html",
        f"public/{county.branch.code}/index.html",
    }
    assert places <= written
    assert f"public/{county.branch.code}/1/data.json" not in written
    assert export().startswith("写了 0 个文件")


def noting(drawn: list[str]) -> Callable[[str], drawing.Answer | None]:
    """Draws as ever, and writes down what."""

    def draw(path: str) -> drawing.Answer | None:
        drawn.append(path)
        return drawing.drawn(path)

    return draw


def test_the_next_day_only_what_depends_on_the_day_is_looked_at(
    published: list[Publication], export, monkeypatch: pytest.MonkeyPatch, county: County
):
    morning = datetime.datetime(2026, 11, 22, 9, tzinfo=CHINA)
    with time_machine.travel(morning):
        export()
    drawn: list[str] = []
    monkeypatch.setattr(parts, "drawn", noting(drawn))
    with time_machine.travel(morning + datetime.timedelta(days=1)):
        export()

    assert f"/public/{county.branch.code}/" in drawn
    assert f"/public/{county.branch.code}/1/" not in drawn


def test_what_was_withdrawn_is_gone(
    published: list[Publication], export, site: Path, township_officer: User, county: County
):
    export()
    data = site / "public" / county.branch.code / "1" / "data.json"
    assert data.exists()
    services.withdraw(published[0], reason="写错了村。", by=township_officer)
    export()

    assert not data.exists()
    assert "鱼塘" not in (data.parent / "index.html").read_text()


def test_an_interrupted_export_changes_nothing_and_goes_on(
    published: list[Publication], export, site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    export()
    before = files(site)
    Change.objects.update(number=99)
    drawn: list[str] = []

    def breaking(path: str) -> drawing.Answer | None:
        drawn.append(path)
        if path == "/public/villages/":
            raise KeyboardInterrupt
        return drawing.drawn(path)

    monkeypatch.setattr(parts, "drawn", breaking)
    with pytest.raises(KeyboardInterrupt):
        export()
    assert files(site) == before
    assert len(drawn) > 5

    drawn.clear()
    monkeypatch.setattr(parts, "drawn", noting(drawn))
    export()
    of_all = {"/public/", "/public/about/", "/public/villages/"}
    assert {path for path in drawn if not path.startswith("/static/")} == of_all
    assert files(site) == before
    assert len(list((tmp_path / "copy" / "generations").iterdir())) == 2


def test_a_village_that_is_quiet_since_a_day_is_taken_as_it_was(
    published: list[Publication], export, monkeypatch: pytest.MonkeyPatch
):
    export()
    Change.objects.update(number=99)
    monkeypatch.setattr(parts, "drawn", lambda path: None if path.count("/") > 3 else drawing.drawn(path))

    assert export(since=timezone.localdate() + datetime.timedelta(days=1)).startswith("写了 0 个文件")


def test_the_old_generation_is_never_written_into(
    published: list[Publication], export, site: Path, tmp_path: Path
):
    export()
    old = generations.current(tmp_path / "copy")
    assert old
    before = files(old.site)
    (tmp_path / "copy" / "generations" / "next").mkdir()
    next_one = generations.begun(tmp_path / "copy")
    next_one.link("index.html", old)
    next_one.write("index.html", b"something else")

    assert files(old.site) == before


def test_an_address_that_fails_stops_the_export(
    published: list[Publication], export, site: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(drawing, "_asked", lambda path: HttpResponse(status=500))

    with pytest.raises(CommandError, match="的回答是 500"):
        export()
    assert not site.exists()
