"""The first account of an installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts import services
from apps.audit.context import acting_as
from apps.core.errors import Refused


class Command(BaseCommand):
    help = "Create an administrator of everything and print the initial password, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="系统管理员", help="the person's name")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(services.system_user(), via="manage.py create_administrator"):
            try:
                user, password = services.create_administrator(options["username"], name=options["name"])
            except Refused as refused:
                raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"用户名 {user.username}\n初始密码 {password}\n第一次登录要改密码；这里不会再显示。"
        )
