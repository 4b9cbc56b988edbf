"""Kinds of meeting and of matters to be decided, with the words of the regulations. Pure."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a gathering is; one may be several at once (MEET-17)."""

    GENERAL_MEETING = "general_meeting"
    COMMITTEE_MEETING = "committee_meeting"
    GROUP_MEETING = "group_meeting"
    LESSON = "lesson"
    THEME_DAY = "theme_day"
    LIFE_MEETING = "life_meeting"
    MEMBER_REVIEW = "member_review"
    TALK = "talk"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS: dict[Kind, str] = {
    Kind.THEME_DAY: "主题党日",
    Kind.LESSON: "党课",
    Kind.GENERAL_MEETING: "党员大会",
    Kind.COMMITTEE_MEETING: "支委会",
    Kind.GROUP_MEETING: "党小组会",
    Kind.LIFE_MEETING: "组织生活会",
    Kind.MEMBER_REVIEW: "民主评议党员",
    Kind.TALK: "谈心谈话",
}
# Talks of two are written down for themselves (app `talks`); records of former times keep the kind.
NOT_RECORDED = frozenset({Kind.TALK})
KIND_CHOICES: list[tuple[str, str]] = [(kind.value, label) for kind, label in KIND_LABELS.items()]


# Held once a year or so: folded away on the form.
RARE_KINDS = frozenset({Kind.GROUP_MEETING, Kind.LIFE_MEETING, Kind.MEMBER_REVIEW, Kind.TALK})


class Matter(StrEnum):
    """What a resolution is about; it decides who may decide and by which regime."""

    ORDINARY = "ordinary"
    COMMITTEE_REPORT = "committee_report"
    ELECTION = "election"
    DELEGATES = "delegates"
    ADMISSION = "admission"
    FULL_MEMBERSHIP = "full_membership"
    PROBATION_EXTENDED = "probation_extended"
    PROBATION_CANCELLED = "probation_cancelled"
    COMMENDATION = "commendation"
    DISPOSAL = "disposal"
    DISCIPLINE = "discipline"

    @property
    def label(self) -> str:
        return MATTER_LABELS[self]


MATTER_LABELS: dict[Matter, str] = {
    Matter.ORDINARY: "一般事项",
    Matter.COMMITTEE_REPORT: "审查支委会工作报告",
    Matter.ELECTION: "选举支部委员会",
    Matter.DELEGATES: "推荐、选举党代表",
    Matter.ADMISSION: "接收预备党员",
    Matter.FULL_MEMBERSHIP: "预备党员转正",
    Matter.PROBATION_EXTENDED: "延长预备期",
    Matter.PROBATION_CANCELLED: "取消预备党员资格",
    Matter.COMMENDATION: "表彰表扬党员",
    Matter.DISPOSAL: "组织处置",
    Matter.DISCIPLINE: "纪律处分",
}
MATTER_CHOICES: list[tuple[str, str]] = [(matter.value, label) for matter, label in MATTER_LABELS.items()]
