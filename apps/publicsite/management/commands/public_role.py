"""`manage.py public_role NAME`: the database role of the public side, which reads what was published."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from apps.decisions.models import PublishedDecision, PublishedStep
from apps.disclosure.models import (
    Published,
    PublishedEvent,
    PublishedItem,
    PublishedPosting,
    PublishedSetting,
    PublishedVillage,
)
from apps.opinions.models import PublishedAskingPlace, PublishedOpinion
from apps.publicsite.models import PublishedChange
from apps.supervision.models import PublishedSupervisor

PASSWORD = "PUBLIC_ROLE_PASSWORD"  # noqa: S105 - the name of the variable
# Nobody may write, and no question of a visitor keeps the database busy for longer than this.
SETTINGS = {"default_transaction_read_only": "on", "statement_timeout": "10s"}
OPEN = (
    PublishedVillage,
    Published,
    PublishedSetting,
    PublishedItem,
    PublishedEvent,
    PublishedPosting,
    PublishedDecision,
    PublishedStep,
    PublishedOpinion,
    PublishedAskingPlace,
    PublishedSupervisor,
    PublishedChange,
)


class Command(BaseCommand):
    help = (
        "建立公开网站用的数据库角色：只能读已公布的内容，别的什么也看不到。"
        f"口令从环境变量 {PASSWORD} 读取。角色已经有的，重新设口令和权限。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="partybuild_public")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get(PASSWORD, "")
        if len(password) < 16:
            raise CommandError(f"请先设环境变量 {PASSWORD}，至少 16 个字符。")
        grant(options["name"], password)
        self.stdout.write(f"角色 {options['name']} 只能读：{'、'.join(_tables())}。")


def _tables() -> list[str]:
    return [model._meta.db_table for model in OPEN]


def grant(name: str, password: str) -> None:
    """Make the role, or set an existing one back to this and nothing more."""
    quoted = connection.ops.quote_name
    role, tables = quoted(name), ", ".join(map(quoted, _tables()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        limits = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT"
        cursor.execute(f"{verb} ROLE {role} {limits} PASSWORD %s", [password])
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT ON {tables} TO {role}")
        cursor.execute(f"ALTER ROLE {role} RESET ALL")
        for setting, value in SETTINGS.items():
            cursor.execute(f"ALTER ROLE {role} SET {setting} = %s", [value])
