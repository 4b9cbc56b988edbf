"""The page 制度依据, as everybody in the county sees it."""

import pytest
from django.urls import reverse

from apps.core.calendar import today
from apps.regulations.table import all_rows, in_force

CAST = ["county_officer", "township_officer", "branch_secretary", "supervisor", "auditor", "neighbour"]


@pytest.mark.parametrize("person", CAST)
def test_everybody_who_is_signed_in_reads_the_whole_list(person: str, request, signed_in) -> None:
    page = signed_in(request.getfixturevalue(person)).get(reverse("regulations:list"))
    text = page.content.decode()
    assert page.status_code == 200
    assert [row.statement for row in in_force(today()) if row.statement not in text] == []


def test_a_villager_is_asked_to_sign_in(villager) -> None:
    page = villager.get(reverse("regulations:list"))
    assert (page.status_code, page.url.split("?")[0]) == (302, reverse("accounts:login"))


def test_looking_for_a_word_leaves_only_what_contains_it(signed_in, branch_secretary) -> None:
    page = signed_in(branch_secretary).get(reverse("regulations:list"), {"q": "五分之四"})
    assert [each.row.key for chapter in page.context["chapters"] for each in chapter.rows] == ["ELEC-05"]
    assert 'href="/regulations/">清除条件' in page.content.decode()


def test_a_word_that_is_nowhere(signed_in, branch_secretary) -> None:
    page = signed_in(branch_secretary).get(reverse("regulations:list"), {"q": "没有这样的词"})
    assert "没有找到这样的规定" in page.content.decode()


def test_a_text_that_is_too_long_is_refused_with_a_sentence(signed_in, branch_secretary) -> None:
    page = signed_in(branch_secretary).get(reverse("regulations:list"), {"q": "会" * 51})
    assert page.status_code == 422
    assert page.context["form"].errors["q"] == ["最多 50 个字，现在有 51 个。"]


def test_every_row_has_a_place_to_link_to(signed_in, branch_secretary) -> None:
    client = signed_in(branch_secretary)
    for code in {row.code for row in all_rows()}:
        text = client.get(reverse("regulations:detail", args=[code])).content.decode()
        parts = [row.part for row in in_force(today()) if row.code == code and row.part]
        assert [part for part in parts if f'id="{part}"' not in text] == []


def test_the_page_of_a_code_shows_the_former_rule_too(signed_in, branch_secretary) -> None:
    page = signed_in(branch_secretary).get(reverse("regulations:detail", args=["ELEC-05"]))
    text = page.content.decode()
    assert "不少于应到会有选举权党员的五分之四（含本数）" in text
    assert "到2020年7月12日为止" in text


def test_a_code_that_does_not_exist_is_not_found(signed_in, branch_secretary) -> None:
    assert signed_in(branch_secretary).get("/regulations/MEET-98/").status_code == 404


def test_reading_the_regulations_asks_only_who_one_is_and_what_the_county_set(
    signed_in, branch_secretary, django_assert_max_num_queries
) -> None:
    client = signed_in(branch_secretary)
    with django_assert_max_num_queries(9):
        client.get(reverse("regulations:list"))
