"""Templates that somebody brings: what they may say, what is refused, and what comes out."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document

from apps.core.documents import filling
from apps.core.documents.filling import WordTemplate
from apps.core.errors import Refused


def template(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


def test_placeholders_loops_and_conditions_are_filled() -> None:
    made = WordTemplate(
        template(
            "{{ 党支部 }}",
            "{%p for 项 in 决议 %}",
            "{{ 项.事项 }}{% if 项.急 %}（急）{% endif %}",
            "{%p endfor %}",
        )
    ).fill(
        [{"党支部": "东湾村党支部", "决议": [{"事项": "修路", "急": True}, {"事项": "种树", "急": False}]}]
    )

    assert texts(made) == ["东湾村党支部", "修路（急）", "种树"]


def test_what_somebody_typed_stays_text() -> None:
    odd = "<w:p/>&{{ 主题 }}{% raw %}\x0b第二行\n第三行"

    assert texts(WordTemplate(template("{{ 主题 }}")).fill([{"主题": odd}])) == [
        "<w:p/>&{{ 主题 }}{% raw %}第二行 第三行"
    ]


def test_each_context_is_a_section_that_begins_with_page_one() -> None:
    made = Document(BytesIO(WordTemplate(template("{{ 主题 }}")).fill([{"主题": "甲"}, {"主题": "乙"}])))

    assert len(made.sections) == 2
    assert made.element.xml.count('w:pgNumType w:start="1"') == 2


def test_pages_of_a_book_are_counted_through() -> None:
    made = Document(
        BytesIO(WordTemplate(template("{{ 主题 }}")).fill([{"主题": "甲"}, {"主题": "乙"}], restart=False))
    )

    assert "pgNumType" not in made.element.xml


def test_the_same_text_gives_the_same_bytes() -> None:
    whole = WordTemplate(template("{{ 主题 }}"))

    assert whole.fill([{"主题": "甲"}]) == whole.fill([{"主题": "甲"}])


def test_a_cell_or_table_that_nothing_fills_still_opens() -> None:
    document = Document()
    table = document.add_table(3, 1)
    for row, text in zip(
        table.rows, ("{%tr for 项 in 决议 %}", "{{ 项.事项 }}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].text = text
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{%p for 项 in 决议 %}"
    cell.add_paragraph("{{ 项.事项 }}")
    cell.add_paragraph("{%p endfor %}")
    stream = BytesIO()
    document.save(stream)
    made = Document(BytesIO(WordTemplate(stream.getvalue()).fill([{"决议": []}])))

    assert len(made.tables) == 1
    assert len(made.tables[0].cell(0, 0).paragraphs) == 1


def test_a_gap_is_left_empty() -> None:
    assert texts(WordTemplate(template("甲{{ 没有.这.个 }}乙")).fill([{}])) == ["甲乙"]


def test_what_is_unknown_is_named_inside_loops_too() -> None:
    read = WordTemplate(
        template(
            "{{ 标题 }}",
            "{%p for 项 in 决议 %}",
            "{{ 项.事像 }}",
            "{%p endfor %}",
            "{% if 空 %}{{ 别的 }}{% endif %}",
        )
    )

    assert read.unknown_in({"决议": [{"事项": "修路"}], "空": ""}) == ["别的", "标题", "事像"]


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 党支部.__init__.__globals__ }}",
        "{{ 党支部|attr('__class__') }}",
        "{{ 党支部['__class__'] }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self.__init__ }}",
        "{{ _self }}",
        "{{ 党支部.format(党支部) }}",
        "{{ range(1000000000) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 党支部|format(1) }}",
        "{{ 党支部|center(999999999) }}",
        "{% set 甲 = 1 %}",
        "{% include 'base.html' %}",
        "{% import 'base.html' as 甲 %}",
        "{% extends 'base.html' %}",
        "{% macro 甲() %}{% endmacro %}",
        "{% call 甲() %}{% endcall %}",
        "{% filter upper %}甲{% endfilter %}",
        "{% block 甲 %}{% endblock %}",
        "{% for 甲 in 乙 recursive %}{{ loop(甲) }}{% endfor %}",
        "{{ 党支部 is callable }}",
        "{{ lipsum() }}",
        "{{ 甲",
        "{% if 甲 %}没有结束",
        "{% debug %}",
    ],
)
def test_everything_that_is_not_filling_in_is_refused(attack: str) -> None:
    with pytest.raises(Refused):
        WordTemplate(template(attack))


def test_loops_are_not_nested_without_end() -> None:
    deep = "".join(f"{{% for 甲{n} in 乙 %}}" for n in range(4)) + "{% endfor %}" * 4

    with pytest.raises(Refused, match="最多套 3 层"):
        WordTemplate(template(deep))


def test_what_grows_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "MAX_XML", 20_000)
    growing = WordTemplate(
        template("{% for 甲 in 乙 %}{% for 丙 in 乙 %}太长了太长了{% endfor %}{% endfor %}")
    )

    with pytest.raises(Refused, match="太大"):
        growing.fill([{"乙": list(range(100))}])


def test_a_placeholder_in_the_footer_is_refused() -> None:
    document = Document()
    document.add_paragraph("甲")
    document.sections[0].footer.paragraphs[0].text = "{{ 党支部 }}"
    stream = BytesIO()
    document.save(stream)

    with pytest.raises(Refused, match="页眉、页脚"):
        WordTemplate(stream.getvalue())


def test_no_word_file_is_refused() -> None:
    with pytest.raises(Refused, match="打不开"):
        WordTemplate(b"PK\x03\x04 no archive")


def test_an_archive_has_no_hour() -> None:
    with zipfile.ZipFile(BytesIO(filling.packed([("甲.txt", b"1")]))) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
