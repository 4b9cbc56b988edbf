"""Nothing of the inside is public: every text of the database is marked, then everything public is read.

Whoever adds a table or a column need do nothing: it is marked too. What is meant to be read by everybody
stands in `MEANT`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import resolve, reverse

from apps.accounts.models import User
from apps.attachments import contents
from apps.attachments.kinds import JPEG
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.disclosure.states import PUBLIC
from apps.members.models import Member
from apps.publicsite import queries
from apps.publicsite.addresses import ASKING, everything, patterns
from tests.attachments.pictures import exif_of, picture, scanned, upload
from tests.conftest import County
from tests.factories import MeetingFactory, MemberFactory, TalkFactory
from tests.opinions.hearing import ADDRESS as PETITIONER_ADDRESS
from tests.opinions.hearing import NAME as PETITIONER_NAME
from tests.opinions.hearing import PHONE as PETITIONER_PHONE
from tests.publicsite.crawl import body_of, walked
from tests.publicsite.whole import People, disclose
from tests.supervision.making import a_supervisor

MARK = re.compile(r"泄漏(\d+)号")
SHORTEST = 12  # characters: room for a mark
MEANT = {
    "organizations_organization": {"code", "name", "path"},
    "organizations_village": {"name"},
    "organizations_villagersgroup": {"name"},
    "disclosure_publication": {"title", "withdraw_reason", "checksum", "previous_checksum"},
    "disclosure_posting": {"place"},
    "disclosure_addeditem": {
        "group",
        "title",
        "points",
        "basis",
        "channels",
        "masked",
        "publisher",
        "county",
    },
    "decisions_fourstepdecision": {"title", "group_name"},
    "opinions_opinion": {"public_question", "public_answer"},
    "opinions_askingplace": {"box", "hotline", "hours", "contact"},
    "supervision_committeemember": {"name"},
    "publicsite_change": {"place"},
}
ONLY = {
    "disclosure_publication": f"state IN ({', '.join(repr(str(state)) for state in sorted(PUBLIC))})",
    "decisions_fourstepdecision": "id IN (SELECT id FROM decisions_public_decision)",
    "opinions_opinion": "publicity = 'public' AND state <> 'void'",
    "supervision_committeemember": "until IS NULL",
}
"""Of these tables only such rows may show what is meant; drafts are marked throughout."""
Said = dict[str, bytes]


class Marks:
    """A number for every column of the database that holds words."""

    def __init__(self) -> None:
        self.columns: list[str] = []

    def everywhere(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # history and frozen rows too
            for table, column, length in _columns():
                self._mark(cursor, table, column, length)
            cursor.execute("SET LOCAL session_replication_role = origin")

    def _mark(self, cursor, table: str, column: str, length: int | None) -> None:
        meant = column in MEANT.get(table, ())
        if meant and table not in ONLY:
            return
        words = f"泄漏{len(self.columns)}号"
        where = f"WHERE NOT {ONLY[table]}" if meant else ""
        value = f"left('{words}' || ctid::text, {length or 100})"
        try:
            with transaction.atomic():
                cursor.execute(f'UPDATE "{table}" SET "{column}" = {value} {where}')  # noqa: S608
        except DatabaseError:  # a check allows only certain words: then there are no others in it
            return
        self.columns.append(f"{table}.{column}")

    def seen_in(self, said: Said) -> dict[str, set[str]]:
        """Which columns were seen, and where."""
        found: dict[str, set[str]] = {}
        for where, content in said.items():
            for number in MARK.findall(content.decode(errors="replace")):
                found.setdefault(self.columns[int(number)], set()).add(where)
        return found


def _columns() -> Iterator[tuple[str, str, int | None]]:
    for model in apps.get_models():
        if model._meta.managed and model.__module__.startswith("apps."):
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField)
                if is_text and not field.choices and (field.max_length or 100) >= SHORTEST:
                    yield model._meta.db_table, str(field.column), field.max_length


@pytest.fixture
def secrets(county: County) -> list[str]:
    """What members and users are known by."""
    for branch in (county.branch, county.second_branch, county.township):
        for _ in range(3):
            MemberFactory(branch=branch, address=f"{branch.short_name}二组十七号门牌")
    members = list(Member.objects.order_by("pk"))
    MeetingFactory(organization=county.branch, minutes="会上说了不能外传的话。")
    TalkFactory(branch=county.branch, one=members[0], other=members[1])
    known = [
        words
        for member in members
        for words in (member.name, member.id_number.reveal(), member.phone.reveal())
    ]
    asking = [PETITIONER_NAME, PETITIONER_PHONE, PETITIONER_ADDRESS]
    return [*known, members[0].address, "不能外传", *asking, *User.objects.values_list("name", flat=True)]


@pytest.fixture
def worked(
    secrets: list[str],
    statements: list[Publication],
    publish,
    people: People,
    county: County,
    monkeypatch: pytest.MonkeyPatch,
) -> list[Publication]:
    """Besides one of everything public: one corrected by a draft, one objected to, a member who left."""
    monkeypatch.setattr(queries, "PART", 5)
    clerk, supervisor, township_officer = people
    first, second = statements
    a_supervisor(first.village, "旧监委", until=datetime.date(2026, 6, 1))
    drafted = services.write_publication(
        first.village, item="V02", first_on=first.first_on, last_on=first.last_on,
        title="村规民约", body="草稿里的话，谁也不该看到。", by=clerk,
    )  # fmt: skip
    with_receipts(second, secrets, clerk)
    services.propose(drafted, by=clerk)
    services.object_to(drafted, note="账实不符，退回。", by=supervisor)
    published = [publish(first), publish(second)]
    services.withdraw(published[0], reason="写错了村。", by=township_officer)
    services.correct(published[1], reason="漏了一笔。", by=clerk)
    disclose(first.village, county, people)
    return published


def with_receipts(publication: Publication, secrets: list[str], clerk: User) -> None:
    """A photo and a PDF that know whom and where they are about, called by a name."""
    photo = picture(comment=secrets[0].encode(), exif=exif_of(secrets[1]))
    for line, data in enumerate((photo, scanned(photo, author=secrets[2])), 1):
        assert secrets[0].encode() in data
        services.add_receipt(
            publication, upload(data, f"{secrets[0]}.jpg"), line=line, key=uuid4(), has_looked=True, by=clerk
        )


def live(client: Client) -> Said:
    """Everything that a visitor can read: pages, data, feeds, files, with their headers."""
    said: Said = {}
    paths = [address.path for address in everything()]
    for path, answer in walked(client, reverse("public:index"), *paths).items():
        name = path if answer.status_code == 200 else f"{answer.status_code} {path}"
        said[name] = body_of(answer) + str(answer.headers).encode()
    for words in ("村", "2026", "收支", "草稿", "泄漏"):
        answer = client.get(reverse("public:search"), {"q": words})
        said[f"search for {words}"] = answer.content.replace(f"“{words}”".encode(), b"")
    return said


def exported(folder: Path) -> Said:
    call_command("export_public_site", folder, jobs=1)
    files = (path for path in (folder / "current").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def known_in(said: Said, secrets: list[str]) -> set[str]:
    whole = b"\n".join(said.values()).decode(errors="replace")
    return {secret for secret in secrets if secret and secret in whole}


@pytest.fixture
def everything_said(villager: Client, tmp_path: Path) -> Callable[[], Said]:
    return lambda: live(villager) | exported(tmp_path / "copy")


def test_nothing_of_the_inside_is_public(worked, secrets: list[str], everything_said):
    marks = Marks()
    marks.everywhere()
    said = everything_said()

    assert {path.rpartition(".")[2] for path in said if "/files/" in path} == {"jpg", "pdf"}
    assert kinds_of(said, "/public/") == {str(pattern.name) for pattern in patterns()}
    assert kinds_of(said, "current/public/") == {str(each.name) for each in patterns()} - ASKING
    assert marks.seen_in(said) == {}
    assert known_in(said, [*secrets, "草稿里的话", "账实不符", "漏了一笔", "旧监委"]) == set()
    assert {"members_member.name", "accounts_user.name", "disclosure_publication.body"} < set(marks.columns)
    assert {"audit_deed.user_name", "disclosure_publication.title"} < set(marks.columns)
    assert any("event" in column for column in marks.columns)  # the history
    assert len(marks.columns) > 150
    assert len(said) > 100


def kinds_of(said: Said, root: str) -> set[str]:
    """Which kinds of public addresses were read with success below a root."""
    paths = (name.removeprefix(root).removesuffix("index.html") for name in said if name.startswith(root))
    return {str(resolve(f"/public/{path}").url_name) for path in paths}


def test_a_name_frozen_into_a_publication_is_found(
    secrets: list[str], statements: list[Publication], publish, clerk: User, everything_said
):
    about = statements[0]
    services.write_publication(
        about.village, item="V01", first_on=about.first_on, last_on=about.last_on,
        title="村规民约", body=f"{secrets[0]}家不守规约。", by=clerk,
    )  # fmt: skip
    publish(Publication.objects.get(item="V01"))

    assert known_in(everything_said(), secrets) == {secrets[0]}


def test_a_receipt_kept_as_it_was_sent_is_found(
    secrets: list[str],
    statements: list[Publication],
    publish,
    clerk: User,
    everything_said,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(contents, "_picture", lambda file, otherwise: contents.Content(file.read(), JPEG))
    with_receipts(statements[0], secrets, clerk)
    publish(statements[0])

    assert known_in(everything_said(), secrets) == set(secrets[:2])


def test_a_column_shown_by_mistake_is_found(worked, everything_said, monkeypatch: pytest.MonkeyPatch):
    marks = Marks()
    marks.everywhere()
    monkeypatch.setattr(queries, "township_name", lambda village: User.objects.order_by("pk")[0].name)
    seen = marks.seen_in(everything_said())

    assert set(seen) == {"accounts_user.name"}
    assert {"/public/", "current/index.html"} <= seen["accounts_user.name"]
