"""One login per role for the demo county, all with the same password."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from apps.accounts.models import Grant, User
from apps.home.demo import words

PASSWORD = "Demo-2026-look"  # noqa: S105 - printed for everybody to see; the demo is refused in production


@dataclass(frozen=True)
class Login:
    """A demo user: what they are and the code of the organization that they work for."""

    username: str
    name: str
    role: str
    code: str


LOGINS = (
    Login("admin", "县级管理员", "county_administrator", words.COUNTY_CODE),
    Login("county", "组织部 陈静", "county_staff", words.COUNTY_CODE),
    Login("township", "澄江镇 刘洋", "township_staff", f"{words.COUNTY_CODE}001"),
    Login("branch", "支部书记 李长福", "branch_secretary", f"{words.COUNTY_CODE}001002"),
    Login("supervisor", "监委会主任 赵守义", "supervision_committee", f"{words.COUNTY_CODE}001002"),
    Login("auditor", "审计员 周平", "auditor", words.COUNTY_CODE),
)


def save(ids: dict[str, int]) -> None:
    """The demo users with their grants; `ids` are the organizations' keys by code."""
    for login in LOGINS:
        user = User(
            username=login.username,
            name=login.name,
            must_change_password=False,
            password_changed_at=timezone.now(),
        )
        user.set_password(PASSWORD)
        user.save()
        Grant.objects.create(user=user, role=login.role, organization_id=ids[login.code])
