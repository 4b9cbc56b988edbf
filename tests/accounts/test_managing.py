"""Who may give what to whom; accounts and their passwords."""

from __future__ import annotations

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts import queries, services
from apps.accounts.models import Grant, User
from apps.accounts.roles import ROLES
from apps.audit.models import Deed
from apps.core.errors import Refused
from tests.factories import PASSWORD, GrantFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everywhere(db) -> User:
    """An administrator of the whole installation."""
    user = UserFactory(name="系统管理员")
    GrantFactory(user=user, role="county_administrator", organization=None)
    return user


class TestGranting:
    @pytest.mark.parametrize("role", sorted(set(ROLES) - {"api_client"}))
    def test_the_county_administrator_gives_every_role_in_the_county(
        self, role, county_administrator, county
    ):
        user = UserFactory()

        services.grant(user, role=role, organization=county.township, by=county_administrator)

        assert user.grants.get().role == role

    def test_nobody_grants_beyond_their_scope(self, county_administrator):
        with pytest.raises(Refused):
            services.grant(UserFactory(), role="auditor", organization=None, by=county_administrator)

    @pytest.mark.parametrize("giver", ["county_officer", "township_officer", "auditor", "branch_secretary"])
    def test_nobody_else_grants_at_all(self, giver, county, request):
        with pytest.raises(Refused):
            services.grant(
                UserFactory(),
                role="supervision_committee",
                organization=county.branch,
                by=request.getfixturevalue(giver),
            )

    def test_nobody_grants_what_they_do_not_hold(self, county, monkeypatch):
        """A role that may manage accounts and read, but not import."""
        weak = ROLES["auditor"]
        clerk = type(weak)("clerk", "账号员", "", weak.permissions | {"accounts.manage"})
        monkeypatch.setitem(ROLES, "clerk", clerk)
        by = GrantFactory(role="clerk", organization=county.root).user

        granted = [role.code for role in queries.roles_to_grant(by, county.root.path)]
        assert granted == ["auditor", "api_client", "clerk"]
        with pytest.raises(Refused):
            services.grant(UserFactory(), role="township_staff", organization=county.township, by=by)

    def test_nobody_changes_their_own_account(self, county_administrator, county):
        with pytest.raises(Refused) as refusal:
            services.grant(
                county_administrator,
                role="branch_secretary",
                organization=county.branch,
                by=county_administrator,
            )

        assert refusal.value.rule == "SEC-06"

    def test_nobody_touches_an_account_that_holds_more(self, county_administrator, everywhere):
        for verb in (services.deactivate, services.reset_password, services.unlock):
            with pytest.raises(Refused):
                verb(everywhere, by=county_administrator)

    def test_the_same_grant_twice_is_refused(self, township_officer, county_administrator, county):
        with pytest.raises(Refused):
            services.grant(
                township_officer, role="township_staff", organization=county.township, by=county_administrator
            )

    def test_the_only_grant_is_not_revoked(self, township_officer, county_administrator):
        with pytest.raises(Refused):
            services.revoke(township_officer.grants.get(), by=county_administrator)

    def test_one_of_two_is(self, township_officer, county_administrator, county):
        extra = GrantFactory(user=township_officer, role="auditor", organization=county.township)

        services.revoke(extra, by=county_administrator)

        assert [grant.role for grant in township_officer.grants.all()] == ["township_staff"]


class TestTheLastAdministrator:
    def test_stays(self, county_administrator, county):
        with pytest.raises(Refused):
            services.deactivate(county_administrator, by=services.system_user())
        GrantFactory(user=county_administrator, role="auditor", organization=county.root)
        with pytest.raises(Refused):
            services.revoke(
                county_administrator.grants.get(role="county_administrator"), by=services.system_user()
            )

        assert User.objects.get(pk=county_administrator.pk).is_active is True

    def test_one_of_two_may_go(self, county_administrator, county):
        second = GrantFactory(role="county_administrator", organization=county.root).user

        services.deactivate(second, by=county_administrator)

        assert User.objects.get(pk=second.pk).is_active is False

    def test_one_above_counts_one_of_another_subtree_does_not(self, county_administrator, county, everywhere):
        services.deactivate(county_administrator, by=everywhere)
        below = GrantFactory(role="county_administrator", organization=county.other_township).user
        with pytest.raises(Refused):
            services.deactivate(everywhere, by=services.system_user())

        assert below.is_active is True


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_deactivate_each_other_at_once(county_administrator, county):
    second = GrantFactory(role="county_administrator", organization=county.root).user
    outcomes: list[str] = []
    ready = threading.Barrier(2, timeout=10)

    def deactivate(target: User, by: User) -> None:
        try:
            ready.wait()
            services.deactivate(target, by=by)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=deactivate, args=pair)
        for pair in ((second, county_administrator), (county_administrator, second))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(outcomes) == ["done", "refused"]
    assert User.objects.filter(is_active=True, grants__role="county_administrator").count() == 1


class TestPages:
    def test_only_those_who_manage_accounts_get_in(
        self, signed_in, county_administrator, county_officer, neighbour
    ):
        assert signed_in(county_officer).get("/accounts/").status_code == 403
        assert signed_in(neighbour).get("/accounts/new/").status_code == 403
        assert (
            signed_in(county_administrator).get("/accounts/").context["rows"][0]["user"]
            == county_administrator
        )

    def test_the_list_shows_the_own_scope_without_the_system(
        self, signed_in, county, county_administrator, township_officer, everywhere
    ):
        services.system_user()

        rows = signed_in(county_administrator).get("/accounts/").context["rows"]

        assert {row["user"] for row in rows} == {county_administrator, township_officer}

    def test_it_is_found_by_name_role_and_state(
        self, signed_in, county_administrator, township_officer, auditor
    ):
        client = signed_in(county_administrator)

        def found(query: str) -> list[User]:
            return [row["user"] for row in client.get(f"/accounts/?{query}").context["rows"]]

        assert found("q=刘洋") == [township_officer]
        assert found("role=auditor") == [auditor]
        assert found("is_active=false") == []

    def test_an_account_outside_the_scope_is_not_found(self, signed_in, county_administrator, everywhere):
        client = signed_in(county_administrator)

        assert client.get(f"/accounts/{everywhere.pk}/").status_code == 404
        assert client.post(f"/accounts/{everywhere.pk}/deactivate/").status_code == 404

    def test_a_new_account_gets_an_initial_password_that_opens_only_the_change(
        self, signed_in, client, county_administrator, county
    ):
        form = {
            "username": "hekou.wang",
            "name": "王强",
            "role": "township_staff",
            "organization": f"{county.township.code} 河口镇",
        }

        answer = signed_in(county_administrator).post("/accounts/new/", form)

        password = answer.context["password"]
        assert password in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        user = User.objects.get(username="hekou.wang")
        assert (user.name, user.must_change_password, user.granted) == (
            "王强",
            True,
            [("township_staff", county.township.path)],
        )
        client.post("/login/", {"username": "hekou.wang", "password": password})
        assert client.get("/").url == "/password/"

    @pytest.mark.parametrize(
        ("change", "errors"),
        [
            (
                {"username": "王强"},
                {"username": ["用户名用 3 到 64 个字母、数字、点、横线，不用汉字和空格。"]},
            ),
            (
                {"organization": "9999"},
                {"organization": ["您的范围里没有这个党组织。请写代码，或从提示中选。"]},
            ),
            ({"organization": ""}, {"organization": ["这一项要填。"]}),
        ],
    )
    def test_mistakes_are_said_and_nothing_is_saved(
        self, signed_in, county_administrator, county, change, errors
    ):
        form = {
            "username": "hekou.wang",
            "name": "王强",
            "role": "township_staff",
            "organization": county.township.code,
        }

        answer = signed_in(county_administrator).post("/accounts/new/", form | change)

        assert (answer.status_code, answer.context["form"].errors) == (422, errors)
        assert not User.objects.filter(name="王强").exists()

    def test_a_username_is_taken_once(self, signed_in, county_administrator, township_officer, county):
        form = {
            "username": township_officer.username,
            "name": "王强",
            "role": "township_staff",
            "organization": county.township.code,
        }

        answer = signed_in(county_administrator).post("/accounts/new/", form)

        assert answer.context["form"].errors == {"username": ["这个用户名已经有人用了。"]}

    def test_a_reset_password_is_shown_once_and_the_old_one_is_over(
        self, signed_in, client, county_administrator, township_officer
    ):
        running = signed_in(township_officer)

        answer = signed_in(county_administrator).post(f"/accounts/{township_officer.pk}/reset-password/")

        assert running.get("/password/").status_code == 302
        assert (
            client.post("/login/", {"username": township_officer.username, "password": PASSWORD}).status_code
            == 422
        )
        new = answer.context["password"]
        assert (
            client.post("/login/", {"username": township_officer.username, "password": new}).status_code
            == 302
        )
        assert Deed.objects.filter(action="accounts.password_reset").get().user_id == county_administrator.pk

    def test_unlocking(self, signed_in, client, county_administrator, township_officer):
        for _ in range(5):
            client.post("/login/", {"username": township_officer.username, "password": "Wrong-1-password"})
        manager = signed_in(county_administrator)
        assert manager.get("/accounts/?q=刘洋").context["rows"][0]["locked_until"] is not None

        manager.post(f"/accounts/{township_officer.pk}/unlock/")

        assert (
            client.post("/login/", {"username": township_officer.username, "password": PASSWORD}).url == "/"
        )

    def test_granting_and_revoking(self, signed_in, county_administrator, township_officer, county):
        client = signed_in(county_administrator)
        client.post(
            f"/accounts/{township_officer.pk}/grant/", {"role": "auditor", "organization": county.branch.code}
        )
        extra = Grant.objects.get(user=township_officer, role="auditor")
        assert extra.organization == county.branch

        client.post(f"/accounts/grants/{extra.pk}/revoke/")

        assert township_officer.grants.count() == 1

    def test_a_refusal_is_said_where_it_was_asked(
        self, signed_in, county_administrator, township_officer, county
    ):
        client = signed_in(county_administrator)

        answer = client.post(
            f"/accounts/{township_officer.pk}/grant/",
            {"role": "township_staff", "organization": county.township.code},
        )
        revoked = client.post(f"/accounts/grants/{township_officer.grants.get().pk}/revoke/", follow=True)

        assert answer.context["grant_form"].errors == {"role": ["这个账号已经有这项授权。"]}
        assert [str(message) for message in revoked.context["messages"]] == [
            "这是这个账号仅有的一项授权。人不再用系统了，请停用账号。"
        ]

    def test_deactivating_and_activating(self, signed_in, county_administrator, township_officer):
        client = signed_in(county_administrator)

        client.post(f"/accounts/{township_officer.pk}/deactivate/")
        assert User.objects.get(pk=township_officer.pk).is_active is False
        client.post(f"/accounts/{township_officer.pk}/activate/")
        assert User.objects.get(pk=township_officer.pk).is_active is True

    def test_as_many_queries_for_three_accounts_as_for_one(
        self, signed_in, county_administrator, county, django_assert_num_queries
    ):
        client = signed_in(county_administrator)
        client.get("/accounts/")
        with CaptureQueriesContext(connection) as one:
            client.get("/accounts/")
        GrantFactory.create_batch(3, role="township_staff", organization=county.township)
        with django_assert_num_queries(len(one)):
            assert len(client.get("/accounts/").context["rows"]) == 4


class TestClients:
    """Accounts of other systems: keys instead of a password."""

    @pytest.fixture
    def program(self, county_administrator, county) -> User:
        user, password = services.create_account(
            "oa",
            name="河口镇办公系统",
            role="api_client",
            organization=county.township,
            by=county_administrator,
        )
        assert password == ""
        return user

    def test_a_client_has_no_password_and_one_grant(self, program, county_administrator, county):
        assert program.has_usable_password() is False
        with pytest.raises(Refused):
            services.grant(program, role="auditor", organization=county.branch, by=county_administrator)
        with pytest.raises(Refused):
            services.reset_password(program, by=county_administrator)

    def test_a_key_is_shown_once_and_kept_as_a_digest(self, signed_in, program, county_administrator):
        client = signed_in(county_administrator)

        answer = client.post(
            f"/accounts/{program.pk}/new-key/", {"label": "大屏", "expires_on": "2027-06-30"}
        )

        key = answer.context["key"]
        assert key in answer.content.decode()
        assert key not in client.get(f"/accounts/{program.pk}/").content.decode()
        assert key.encode() not in bytes(program.tokens.get().digest)

    def test_a_person_gets_no_key(self, signed_in, county_administrator, township_officer):
        answer = signed_in(county_administrator).post(
            f"/accounts/{township_officer.pk}/new-key/", {"label": "大屏", "expires_on": "2027-06-30"}
        )

        assert answer.context["token_form"].non_field_errors() == ["密钥只发给接口客户端账号。"]

    def test_a_key_has_an_end_within_two_years(self, signed_in, program, county_administrator):
        answer = signed_in(county_administrator).post(
            f"/accounts/{program.pk}/new-key/", {"label": "大屏", "expires_on": "2099-01-01"}
        )

        assert answer.context["token_form"].errors == {"expires_on": ["有效期请填今天到 2 年以内的日子。"]}

    def test_a_key_is_revoked(self, signed_in, program, county_administrator):
        client = signed_in(county_administrator)
        client.post(f"/accounts/{program.pk}/new-key/", {"label": "大屏", "expires_on": "2027-06-30"})
        token = program.tokens.get()

        client.post(f"/accounts/keys/{token.pk}/revoke/")

        token.refresh_from_db()
        assert token.is_open is False


class TestCommand:
    def test_the_first_administrator_is_made_with_a_password_that_must_be_changed(self, client):
        out = StringIO()

        call_command("create_administrator", "admin.li", "--name", "李静", stdout=out)

        user = User.objects.get(username="admin.li")
        assert (user.granted, user.must_change_password) == ([("county_administrator", "")], True)
        password = out.getvalue().split("初始密码 ")[1].split()[0]
        assert client.post("/login/", {"username": "admin.li", "password": password}).url == "/"

    def test_a_taken_name_is_refused(self, township_officer):
        with pytest.raises(CommandError, match="已经有人用了"):
            call_command("create_administrator", township_officer.username)


def test_the_system_account_is_made_once_and_acts_everywhere():
    system = services.system_user()

    assert services.system_user() == system
    assert (system.granted, system.has_usable_password()) == ([("county_administrator", "")], False)


@pytest.mark.parametrize(
    ("grants", "home"),
    [
        ([], ""),
        (["township"], "88/8801/"),
        (["township", "branch"], "88/8801/"),
        (["branch", "other_branch"], "88/"),
        ([None, "branch"], ""),
    ],
)
def test_deeds_about_an_account_are_filed_at_the_common_root_of_its_grants(county, grants, home):
    user = UserFactory()
    for name in grants:
        GrantFactory(user=user, role="auditor", organization=getattr(county, name) if name else None)

    assert user.home_path == home
