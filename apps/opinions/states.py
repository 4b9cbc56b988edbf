"""The words of opinions: where each came from, where it stands, who may take it on."""

from __future__ import annotations

from django.db import models

from apps.core.workflow import Step, Workflow


class Channel(models.TextChoices):
    BOX = "box", "意见箱"
    HOTLINE = "hotline", "电话"
    VISIT = "visit", "当面说的"
    LETTER = "letter", "来信"


class Category(models.TextChoices):
    FINANCE = "finance", "财务收支"
    SUBSIDY = "subsidy", "补贴、救助"
    PROJECT = "project", "工程项目"
    LAND = "land", "土地、资产、资源"
    DECISION = "decision", "村里的决定"
    OTHER = "other", "其他"


class Answerer(models.TextChoices):
    """Who is to answer while it is the village's turn."""

    COMMITTEE = "committee", "村民委员会"
    COLLECTIVE = "collective", "集体经济组织"
    SUPERVISION = "supervision", "村务监督委员会"


class State(models.TextChoices):
    OPEN = "open", "待村里答复"
    RETURNED = "returned", "不满意，待村里再答复"
    ESCALATED = "escalated", "待乡镇答复"
    ANSWERED = "answered", "已答复，待回访"
    CLOSED = "closed", "已办结"
    VOID = "void", "已作废"


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    PARTLY = "partly", "基本满意"
    NOT = "not", "不满意"
    UNKNOWN = "unknown", "问不到本人"


class Publicity(models.TextChoices):
    UNDECIDED = "undecided", "还没有定"
    PROPOSED = "proposed", "待同意公布"
    PUBLIC = "public", "已公布"
    INSIDE = "inside", "不公布"


WITH_VILLAGE = frozenset({State.OPEN, State.RETURNED})
# Somebody must answer, by a day.
WAITING = WITH_VILLAGE | {State.ESCALATED}

# The way of an opinion; `ask` leads on by what the petitioner says, see AFTER_ASKING.
STEPS: Workflow = {
    "answer": Step("答复", WITH_VILLAGE, State.ANSWERED, "opinions.answer"),
    "decide": Step("乡镇答复", frozenset({State.ESCALATED}), State.ANSWERED, "opinions.decide"),
    "ask": Step("登记回访", frozenset({State.ANSWERED}), State.CLOSED, "opinions.register"),
    "escalate": Step("转乡镇", WITH_VILLAGE, State.ESCALATED, "opinions.register"),
    "void": Step("作废", WAITING, State.VOID, "opinions.register"),
}
AFTER_ASKING: Workflow = {
    "close": Step("办结", frozenset({State.ANSWERED}), State.CLOSED, "opinions.register"),
    "return": Step("退回再答复", frozenset({State.ANSWERED}), State.RETURNED, "opinions.register"),
    "pass_on": Step("转乡镇", frozenset({State.ANSWERED}), State.ESCALATED, "opinions.register"),
}
# Whether everybody reads it; the village proposes the words, somebody above the village's own clerk agrees.
PUBLISHING: Workflow = {
    "propose": Step(
        "送审公布的文字",
        frozenset({Publicity.UNDECIDED, Publicity.PROPOSED, Publicity.INSIDE, Publicity.PUBLIC}),
        Publicity.PROPOSED,
        "opinions.answer",
    ),
    "agree": Step("同意公布", frozenset({Publicity.PROPOSED}), Publicity.PUBLIC, "opinions.agree"),
    "withhold": Step(
        "不公布",
        frozenset({Publicity.UNDECIDED, Publicity.PROPOSED, Publicity.PUBLIC}),
        Publicity.INSIDE,
        "opinions.agree",
    ),
}
EVERY_STEP = {**STEPS, **AFTER_ASKING, **PUBLISHING}
STEP_CHOICES = [(action, step.label) for action, step in EVERY_STEP.items()]
ANSWERS = ("answer", "decide")
