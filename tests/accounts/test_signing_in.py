"""Signing in, being locked out, and the session's end (SEC-01, SEC-02, SEC-08)."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import system_user
from apps.audit.models import Deed
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=timezone.get_default_timezone())


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post("/login/", {"username": username, "password": password, **more})


def test_signing_in_leads_to_the_first_screen_and_is_on_record(client, township_officer, county):
    answer = sign_in(client, township_officer.username)

    assert (answer.status_code, answer.url) == (302, "/")
    deed = Deed.objects.get()
    assert (deed.action, deed.succeeded, deed.user_id) == ("accounts.sign_in", True, township_officer.pk)
    assert (deed.organization_path, deed.address) == (county.township.path, "127.0.0.1")
    assert deed.request_id == answer["X-Request-Id"]


def test_a_wrong_password_is_refused_in_a_sentence_and_on_record(client, township_officer):
    answer = sign_in(client, township_officer.username, "Wrong-1-password")

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["用户名或密码不对，请再试一次。"]
    deed = Deed.objects.get()
    assert (deed.action, deed.succeeded, deed.user_id) == ("accounts.sign_in", False, township_officer.pk)


def test_an_unknown_user_gets_the_same_sentence_and_the_typed_name_is_not_kept(client, county):
    answer = sign_in(client, "nobody-here")

    assert answer.context["form"].non_field_errors() == ["用户名或密码不对，请再试一次。"]
    deed = Deed.objects.get()
    assert (deed.user_id, deed.user_name, deed.detail) == (None, "", {"locked": False})


def test_a_deactivated_account_is_told_so_only_with_the_right_password(client, township_officer):
    User.objects.filter(pk=township_officer.pk).update(is_active=False)

    right = sign_in(client, township_officer.username)
    wrong = sign_in(client, township_officer.username, "Wrong-1-password")

    assert right.context["form"].non_field_errors() == ["这个账号已经停用。要重新启用，请找县级管理员。"]
    assert wrong.context["form"].non_field_errors() == ["用户名或密码不对，请再试一次。"]


def test_the_system_account_does_not_sign_in(client):
    account = system_user()
    account.set_password(PASSWORD)
    account.save()

    assert sign_in(client, account.username).status_code == 422
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/members/?q=1", "/members/?q=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:1", "/"),
    ],
)
def test_signing_in_leads_back_only_to_our_own_pages(client, township_officer, wanted, leads_to):
    assert sign_in(client, township_officer.username, next=wanted).url == leads_to


def test_whoever_is_signed_in_does_not_see_the_login_page(signed_in, township_officer):
    assert signed_in(township_officer).get("/login/").url == "/"


def test_signing_out_is_a_post_on_record_and_ends_the_session(signed_in, township_officer):
    client = signed_in(township_officer)

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").url == "/login/"
    assert client.get("/password/").url == "/login/?next=/password/"
    assert Deed.objects.get().action == "accounts.sign_out"


class TestLeavingAPhone:
    """What the phone kept is cleared with the session, but for another person's records that wait."""

    def test_the_browser_is_told_to_forget(self, signed_in, branch_secretary):
        answer = signed_in(branch_secretary).post("/logout/")
        assert answer["Clear-Site-Data"] == '"cache", "storage"'

    def test_unless_somebody_else_s_records_wait_there(self, signed_in, branch_secretary):
        answer = signed_in(branch_secretary).post("/logout/", {"others": "1"})
        assert answer["Clear-Site-Data"] == '"cache"'


def test_a_kept_page_learns_who_is_signed_in(client, signed_in, branch_secretary):
    assert client.get("/session/").json()["person"] == ""
    answer = signed_in(branch_secretary).get("/session/")
    assert (answer.json()["person"], len(answer.json()["token"])) == (str(branch_secretary.pk), 64)
    assert "no-store" in answer["Cache-Control"]


class TestLockOut:
    """Five failures lock one user at one address for thirty minutes."""

    def fail(self, client: Client, username: str, times: int):
        for _ in range(times):
            answer = sign_in(client, username, "Wrong-1-password")
        return answer

    def test_the_fourth_failure_does_not_lock(self, client, township_officer):
        self.fail(client, township_officer.username, 4)

        assert sign_in(client, township_officer.username).url == "/"

    def test_the_fifth_says_until_when(self, client, township_officer):
        with time_machine.travel(NOW, tick=False):
            answer = self.fail(client, township_officer.username, 5)

        assert answer.status_code == 429
        assert answer.context["form"].non_field_errors() == [
            "连续输错 5 次，这个用户名在这里暂停登录，到 11月22日 10:30 为止。着急的话，请县级管理员解锁。"
        ]

    def test_then_not_even_the_right_password_opens_and_the_time_stays(self, client, township_officer):
        with time_machine.travel(NOW, tick=False):
            self.fail(client, township_officer.username, 5)
        with time_machine.travel(NOW + datetime.timedelta(minutes=20), tick=False):
            answer = sign_in(client, township_officer.username)

        assert answer.status_code == 429
        assert "到 11月22日 10:30 为止" in answer.content.decode()
        assert Deed.objects.latest("id").detail == {"locked": True}

    def test_after_thirty_minutes_it_is_over(self, client, township_officer):
        with time_machine.travel(NOW, tick=False):
            self.fail(client, township_officer.username, 5)
        with time_machine.travel(NOW + datetime.timedelta(minutes=30, seconds=1), tick=False):
            assert sign_in(client, township_officer.username).url == "/"

    def test_a_colleague_at_the_same_address_is_not_locked(self, client, township_officer, neighbour):
        self.fail(client, township_officer.username, 5)

        assert sign_in(Client(), neighbour.username).url == "/"

    def test_the_same_user_at_another_address_is_not_locked(self, client, township_officer):
        self.fail(client, township_officer.username, 5)

        elsewhere = Client(REMOTE_ADDR="10.1.2.3")
        assert sign_in(elsewhere, township_officer.username).url == "/"

    def test_another_browser_at_the_same_address_is(self, client, township_officer):
        self.fail(client, township_officer.username, 5)

        assert sign_in(Client(HTTP_USER_AGENT="another"), township_officer.username).status_code == 429


class TestSession:
    def test_it_ends_after_eight_hours_however_busy(self, client, township_officer):
        start = NOW
        with time_machine.travel(start, tick=False):
            sign_in(client, township_officer.username)
            assert client.get("/password/").status_code == 200
        for minutes in range(20, 8 * 60, 20):
            with time_machine.travel(start + datetime.timedelta(minutes=minutes), tick=False):
                assert client.get("/password/").context["user"] == township_officer
        with time_machine.travel(start + datetime.timedelta(hours=8, seconds=1), tick=False):
            assert client.get("/password/").status_code == 302

    def test_each_request_starts_the_thirty_idle_minutes_anew(self, client, township_officer, settings):
        assert settings.SESSION_COOKIE_AGE == 30 * 60
        sign_in(client, township_officer.username)

        cookie = client.get("/password/").cookies["sessionid"]

        assert cookie["max-age"] == 30 * 60

    def test_it_ends_at_once_when_the_account_is_deactivated(self, client, township_officer):
        sign_in(client, township_officer.username)
        User.objects.filter(pk=township_officer.pk).update(is_active=False)

        assert client.get("/password/").url == "/login/?next=/password/"

    def test_signing_in_gives_a_new_session_key(self, client, township_officer):
        session = client.session
        session["before"] = 1
        session.save()
        old = session.session_key

        sign_in(client, township_officer.username)

        assert client.session.session_key != old


def test_a_failure_to_record_keeps_the_door_shut(client, township_officer, monkeypatch):
    """SEC-11: without the record there is no deed."""

    def broken(*args, **kwargs):
        raise RuntimeError("the audit is down")

    monkeypatch.setattr("apps.accounts.services.sessions.record", broken)
    with pytest.raises(RuntimeError):
        sign_in(client, township_officer.username)

    assert client.get("/password/").status_code == 302
    township_officer.refresh_from_db()
    assert township_officer.last_login is None


def test_names_of_thirty_characters_fit(client):
    user = UserFactory(username="a" * 64, name="名" * 30)

    assert sign_in(client, user.username).url == "/"
