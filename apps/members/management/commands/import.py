# ruff: noqa: N999 (the name that people type)
"""`manage.py import organizations|roster FILE`: the page's import, for the person at the shell.

It stands in this app because that is the lowest from which both importers and the accounts can be reached.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.accounts.services.people import system_user
from apps.core.errors import Refused
from apps.core.identity import mask_numbers
from apps.core.memory import is_survived, limited_memory
from apps.imports import workbooks
from apps.imports.machine import carry_out, errand_for, make_plan
from apps.imports.plans import Errand, NothingToWrite, Plan
from apps.imports.problems import Problem
from apps.imports.registry import Importer, importer_named, importers
from apps.imports.running import NO_MEMORY
from apps.imports.sheets import open_sheets

SHOWN_PROBLEMS = 50
UNREADABLE: dict[type, str] = {
    FileNotFoundError: "没有这个文件",
    IsADirectoryError: "这是一个文件夹",
    PermissionError: "没有打开它的权限",
}


class Command(BaseCommand):
    help = (
        "导入党组织台账、党员花名册或者村里公开的表。"
        "默认只看结果，不写入；加 --commit 才写入，要么全部，要么一行也不写。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[importer.name for importer in importers()])
        parser.add_argument("file", type=Path)
        parser.add_argument("--commit", action="store_true", help="写入")
        parser.add_argument("--json", action="store_true", dest="as_json", help="结果用 JSON 打印")
        parser.add_argument("--annotated", type=Path, metavar="OUT.xlsx", help="把标注好的表存成这个文件")
        parser.add_argument("--as", dest="username", metavar="USER", help="以谁的名义；不写就是系统账号")

    _has_shown = False

    def handle(self, *args: Any, **options: Any) -> None:
        importer = importer_named(options["kind"])
        try:
            content = options["file"].read_bytes()
            with limited_memory():
                _refuse_deadly(content)
                self._import(importer, content, options)
        except OSError as error:
            reason = UNREADABLE.get(type(error), error.strerror)
            self._give_up(f"打不开文件 {error.filename}：{reason}。", "cannot_open", options)
        except MemoryError:
            self._give_up(NO_MEMORY, "no_memory", options)
        except Refused as refused:
            self._give_up(refused.sentence, "refused", options)

    def _import(self, importer: Importer, content: bytes, options: dict[str, Any]) -> None:
        errand = errand_for(importer, _user(options["username"]))

        def look(plan: Plan) -> None:
            self._show(importer, plan, options)
            self._annotate(importer, content, plan, options["annotated"])

        if options["commit"]:
            self._commit(importer, content, errand, look)
        else:
            look(make_plan(importer, content, errand))

    def _commit(
        self, importer: Importer, content: bytes, errand: Errand, look: Callable[[Plan], None]
    ) -> None:
        try:
            carry_out(importer, content, errand, look=look)
        except NothingToWrite as nothing:
            self.stderr.write(nothing.sentence)

    def _annotate(self, importer: Importer, content: bytes, plan: Plan, out: Path | None) -> None:
        if out is not None:
            notes = [_note(problem.masked) for problem in plan.problems]
            out.write_bytes(workbooks.annotated(importer, content, notes))

    def _show(self, importer: Importer, plan: Plan, options: dict[str, Any]) -> None:
        self._has_shown = True
        if options["as_json"]:
            self.stdout.write(json.dumps(_as_json(plan), ensure_ascii=False, indent=1))
            return
        counts = f"新增 {len(plan.new)}，有变化 {len(plan.changed)}，无变化 {plan.unchanged}"
        self.stdout.write(f"读到 {plan.rows} {importer.unit}：{counts}，有问题的 {plan.bad_rows} 行。")
        for problem in (each.masked for each in plan.problems[:SHOWN_PROBLEMS]):
            self.stdout.write(f"  {_place_of(problem)}{problem.message}{problem.advice}")
        if len(plan.problems) > SHOWN_PROBLEMS:
            self.stdout.write(
                f"  还有 {len(plan.problems) - SHOWN_PROBLEMS} 条，用 --annotated 或 --json 看全部。"
            )
        if not options["commit"]:
            self.stdout.write("没有写入。看过没有问题，加 --commit 再运行一次。")

    def _give_up(self, sentence: str, code: str, options: dict[str, Any]) -> None:
        """A file that cannot be read has the same JSON as any other, with one problem of the whole."""
        sentence = mask_numbers(sentence)
        if options["as_json"] and not self._has_shown:
            problem = {
                "sheet": "",
                "row": 0,
                "column": "",
                "code": code,
                "severity": "error",
                "message": sentence,
            }
            empty = {"rows": 0, "new": 0, "changed": 0, "unchanged": 0, "problems": [problem]}
            self.stdout.write(json.dumps(empty, ensure_ascii=False, indent=1))
        raise CommandError(sentence)


def _refuse_deadly(content: bytes) -> None:
    """A worker that dies of a file has a parent to say so; at the shell a child reads it first."""
    if not is_survived(lambda: open_sheets(content)):
        raise MemoryError


def _place_of(problem: Problem) -> str:
    """Where it is, before the sentence; nothing when it is the whole file."""
    row = f" 第 {problem.row} 行 {problem.column}" if problem.row else ""
    return f"{problem.sheet}{row}：" if problem.sheet else ""


def _user(username: str | None) -> User:
    if username is None:
        return system_user()
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist:
        raise Refused(f"没有“{username}”这个账号，或者它已经停用。") from None


def _as_json(plan: Plan) -> dict[str, Any]:
    return {
        "rows": plan.rows,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "problems": [problem.masked.as_json() for problem in plan.problems],
    }


def _note(problem: Problem) -> workbooks.Note:
    text = f"{problem.message}{problem.advice}"
    return workbooks.Note(problem.sheet, problem.row, problem.position, text, problem.is_error)
