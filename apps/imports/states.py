"""What a job is doing, and which lists its result is shown in."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    UPLOADED = "uploaded", "等待读取"
    READING = "reading", "正在读取"
    READY = "ready", "等您确认"
    COMMITTING = "committing", "正在写入"
    DONE = "done", "已写入"
    FAILED = "failed", "没有成功"
    CANCELLED = "cancelled", "已取消"


WAITING = (State.UPLOADED, State.READING, State.COMMITTING)
# The worker has read the file to its end, so that it can be laid out again.
READ = (State.READY, State.COMMITTING, State.DONE)


class Shelf(TextChoices):
    """Which list of the result a line belongs to."""

    PROBLEM = "problem", "要您看一下"
    CHANGED = "changed", "有变化"
    NEW = "new", "新增"
    ABSENT = "absent", "表里没有的"
