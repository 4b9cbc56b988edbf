"""Pages for what went wrong: a sentence, what to do, and an id that the log knows."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from apps.home.errors import server_error


def test_an_unexpected_error_shows_the_id_of_the_request():
    request = RequestFactory().get("/", headers={"X-Request-Id": "ignored"})
    request.id = "5f2c9a1e"  # type: ignore[attr-defined]
    response = server_error(request)
    assert response.status_code == 500
    assert response.content.decode().count("编号 <code>5f2c9a1e</code>") == 1


def test_without_an_id_no_empty_number_is_shown():
    assert "编号 <code>" not in render_to_string("500.html")


def test_an_unknown_address_answers_404_in_plain_words(county_officer, signed_in):
    response = signed_in(county_officer).get("/nothing/here/")
    assert response.status_code == 404
    assert response.content.decode().count("<h1>没有找到这一页</h1>") == 1


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_every_error_page_offers_a_way_on(name):
    assert render_to_string(name).count('<a class="button primary" href="/">回首页</a>') == 1
