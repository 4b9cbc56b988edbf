"""The states of a publication and who may take it from one to the next (VAD-10)."""

from __future__ import annotations

from django.db import models

from apps.core.workflow import Step, Workflow


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    PROPOSED = "proposed", "待监委会审查"
    OBJECTED = "objected", "有异议，待修改"
    CLEARING = "clearing", "待保密审查"
    CHECKED = "checked", "待联席会议确定"
    CONFIRMED = "confirmed", "待公布"
    PUBLISHED = "published", "已公布"
    REPLACED = "replaced", "已更正"
    WITHDRAWN = "withdrawn", "已撤回"


# What may still be written in.
OPEN = frozenset({State.DRAFT, State.OBJECTED})
# What everybody has seen, and goes on to see.
PUBLIC = frozenset({State.PUBLISHED, State.REPLACED, State.WITHDRAWN})

# No way leads past the supervision committee; only its consent opens the joint meeting.
STEPS: Workflow = {
    "propose": Step("送监委会审查", OPEN, State.PROPOSED, "disclosure.prepare"),
    "object": Step("提出异议", frozenset({State.PROPOSED}), State.OBJECTED, "disclosure.check"),
    "consent": Step("同意公布", frozenset({State.PROPOSED}), State.CHECKED, "disclosure.check"),
    "confirm": Step("登记联席会议决定", frozenset({State.CHECKED}), State.CONFIRMED, "disclosure.prepare"),
    "publish": Step("公布", frozenset({State.CONFIRMED}), State.PUBLISHED, "disclosure.prepare"),
    "file": Step("办理备案", frozenset({State.PUBLISHED}), State.PUBLISHED, "disclosure.file"),
    "withdraw": Step("撤回", frozenset({State.PUBLISHED}), State.WITHDRAWN, "disclosure.withdraw"),
}
# Party affairs are asked for their secrets too, after the committee and before the joint meeting (PAO-02).
PARTY_STEPS: Workflow = {
    **STEPS,
    "consent": Step("同意公布", frozenset({State.PROPOSED}), State.CLEARING, "disclosure.check"),
    "clear": Step("保密审查：可以公开", frozenset({State.CLEARING}), State.CHECKED, "disclosure.clear"),
    "hold": Step("保密审查：不能公开", frozenset({State.CLEARING}), State.OBJECTED, "disclosure.clear"),
}


def way_of(*, is_party: bool) -> Workflow:
    """The steps that a publication goes."""
    return PARTY_STEPS if is_party else STEPS


# What a correction does to its predecessor; nobody takes this step by itself.
REPLACE = {"replace": Step("更正", frozenset({State.PUBLISHED}), State.REPLACED, "disclosure.prepare")}
