"""Writes: the steps of a matter, its projects, and what is published of both; each whole and on record."""

from apps.decisions.services.drafts import disclose_phase, draft_resolution, draft_result
from apps.decisions.services.projects import Share, accept, pay, plan_project, settle, sign_contract
from apps.decisions.services.steps import (
    Sitting,
    begin,
    drop,
    hold,
    report_result,
    rewrite,
    take_back,
)

__all__ = [
    "Share",
    "Sitting",
    "accept",
    "begin",
    "disclose_phase",
    "draft_resolution",
    "draft_result",
    "drop",
    "hold",
    "pay",
    "plan_project",
    "report_result",
    "rewrite",
    "settle",
    "sign_contract",
    "take_back",
]
