"""Users, what they were granted where, and the tokens of API clients."""

from __future__ import annotations

from itertools import takewhile
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from apps.accounts.roles import BRANCH_ROLES, ROLE_CHOICES, ROLES
from apps.audit.history import tracked
from apps.core.calendar import today
from apps.core.scope import EVERYWHERE, Scope, ScopedQuerySet


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """Somebody who signs in: one person, one account."""

    scope_lookup = "grants__organization__path"

    username = models.CharField("用户名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    is_active = models.BooleanField("启用", default=True)
    is_system = models.BooleanField(
        "系统账号", default=False, help_text="命令和定时任务以它的名义办事，不能登录。"
    )
    must_change_password = models.BooleanField("首次登录须改密码", default=True)
    password_changed_at = models.DateTimeField("改密码时间", null=True, blank=True)
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def granted(self) -> list[tuple[str, str]]:
        """(role, path) of every grant; asked once a request."""
        rows = self.grants.values_list("role", "organization__path")
        return [(role, EVERYWHERE if path is None else path) for role, path in rows]

    def scope_for(self, permission: str) -> Scope:
        """The subtrees on which the user holds the permission."""
        paths = {path for role, path in self.granted if ROLES[role].grants(permission)}
        return Scope(tuple(sorted(paths)))

    def may(self, permission: str, path: str | None = None) -> bool:
        """Whether the permission is held on the organization at `path`, or anywhere at all."""
        scope = self.scope_for(permission)
        return not scope.is_empty if path is None else scope.covers(path)

    @property
    def works_at_branch(self) -> bool:
        """Whether the phone's frame is theirs: every role they hold is one of a branch or a village."""
        return bool(self.granted) and {role for role, _ in self.granted} <= BRANCH_ROLES

    @property
    def home_path(self) -> str:
        """The common root of all that was granted: where deeds by and about the account are filed."""
        levels = zip(*(path.split("/")[:-1] for _, path in self.granted), strict=False)
        shared = takewhile(lambda codes: len(set(codes)) == 1, levels)
        return "".join(f"{codes[0]}/" for codes in shared)

    def permissions_on(self, path: str) -> frozenset[str]:
        """Everything that the user may do on the organization at `path`."""
        held = [ROLES[role].permissions for role, root in self.granted if path.startswith(root)]
        return frozenset().union(*held)


class PasswordHistory(models.Model):
    """The hashes of former passwords, so that none of the last comes back (SEC-01); never shown."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords", verbose_name="账号")
    password = models.CharField("密码摘要", max_length=128)
    set_at = models.DateTimeField("启用时间", auto_now_add=True)

    class Meta:
        verbose_name = "用过的密码"
        verbose_name_plural = "用过的密码"
        ordering = ["-set_at", "-id"]


@tracked()
class Grant(models.Model):
    """A role on a subtree; without an organization it holds everywhere in this installation."""

    part_of = "user"
    scope_lookup = "organization__path"
    view_permission = "accounts.manage"

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name="账号")
    role = models.CharField("角色", max_length=32, choices=ROLE_CHOICES)
    organization = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name="范围",
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "授权"
        verbose_name_plural = "授权"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organization"], nulls_distinct=False, name="grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.get_role_display()}"

    @property
    def description(self) -> str:
        return ROLES[self.role].description


@tracked(exclude=["digest", "last_used_at"])
class ApiToken(models.Model):
    """The key of an API client; only its digest is kept, the key itself is shown once."""

    part_of = "user"
    scope_lookup = "user__grants__organization__path"

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name="账号")
    label = models.CharField("用途", max_length=64)
    digest = models.BinaryField("摘要", unique=True, max_length=32)
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    expires_on = models.DateField("有效期至")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        verbose_name = "接口密钥"
        verbose_name_plural = "接口密钥"

    def __str__(self) -> str:
        return self.label

    @property
    def is_expired(self) -> bool:
        return self.expires_on < today()

    @property
    def is_open(self) -> bool:
        """Whether the key opens anything now."""
        return self.revoked_at is None and not self.is_expired and self.user.is_active
