"""A village's decision, and its supervision committee's half-year, as their papers say it: plain words.

Nothing but text, numbers, lists and mappings leaves this module, so that no template reaches a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from apps.core.calendar import CHINA, today, written
from apps.core.documents.wording import percent
from apps.decisions.kinds import CountedBy, State
from apps.decisions.models import DecisionStep, FourStepDecision
from apps.decisions.way import FIRST_PUBLICATION, SECOND_PUBLICATION
from apps.disclosure.models import Deed, Posting, Publication
from apps.papers.records import Words
from apps.supervision.models import SupervisionRecord, SupervisionReport
from apps.supervision.wording import Work

SAID = ("consent", "object")
NOT_YET = "还没有公布"


def ledger_of(decision: FourStepDecision, photographed: Collection[str] = ()) -> Words:
    """The six tables of a matter (RURAL-08); `photographed` are the keys of the postings with a photo."""
    told = ((FIRST_PUBLICATION, decision.resolution), (SECOND_PUBLICATION, decision.result))
    return {
        "村": decision.village.name,
        "事项": decision.title,
        "动议来源": decision.get_motion_display(),
        "属于": decision.whose,
        "类别": decision.get_matter_display() if decision.kind == "village" else "",
        "登记日期": written(decision.created_at.astimezone(CHINA).date()),
        "办到": State(decision.state).label,  # type: ignore[attr-defined]
        "不再办的原因": decision.drop_reason,
        "要议的内容": paragraphs(decision.content),
        "四议": [_sitting(step) for step in decision.steps.all()],
        "两公开": [_told(title, publication, photographed) for title, publication in told],
        "实施结果": paragraphs(decision.result_words),
        "完成日期": written(decision.result_on) if decision.result_on else "",
    }


def paragraphs(text: str) -> list[Words]:
    """One entry for each line that says something."""
    return [{"文字": line.strip()} for line in text.splitlines() if line.strip()]


def _sitting(step: DecisionStep) -> Words:
    return {
        "步骤": f"第{'一二三四'[step.stage - 1]}步　{step.get_stage_display()}",
        "会议": step.get_body_display(),
        "日期": written(step.held_on),
        "地点": step.place,
        "主持人": step.chair,
        "参会人员": step.names or ("见会议记录" if step.meeting_id else ""),
        "乡镇参会人员": step.from_township,
        "通知日期": written(step.notified_on) if step.notified_on else "",
        "单位": "户" if step.counted_by == CountedBy.HOUSEHOLDS else "人",
        "全体成员": step.whole or "",
        "应到": step.expected,
        "实到": step.present,
        "比例": percent(step.present, step.expected),
        "赞成": step.in_favour,
        "反对": step.against,
        "弃权": step.abstained,
        "结果": "通过" if step.passed else "没有通过",
        "判定": step.verdict,
        "依据": step.rule,
        "授权": step.authorization,
        "合并": "和第一步合在一次会上办" if step.merged else "",
        "备注": step.note,
    }


def _told(title: str, publication: Publication | None, photographed: Collection[str]) -> Words:
    """One of the two publications as it stands: who checked it, how long it hung and where."""
    stands = publication.standing if publication else None
    day = stands.published_at.astimezone(CHINA).date() if stands and stands.published_at else None
    return {
        "步骤": title,
        "标题": stands.title if stands else "",
        "情况": stands.get_state_display() if stands else NOT_YET,
        "公布日期": written(day) if day else "",
        "监委会意见": [_opinion(deed) for deed in stands.deeds.all() if deed.action in SAID]
        if stands
        else [],
        "张贴": [_posting(each, photographed) for each in stands.postings.all()] if stands else [],
    }


def _opinion(deed: Deed) -> Words:
    said = f"{deed.get_action_display()}{f'：{deed.note}' if deed.note else ''}"
    return {"日期": written(deed.on), "意见": said, "审查的人": deed.names}


def _posting(posting: Posting, photographed: Collection[str]) -> Words:
    down = posting.taken_down_on
    return {
        "地点": posting.place,
        "起": written(posting.put_up_on),
        "止": written(down) if down else "还贴着",
        "照片": "有" if str(posting.key) in photographed else "无",
    }


def keys_of(decisions: Iterable[FourStepDecision]) -> set[str]:
    """Under which keys the photos of the decisions' postings lie."""
    publications = [each for row in decisions for each in (row.resolution, row.result) if each]
    return {str(posting.key) for told in publications for posting in told.standing.postings.all()}


def report_of(report: SupervisionReport, work: Work) -> Words:
    """What the committee reports of half a year: figures from its records, its own words (SUPV-05)."""
    return {
        "村": report.village.name,
        "时段": report.half.label,
        "成员": [{"姓名": each.name, "职务": each.get_position_display()} for each in work.committee],
        "同意": work.consents,
        "异议": work.objections,
        "次数": len(work.records),
        "概况": _summary(work.records),
        "记录": [_looked_at(number, row) for number, row in enumerate(work.records, 1)],
        "要求整改": len(work.asked),
        "已整改": len(work.asked) - len(work.still_open),
        "意见": paragraphs(report.words),
        "制表日期": written(today()),
    }


def _summary(records: Iterable[SupervisionRecord]) -> str:
    """ "民主理财、查账 2 次，工程项目 1 次" """
    counted = Counter(record.get_subject_display() for record in records)
    return "，".join(f"{subject} {number} 次" for subject, number in counted.most_common())


def _looked_at(number: int, record: SupervisionRecord) -> Words:
    due, done = record.due_on, record.put_right_on
    row: dict[str, Any] = {
        "序号": number,
        "日期": written(record.held_on),
        "监督什么": record.get_subject_display(),
        "看了什么": record.title,
        "参加的人": record.names,
        "发现的情况": record.findings,
        "要求整改": record.asked.rstrip("。"),
        "整改期限": written(due) if due else "",
        "整改": f"{written(done)}：{record.put_right}" if done else "还没有整改" if record.asked else "",
    }
    return row
