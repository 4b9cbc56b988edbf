"""The words of life meetings and reviews of members."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """How far a year's review of members is."""

    PREPARING = "preparing", "准备中"
    HELD = "held", "评定中"
    CLOSED = "closed", "已归档"


class Grade(models.TextChoices):
    """MEET-09, in the order of paper."""

    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    BASICALLY_QUALIFIED = "basically_qualified", "基本合格"
    UNQUALIFIED = "unqualified", "不合格"


class NoGrade(models.TextChoices):
    """Why somebody on the list gets no grade from this branch."""

    PROBATIONARY = "probationary", "预备党员"
    ELSEWHERE = "elsewhere", "在流动党员党支部评议"
    ABSENT = "absent", "没有参加评议"


class Decider(models.TextChoices):
    """Who decides the grades; where there is no committee, only the members' meeting."""

    COMMITTEE = "committee", "支委会"
    GENERAL_MEETING = "general_meeting", "党员大会"
