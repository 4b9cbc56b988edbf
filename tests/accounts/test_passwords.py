"""The rules of passwords and the change that is forced at first login (SEC-01)."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models import PasswordHistory
from apps.accounts.passwords import INITIAL_LENGTH, initial_password
from apps.accounts.services import change_password
from apps.audit.models import Deed
from apps.core.errors import Refused
from tests.factories import PASSWORD, UserFactory

NEW = "Another-pw-77"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["Abcdefg-12", "abcdefgh-12", "ABCDEFGH-12", "Abcdefghi12", "党员abcdefg12"]
)
def test_ten_characters_of_three_kinds_will_do(password):
    validate_password(password, user := UserFactory())

    assert user.check_password(password) is False, "looked at, not set"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Abcdef-12", "password_too_short"),
        ("abcdefgh12", "too_few_kinds"),
        ("ABCDEFGH12", "too_few_kinds"),
        ("Abcdefghijk", "too_few_kinds"),
        ("Hekou.liuyang1", "password_too_similar"),
        (PASSWORD, "used_before"),
    ],
)
def test_less_will_not(password, code):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, UserFactory(username="hekou.liuyang"))

    assert [error.code for error in refusal.value.error_list] == [code]


@pytest.mark.django_db
def test_common_passwords_are_known():
    with pytest.raises(ValidationError) as refusal:
        validate_password("password123", UserFactory())

    assert "password_too_common" in [error.code for error in refusal.value.error_list]


@pytest.mark.django_db
def test_none_of_the_last_five_comes_back_but_the_sixth_may():
    user = UserFactory()
    passwords = [f"Number-{n}-password" for n in range(1, 6)]
    for password in passwords:
        change_password(user, password=password)

    for password in passwords:
        with pytest.raises(Refused):
            change_password(user, password=password)
    change_password(user, password=PASSWORD)

    assert user.check_password(PASSWORD)
    assert PasswordHistory.objects.filter(user=user).count() == 4


def test_initial_passwords_obey_the_rules_and_differ():
    passwords = {initial_password() for _ in range(50)}

    assert len(passwords) == 50
    assert {len(password) for password in passwords} == {INITIAL_LENGTH}
    assert not set("".join(passwords)) & set("0O1lI")


@pytest.mark.django_db
class TestForcedChange:
    @pytest.fixture
    def newcomer(self, township_officer):
        township_officer.must_change_password = True
        township_officer.save()
        return township_officer

    def test_nothing_opens_before_the_password_is_changed(self, signed_in, newcomer):
        client = signed_in(newcomer)

        assert client.get("/").url == "/password/"
        assert client.post("/text-size/", {"size": "large"}).url == "/password/"
        assert client.get("/", headers={"HX-Request": "true"})["HX-Redirect"] == "/password/"

    def test_programs_are_told_in_their_own_way(self, signed_in, newcomer):
        answer = signed_in(newcomer).get("/api/v1/schema/")

        assert answer.status_code == 403
        assert answer.json()["code"] == "password_change_required"

    def test_afterwards_everything_does_and_the_session_goes_on(self, signed_in, newcomer):
        client = signed_in(newcomer)
        old_key = client.session.session_key

        answer = client.post("/password/", {"old": PASSWORD, "password": NEW, "again": NEW})

        assert answer.url == "/"
        assert client.get("/password/").context["forced"] is False
        assert client.session.session_key != old_key
        assert Deed.objects.get().action == "accounts.password"

    def test_signing_out_is_possible(self, signed_in, newcomer):
        assert signed_in(newcomer).post("/logout/").url == "/login/"

    @pytest.mark.parametrize(("days", "forced"), [(89, False), (91, True)])
    def test_a_password_older_than_ninety_days_has_to_be_changed(
        self, signed_in, township_officer, days, forced
    ):
        township_officer.password_changed_at = timezone.now() - datetime.timedelta(days=days)
        township_officer.save()

        answer = signed_in(township_officer).get("/password/")

        assert (answer.context["forced"], answer.context["expired"]) == (forced, forced)

    def test_unless_the_county_says_never(self, signed_in, township_officer, settings):
        settings.PASSWORD_MAX_AGE = None
        township_officer.password_changed_at = timezone.now() - datetime.timedelta(days=900)
        township_officer.save()

        assert signed_in(township_officer).get("/password/").context["forced"] is False


@pytest.mark.django_db
class TestOwnPassword:
    @pytest.mark.parametrize(
        ("data", "errors"),
        [
            ({"old": "Wrong-1-password", "password": NEW, "again": NEW}, {"old": ["现在的密码不对。"]}),
            ({"old": PASSWORD, "password": NEW, "again": "x"}, {"again": ["两次输入的新密码不一样。"]}),
            (
                {"old": PASSWORD, "password": PASSWORD, "again": PASSWORD},
                {"password": ["不能与最近 5 次用过的密码相同。"]},
            ),
        ],
    )
    def test_mistakes_are_said_at_their_field(self, signed_in, township_officer, data, errors):
        answer = signed_in(township_officer).post("/password/", data)

        assert answer.status_code == 422
        assert answer.context["form"].errors == errors
        township_officer.refresh_from_db()
        assert township_officer.check_password(PASSWORD)

    def test_other_sessions_end_when_it_is_changed(self, signed_in, township_officer):
        here, elsewhere = signed_in(township_officer), signed_in(township_officer)

        here.post("/password/", {"old": PASSWORD, "password": NEW, "again": NEW})

        assert elsewhere.get("/password/").status_code == 302
