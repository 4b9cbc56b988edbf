"""Photos of a record: sent with it or before it, seen by whoever reads it, withdrawn with a reason."""

from uuid import uuid4

import pytest
from django.urls import reverse

from apps.attachments.models import Attachment
from tests.attachments.pictures import A_PDF, a_photo, picture, upload
from tests.factories import GrantFactory

NEW = "/meetings/photos/"
JSON = {"HTTP_ACCEPT": "application/json"}
PAGE = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}


@pytest.fixture
def meeting(recorded, theme_day):
    return recorded(theme_day)


def sent(branch, client_key, **more):
    return {"branch": branch.code, "client_key": str(client_key), "photo": upload(picture()), **more}


def a_form(key):
    """A theme day as the record form sends it."""
    counts = {"resolutions-TOTAL_FORMS": "0", "resolutions-INITIAL_FORMS": "0"}
    said = {"kinds": "theme_day", "held_on": "2026-11-05", "begins": "15:00", "topic": "学习"}
    return {"client_key": key, "page": str(uuid4()), **counts, **said}


def address(photo, name="photo"):
    return reverse(f"meetings:{name}", args=[photo.key])


class TestSending:
    def test_a_script_gets_json_and_the_same_key_is_the_same_photo(
        self, signed_in, branch_secretary, meeting
    ):
        client, key = signed_in(branch_secretary), str(uuid4())

        answers = [
            client.post(NEW, sent(meeting.organization, meeting.client_key, key=key), **JSON)
            for _ in range(2)
        ]

        assert [(one.status_code, one.json()) for one in answers] == [(200, {"state": "received"})] * 2
        assert str(Attachment.objects.get().key) == key

    def test_what_is_no_photo_is_refused_in_words(self, signed_in, branch_secretary, meeting):
        data = {**sent(meeting.organization, meeting.client_key), "photo": upload(b"<script>", "a.jpg")}

        answer = signed_in(branch_secretary).post(NEW, data, **JSON)

        assert (answer.status_code, answer.json()["state"]) == (422, "refused")
        assert answer.json()["sentence"] == "这个文件打不开，不是照片。请用 JPG 或 PNG 格式的照片。"

    def test_a_form_without_script_comes_back_to_the_record(self, signed_in, branch_secretary, meeting):
        data = {
            **sent(meeting.organization, meeting.client_key),
            "photo": [upload(picture(colour="red")), upload(picture(colour="blue"))],
            "signature_page": upload(A_PDF, "签到.pdf"),
        }
        client = signed_in(branch_secretary)

        answer = client.post(NEW, data, **PAGE)

        assert (answer.status_code, answer["Location"]) == (302, meeting.get_absolute_url())
        assert list(Attachment.objects.values_list("kind", flat=True)) == ["photo", "photo", "signature_page"]
        assert client.get(answer["Location"]).content.decode().count("<img") == 2

    def test_nothing_chosen_is_said(self, signed_in, branch_secretary, meeting):
        data = {"branch": meeting.organization.code, "client_key": str(meeting.client_key)}

        assert signed_in(branch_secretary).post(NEW, data, **JSON).json()["sentence"] == "请先选照片。"

    def test_a_photo_that_comes_before_its_record_waits_and_then_is_there(
        self, signed_in, branch_secretary, neighbour, township_officer, village, theme_day, recorded
    ):
        key = uuid4()
        client = signed_in(branch_secretary)
        client.post(NEW, sent(village.branch, key), **JSON)
        waiting = Attachment.objects.get()
        assert client.get(address(waiting)).status_code == 200
        assert signed_in(township_officer).get(address(waiting)).status_code == 404

        meeting = recorded(theme_day, client_key=key)

        assert address(waiting) in client.get(meeting.get_absolute_url()).content.decode()
        assert signed_in(township_officer).get(address(waiting)).status_code == 200
        assert signed_in(neighbour).get(address(waiting)).status_code == 404

    def test_another_branchs_record_takes_no_photo(self, signed_in, county, meeting):
        stranger = GrantFactory(role="branch_secretary", organization=county.other_branch).user

        into_theirs = signed_in(stranger).post(NEW, sent(meeting.organization, meeting.client_key), **JSON)
        into_ours = signed_in(stranger).post(NEW, sent(county.other_branch, meeting.client_key), **JSON)

        assert (into_theirs.status_code, into_ours.status_code) == (404, 422)
        assert Attachment.objects.count() == 0

    def test_whoever_only_reads_sends_none(self, signed_in, township_officer, meeting):
        answer = signed_in(township_officer).post(NEW, sent(meeting.organization, meeting.client_key), **JSON)

        assert (answer.status_code, Attachment.objects.count()) == (403, 0)


class TestSeeing:
    def test_only_the_view_hands_it_out_privately_and_as_what_it_is(
        self, signed_in, township_officer, meeting, branch_secretary
    ):
        photo = a_photo(meeting, by=branch_secretary)

        for name in ("photo", "photo_small"):
            answer = signed_in(township_officer).get(address(photo, name))
            assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Cache-Control"].split(",")[0] == "private"
            assert answer["Content-Disposition"].split(";")[0] == "inline"
            assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"

    def test_a_scan_is_downloaded_and_never_opened_on_our_site(self, signed_in, branch_secretary, meeting):
        client = signed_in(branch_secretary)
        client.post(
            NEW,
            {**sent(meeting.organization, meeting.client_key), "photo": "", "signature_page": upload(A_PDF)},
        )
        scan = Attachment.objects.get()

        answer = client.get(address(scan))

        assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == (
            "application/pdf",
            "attachment",
        )
        assert client.get(address(scan, "photo_small")).status_code == 404

    def test_photos_of_a_draft_are_the_branchs_own(
        self, signed_in, branch_secretary, township_officer, kept, theme_day
    ):
        photo = a_photo(kept(theme_day), by=branch_secretary)

        assert signed_in(branch_secretary).get(address(photo)).status_code == 200
        assert signed_in(township_officer).get(address(photo)).status_code == 404


class TestWithdrawing:
    def test_the_reason_is_kept_and_only_the_audit_still_sees_it(
        self, signed_in, branch_secretary, township_officer, auditor, meeting
    ):
        photo = a_photo(meeting, by=branch_secretary)
        client = signed_in(branch_secretary)

        answer = client.post(address(photo, "photo_withdraw"), {"reason": "不宜留存"})

        assert (answer.status_code, answer["Location"]) == (302, meeting.get_absolute_url())
        seen = [
            signed_in(user).get(address(photo)).status_code
            for user in (branch_secretary, township_officer, auditor)
        ]
        assert seen == [404, 404, 200]
        assert "不宜留存" in signed_in(auditor).get(meeting.get_absolute_url()).content.decode()
        assert "不宜留存" not in client.get(meeting.get_absolute_url()).content.decode()

    def test_without_a_reason_it_stays(self, signed_in, branch_secretary, meeting):
        photo = a_photo(meeting, by=branch_secretary)

        signed_in(branch_secretary).post(address(photo, "photo_withdraw"))

        photo.refresh_from_db()
        assert photo.withdrawn_at is None

    def test_whoever_only_reads_withdraws_none(self, signed_in, branch_secretary, township_officer, meeting):
        photo = a_photo(meeting, by=branch_secretary)

        answer = signed_in(township_officer).post(address(photo, "photo_withdraw"), {"reason": "传错了"})

        assert answer.status_code == 403


class TestOnTheForm:
    def test_without_script_photos_come_with_the_form_and_go_from_it(
        self, signed_in, branch_secretary, village
    ):
        client, key = signed_in(branch_secretary), str(uuid4())
        form = a_form(key)
        new = f"/meetings/new/?branch={village.branch.code}"

        page = client.post(new, {**form, "step": "photos", "photo": upload(picture())})
        photo = Attachment.objects.get()

        assert address(photo, "photo_small") in page.content.decode()
        assert 'value="学习"' in page.content.decode()
        page = client.post(new, {**form, "step": f"withdraw-photo {photo.key}"})
        assert address(photo, "photo_small") not in page.content.decode()
        photo.refresh_from_db()
        assert photo.withdraw_reason == "传错了"

    def test_a_file_that_is_no_photo_does_not_keep_the_record_from_being_kept(
        self, signed_in, branch_secretary, village
    ):
        form = a_form(str(uuid4()))
        client = signed_in(branch_secretary)

        answer = client.post(
            f"/meetings/new/?branch={village.branch.code}",
            {**form, "step": "draft", "photo": upload(b"no", "猫.jpg")},
            follow=True,
        )

        assert "猫.jpg：这个文件打不开" in answer.content.decode()
        assert village.branch.meetings.get().topic == "学习"
