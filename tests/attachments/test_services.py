"""Receiving a file once, not too many, and withdrawing it without losing it."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from apps.attachments import services
from apps.attachments.kinds import Kind
from apps.attachments.models import Attachment
from apps.attachments.queries import photos_of
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.organizations.services import move
from tests.attachments.pictures import picture, upload

pytestmark = pytest.mark.django_db
COLOURS = ["red", "green", "blue", "black", "white", "yellow", "orange", "purple"]


@pytest.fixture
def send(county, branch_secretary):
    """Send a picture of a colour for the record "one"."""

    def sent(colour="red", *, owner="one", key=None, kind=Kind.PHOTO, path=county.branch.path):
        return services.receive(
            upload(picture(colour=colour), "身份证990101199001011234.jpg"),
            kind=kind, owner=owner, organization_path=path, key=key or uuid4(), by=branch_secretary,
        )  # fmt: skip

    return sent


def test_the_file_is_where_no_web_server_reaches_and_its_name_says_nothing(send):
    row = send()

    assert row.content.name == f"{row.key.hex[:2]}/{row.key.hex}.jpg"
    assert row.small.name.endswith(".small.jpg")
    assert (row.size, row.sha256) == (row.content.size, row.sha256)
    assert "199001011234" not in row.name


def test_the_same_key_is_the_same_photo(send):
    key = uuid4()

    assert send(key=key) == send(key=key)
    assert Attachment.objects.count() == 1


def test_the_same_photo_under_another_key_is_there_already(send):
    assert send("red") == send("red")
    assert send("red", owner="other") != send("red")


def test_a_key_belongs_to_one_record(send, county):
    key = uuid4()
    send(key=key)

    with pytest.raises(Refused, match="已经用在别的地方"):
        send("blue", key=key, owner="other")
    with pytest.raises(Refused, match="已经用在别的地方"):
        send("blue", key=key, path=county.other_branch.path)


def test_six_photos_and_no_more_but_the_signature_page_has_its_own_room(send):
    for colour in COLOURS[:6]:
        send(colour)

    with pytest.raises(Refused, match="一次会最多放 6 张照片") as refused:
        send(COLOURS[6])
    assert refused.value.rule == "RPT-03"
    assert send(COLOURS[6], kind=Kind.SIGNATURE_PAGE).kind == "signature_page"
    assert photos_of(["one", "nothing"]) == {"one": 6}


def test_withdrawing_makes_room_and_keeps_the_file_with_its_reason(send, branch_secretary):
    row, *_ = [send(colour) for colour in COLOURS[:6]]

    services.withdraw(row, reason="看不清", by=branch_secretary)
    send(COLOURS[6])

    row.refresh_from_db()
    assert (row.withdraw_reason, row.withdrawn_by, bool(row.content.size)) == (
        "看不清",
        branch_secretary,
        True,
    )
    assert Attachment.objects.count() == 7


def test_withdrawing_needs_a_reason_and_happens_once(send, branch_secretary, county_officer):
    row = send()
    with pytest.raises(Refused, match="请写明撤下的原因"):
        services.withdraw(row, reason=" ", by=branch_secretary)

    services.withdraw(row, reason="传错了", by=branch_secretary)
    services.withdraw(row, reason="重复了", by=county_officer)

    row.refresh_from_db()
    assert (row.withdraw_reason, row.withdrawn_by) == ("传错了", branch_secretary)


def test_files_follow_a_branch_that_moves(send, county, county_officer):
    row = send()

    move(county.branch, to=county.other_township, on=today(), by=county_officer)

    row.refresh_from_db()
    county.branch.refresh_from_db()
    assert row.organization_path == county.branch.path == "88/8802/8801001/"


@pytest.mark.django_db(transaction=True)
def test_eight_sent_at_once_are_still_six(send):
    def alone(colour):
        try:
            return send(colour).pk
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        kept = [pk for pk in threads.map(alone, COLOURS) if pk]

    assert (len(kept), Attachment.objects.count()) == (6, 6)
