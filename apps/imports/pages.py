"""What the result page says: words and tables made from a job."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from apps.imports.models import ImportJob
from apps.imports.queries import shelf_counts
from apps.imports.registry import Importer
from apps.imports.states import Shelf, State

STEPS = ("上传", "读表", "看结果", "写入")
_STEP_OF = {
    State.UPLOADED: "读表",
    State.READING: "读表",
    State.READY: "看结果",
    State.COMMITTING: "写入",
    State.DONE: "写入",
}
COLUMNS_TAB = "columns"
UNCHANGED_TAB = "unchanged"


def step_of(job: ImportJob) -> str:
    return _STEP_OF.get(State(job.state), "上传")


def counted(number: int) -> str:
    return f"{number:,}"


def write_label(job: ImportJob, importer: Importer) -> str:
    """The red button says what will happen and how much."""
    new = f"新增 {counted(job.new)} {importer.unit}" if job.new else ""
    changed = f"改动 {counted(job.changed)} {importer.unit}" if job.changed else ""
    if job.new and job.changed:
        return f"写入：{new}，{changed}"
    return f"写入 {counted(job.new)} {importer.unit}" if job.new else f"写入 {counted(job.changed)} 处变化"


def done_sentence(job: ImportJob, importer: Importer) -> str:
    parts = [
        f"新增 {counted(job.new)} {importer.unit}" if job.new else "",
        f"改动 {counted(job.changed)} {importer.unit}" if job.changed else "",
        f"跳过 {counted(job.skipped)} {importer.row_word}" if job.skipped else "",
    ]
    return "，".join(part for part in parts if part) + "。"


def tab_named(name: str | None, job: ImportJob) -> str:
    """The tab asked for, or the first that has something to look at."""
    if name in {*Shelf.values, COLUMNS_TAB, UNCHANGED_TAB}:
        return str(name)
    counts = shelf_counts(job)
    return next(
        (shelf.value for shelf in (Shelf.PROBLEM, Shelf.CHANGED, Shelf.NEW) if counts[shelf]), UNCHANGED_TAB
    )


def tabs_of(job: ImportJob, current: str) -> list[tuple[str, str, bool]]:
    counts = shelf_counts(job)
    tabs = [
        (f"{shelf.label} {counted(counts[shelf])}", shelf.value)
        for shelf in (Shelf.PROBLEM, Shelf.CHANGED, Shelf.NEW)
    ]
    tabs += [(f"无变化 {counted(job.unchanged)}", UNCHANGED_TAB), ("列是怎样读的", COLUMNS_TAB)]
    if job.absent:
        tabs.insert(4, (f"{Shelf.ABSENT.label} {counted(job.absent)}", Shelf.ABSENT.value))
    address = reverse("imports:detail", args=[job.pk])
    return [(title, f"{address}?tab={name}", name == current) for title, name in tabs]


def trail_of(importer: Importer, home: str) -> list[tuple[str, str]]:
    return [(importer.home_title, home), (f"导入{importer.title}", "")]


def bad_sentence(job: ImportJob, importer: Importer) -> str:
    word = importer.row_word
    rows = f"{counted(job.bad_rows)} {word}"
    return f"有 {rows}要处理，现在一{word}也不会写入。可以改好表再上传，也可以跳过这 {rows}。"


def readings_of(job: ImportJob) -> list[dict[str, Any]]:
    """How the columns were read, sheets with the same heading together."""
    groups: dict[str, dict[str, Any]] = {}
    for reading in job.readings:
        columns = [tuple(column) for column in reading["columns"]]
        group = groups.setdefault(
            repr(columns), {"columns": columns, "sheets": [], "heading_row": reading["heading_row"]}
        )
        group["sheets"].append(reading["sheet"])
    for group in groups.values():
        sheets = group.pop("sheets")
        group["names"] = f"“{sheets[0]}”" + (f"等 {len(sheets)} 张表" if len(sheets) > 1 else "")
    return list(groups.values())


def understood(importer: Importer) -> Iterable[dict[str, Any]]:
    """The columns for the upload page."""
    for column in importer.columns:
        about = column.about or ("、".join(column.choices) if column.choices else "")
        yield {
            "title": column.title,
            "required": column.required,
            "about": about,
            "aliases": "、".join(column.aliases.split()),
        }
