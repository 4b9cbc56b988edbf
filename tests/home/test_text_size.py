"""The chosen size of text, without script."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("size", "kept"), [("large", "large"), ("extra", "extra"), ("standard", ""), ("huge", "")]
)
def test_a_chosen_size_is_kept_in_a_cookie(size, kept, county_officer, signed_in):
    response = signed_in(county_officer).post("/text-size/", {"size": size, "next": "/members/"})
    assert (response.status_code, response["Location"]) == (302, "/members/")
    assert response.cookies["text_size"].value == kept


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_one_is_never_sent_elsewhere(address, county_officer, signed_in):
    response = signed_in(county_officer).post("/text-size/", {"size": "large", "next": address})
    assert response["Location"] == "/"


def test_the_page_is_drawn_in_that_size(county_administrator, signed_in):
    client = signed_in(county_administrator)
    client.cookies["text_size"] = "extra"
    assert ' class="workbench" data-text="extra" data-person=' in client.get("/styleguide/").content.decode()


def test_a_size_nobody_offered_is_ignored(county_administrator, signed_in):
    client = signed_in(county_administrator)
    client.cookies["text_size"] = '"><script>'
    assert ' class="workbench" data-person=' in client.get("/styleguide/").content.decode()
