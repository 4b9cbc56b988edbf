"""A county's own templates: what is accepted, what is refused and why, versions, and the way back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from apps.accounts.models import User
from apps.core.documents.filling import WordTemplate
from apps.core.errors import Refused
from apps.meetings.models import Meeting
from apps.papers import checking, queries, services
from apps.papers.checking import check_template
from apps.papers.kinds import Paper
from apps.papers.layouts import built_in
from apps.papers.models import PaperTemplate
from apps.papers.placeholders import blank_of, sample_of, samples_of
from apps.papers.records import record_of
from tests.conftest import County
from tests.factories import ResolutionFactory
from tests.papers.conftest import Held, lines_of, opened

pytestmark = pytest.mark.django_db


def changed(paper: Paper = Paper.MINUTES, *, first: str = "中共清源县委组织部监制") -> bytes:
    """The built-in template with a line of the county's own."""
    document = Document(BytesIO(built_in(paper)))
    document.paragraphs[0].insert_paragraph_before(first)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(name: str, content: bytes, base: bytes | None = None) -> bytes:
    """The built-in template with a part added or put in another's place."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(base or built_in(Paper.MINUTES))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return stream.getvalue()


def edited(name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(BytesIO(built_in(Paper.MINUTES))) as archive:
        return with_part(name, change(archive.read(name)))


def relation(kind: str, target: str) -> Callable[[bytes], bytes]:
    space = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    row = b'<Relationship Id="rId99" Type="%s%s" Target="%s" TargetMode="External"/></Relationships>'
    return lambda old: old.replace(b"</Relationships>", row % (space, kind.encode(), target.encode()))


RELATIONS = "word/_rels/document.xml.rels"


def field_code(code: str) -> Callable[[bytes], bytes]:
    return lambda old: old.replace(
        b"<w:body>", f"<w:body><w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>".encode(), 1
    )


def refusal(paper: Paper, content: bytes) -> str:
    """What is said against a template, "" if nothing."""
    try:
        check_template(paper, content)
    except Refused as refused:
        return refused.sentence
    return ""


@pytest.mark.parametrize("paper", list(Paper))
def test_the_built_in_templates_pass_their_own_check(paper: Paper) -> None:
    assert refusal(paper, built_in(paper)) == ""


@pytest.mark.parametrize("paper", list(Paper))
def test_the_built_in_templates_are_always_the_same(paper: Paper) -> None:
    built_in.cache_clear()
    first = built_in(paper)
    built_in.cache_clear()

    assert WordTemplate(built_in(paper)).fill(samples_of(paper)) == WordTemplate(first).fill(
        samples_of(paper)
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("an old .doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "不是 Word 文件"),
        ("a workbook", with_part("xl/workbook.xml", b"<a/>", built_in(Paper.MINUTES))[:50], "不是 Word 文件"),
        ("macros", with_part("word/vbaProject.bin", b"macro"), "嵌了别的文件或者宏（vbaProject.bin）"),
        ("an OLE object", with_part("word/embeddings/oleObject1.bin", b"x"), "oleObject1.bin"),
        ("a page to take in", with_part("word/afchunk.html", b"<script/>"), "afchunk.html"),
        ("another document", with_part("word/embeddings/other.docx", b"x"), "other.docx"),
        (
            "a macro type",
            edited(
                "[Content_Types].xml",
                lambda old: old.replace(b"document.main", b"document.macroEnabled.main"),
            ),
            "带宏",
        ),
        (
            "a remote template",
            edited(RELATIONS, relation("attachedTemplate", "http://198.51.100.1/a.dotm")),
            "引用了外面",
        ),
        (
            "a remote picture",
            edited(RELATIONS, relation("image", "file://198.51.100.1/share/a.png")),
            "引用了外面",
        ),
        ("a DDE field", edited("word/document.xml", field_code("DDEAUTO c:\\\\cmd.exe")), "自动取外部内容"),
        (
            "a file taken in",
            edited("word/document.xml", field_code("INCLUDETEXT &quot;c:/a&quot;")),
            "自动取外部内容",
        ),
        ("a bomb", with_part("word/media/a.png", b"0" * (checking.MAX_UNPACKED + 1)), "大得不正常"),
        (
            "a long body",
            edited("word/document.xml", lambda old: old + b" " * checking.MAX_BODY),
            "大得不正常",
        ),
        (
            "an entity",
            edited("word/document.xml", lambda old: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + old),
            "打不开",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else "",
)
def test_what_could_do_harm_is_refused(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        check_template(Paper.MINUTES, content)


def test_a_link_to_read_on_is_allowed() -> None:
    linked = edited(RELATIONS, relation("hyperlink", "http://198.51.100.1/"))

    assert refusal(Paper.MINUTES, linked) == ""


def test_a_template_beyond_the_limit_is_refused() -> None:
    with pytest.raises(Refused, match="最大 2 MB"):
        check_template(Paper.MINUTES, b"0" * (checking.MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{{ 主体 }}", "“主体”"),
        ("{{ 应到 }}{{ 出席率 }}{{ 天气 }}", "“出席率”、“天气”"),
        ("{% for 项 in 决议 %}{{ 项.金额 }}{% endfor %}", "“金额”"),
    ],
)
def test_unknown_placeholders_are_named(line: str, named: str) -> None:
    with pytest.raises(Refused) as refused:
        check_template(Paper.MINUTES, changed(first=line))

    assert refused.value.sentence == checking.UNKNOWN.format(named)
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    "attack",
    [
        "{{ 党支部.__class__.__base__.__subclasses__() }}",
        "{{ ''.join(['a']) }}",
        "{% for 甲 in 'a' * 1000000000 %}{% endfor %}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_an_attack_never_runs(attack: str, county: County, county_officer: User) -> None:
    with pytest.raises(Refused):
        services.upload_template(
            county.root, Paper.MINUTES, name="模板.docx", content=changed(first=attack), by=county_officer
        )
    assert not PaperTemplate.objects.exists()


def uploaded(county: County, by: User, **more: Any) -> PaperTemplate:
    return services.upload_template(
        county.root, Paper.MINUTES, name="我们的模板.docx", content=changed(**more), by=by
    )


def first_line(meeting, by: User) -> str:
    return lines_of(opened(services.print_record(queries.record_for(by, meeting.pk), Paper.MINUTES, by=by)))[
        0
    ]


def test_the_county_s_own_template_is_used_at_once_and_versions_are_kept(
    county: County, held: Held, county_officer: User, branch_secretary: User
) -> None:
    meeting = held()
    uploaded(county, county_officer)
    second = uploaded(county, county_officer, first="第二版")

    assert first_line(meeting, branch_secretary) == "第二版"
    assert [(row.version, row.in_use) for row in queries.versions_of(county.root, Paper.MINUTES)] == [
        (2, True),
        (1, False),
    ]
    assert (second.uploaded_by, second.file_name) == (county_officer, "我们的模板.docx")


def test_the_way_back_is_open(
    county: County, held: Held, county_officer: User, branch_secretary: User
) -> None:
    meeting = held()
    first = uploaded(county, county_officer)
    uploaded(county, county_officer, first="第二版")

    services.use_template(first, by=county_officer)
    assert first_line(meeting, branch_secretary) == "中共清源县委组织部监制"

    services.use_built_in(county.root, Paper.MINUTES, by=county_officer)
    assert first_line(meeting, branch_secretary) == "河口镇东湾村党支部"
    assert PaperTemplate.objects.count() == 2


def test_who_replaced_it_is_in_the_history(county: County, county_officer: User) -> None:
    template = uploaded(county, county_officer)

    assert template.history.count() == 1


def test_only_the_county_replaces_templates(
    county: County, county_administrator: User, township_officer: User, branch_secretary: User
) -> None:
    uploaded(county, county_administrator)

    for user in (township_officer, branch_secretary):
        with pytest.raises(PermissionDenied):
            uploaded(county, user)


def names_in(value: object, prefix: str = "") -> set[str]:
    """The names that a context holds, at every depth."""
    if isinstance(value, list):
        return set().union(*(names_in(each, prefix) for each in value))
    if isinstance(value, dict):
        inner = (names_in(each, f"{prefix}{name}.") for name, each in value.items())
        return {f"{prefix}{name}" for name in value}.union(*inner)
    return set()


def test_the_list_of_placeholders_is_what_a_record_holds(held: Held) -> None:
    """Templates are tried with the sample: it has exactly the names of a real record."""
    meeting = held(guests="吴晓")
    ResolutionFactory(meeting=meeting, number=1, dissent="再等等。")
    real = record_of(queries.with_everything(Meeting.objects.all()).get(), {})
    sample = sample_of(Paper.MINUTES)
    assert set(real) == set(sample) == set(blank_of(Paper.MINUTES))

    seldom = {
        name for name in names_in(sample) if name.startswith(("上次落实.", "任务.", "决议.候选人.", "更正."))
    }
    assert names_in(real) == names_in(sample) - seldom
