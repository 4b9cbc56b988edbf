"""Names: one spelling, and what they are searched by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.names import grams, initials, normalise, pinyin

HAN_NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  王小明 ", "王小明"), ("王 芳", "王芳"), ("王　　芳", "王芳"), ("欧 阳 小 兰", "欧阳小兰"),
        ("阿依古丽•买买提", "阿依古丽·买买提"), ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽 ・ 买买提", "阿依古丽·买买提"), ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("ＡＮＮＡ　Ｌｅｅ", "ANNA Lee"), ("J. Lee", "J. Lee"), ("王\u200b芳\ufeff", "王芳"),
        ("𠮷 野", "𠮷野"), ("㐂子", "㐂子"), ("艾力 阿不都拉", "艾力 阿不都拉"), ("", ""),
    ],
)  # fmt: skip
def test_one_spelling(written: str, name: str) -> None:
    assert normalise(written) == name


@given(st.text(max_size=20))
def test_the_one_spelling_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("王小明", "wangxiaoming"), ("单小红", "shanxiaohong"), ("仇英", "qiuying"), ("解放", "xiefang"),
        ("曾国强", "zengguoqiang"), ("区志明", "ouzhiming"), ("查文", "zhawen"), ("尉迟恭", "yuchigong"),
        ("万俟雪", "moqixue"), ("吕布", "lvbu"), ("乐乐", "yuele"), ("阿依古丽·买买提", "ayigulimaimaiti"),
        ("乐·单", "ledan"), ("J. Lee", "jlee"), ("𠮷野", "ye"), ("", ""),
    ],
)  # fmt: skip
def test_pinyin_reads_a_surname_as_a_surname(name: str, letters: str) -> None:
    assert pinyin(name) == letters


def test_initials() -> None:
    assert initials("单小红") == "sxh"
    assert initials("尉迟恭") == "ycg"
    assert initials("阿依古丽·买买提") == "ayglmmt"


def test_grams_are_single_characters_and_neighbours_each_once() -> None:
    assert grams("王小明") == ["王", "小", "明", "王小", "小明"]
    assert grams("李丽丽") == ["李", "丽", "李丽", "丽丽"]
    assert grams("阿·买") == ["阿", "买", "阿买"]
    assert grams("") == []


@given(HAN_NAMES, st.data())
def test_every_part_of_a_name_is_found_by_its_grams(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert set(grams(name[start:end])) <= set(grams(name))
