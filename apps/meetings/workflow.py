"""The states of a meeting record and who may take it from one to the next."""

from __future__ import annotations

from apps.core.workflow import Step, Workflow
from apps.meetings.models import State

RECORDING = frozenset({State.DRAFT, State.RETURNED})

CORRECTED_FROM = State.SUBMITTED  # a correction is no step: the record stays handed in and counts

STEPS: Workflow = {
    "submit": Step("交上", RECORDING, State.SUBMITTED, "meetings.record"),
    "reopen": Step("收回修改", frozenset({State.SUBMITTED}), State.RETURNED, "meetings.record"),
    "return": Step("退回", frozenset({State.SUBMITTED}), State.RETURNED, "meetings.return"),
    "withdraw": Step("撤回", RECORDING | {State.SUBMITTED}, State.WITHDRAWN, "meetings.record"),
}
