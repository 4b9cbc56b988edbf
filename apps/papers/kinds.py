"""What can be put on paper, and in which form it is handed out. Pure."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """A kind of paper; each has a template of its own."""

    MINUTES = "minutes"
    RECORD_BOOK = "record-book"
    SIGN_IN = "sign-in"
    ACTIVITY = "activity"
    LEDGER = "ledger"
    SUPERVISION = "supervision"

    @property
    def label(self) -> str:
        return PAPER_LABELS[self]


PAPER_LABELS: dict[Paper, str] = {
    Paper.MINUTES: "会议记录",
    Paper.RECORD_BOOK: "党建记录簿",
    Paper.SIGN_IN: "签到表",
    Paper.ACTIVITY: "组织生活纪实表",
    Paper.LEDGER: "四议两公开台账",
    Paper.SUPERVISION: "监委会半年报告",
}
ABOUT: dict[Paper, str] = {
    Paper.MINUTES: "每次会议一份，带到会情况、表决、决议和签字处。",
    Paper.RECORD_BOOK: "每个支部一本，有封面和目录，一次会议占一页或者几页。",
    Paper.SIGN_IN: "每次会议一张，应到的人按有没有表决权排好，留出签字的格子。",
    Paper.ACTIVITY: "每个支部每季度一张：开了哪些会、上了哪些课、还缺什么。",
    Paper.LEDGER: "每个事项一份：四次会议和两次公开，每步一张表，留出签字的地方。",
    Paper.SUPERVISION: "每个村每半年一份：组成、审查、监督、整改和监委会的意见。",
}
PAPER_CHOICES = [(paper.value, label) for paper, label in PAPER_LABELS.items()]
# What a village's records are put into, by which permission; the others are made of meetings.
OF_A_VILLAGE = {Paper.LEDGER: "decisions.view", Paper.SUPERVISION: "supervision.view"}
OF_MEETINGS = "meetings.view"
# What is made of one meeting's record each.
OF_A_RECORD = (Paper.MINUTES, Paper.RECORD_BOOK, Paper.SIGN_IN)
# Papers that are one book, whose pages are counted through.
COUNTED_THROUGH = frozenset({Paper.RECORD_BOOK})


def permission_for(paper: Paper) -> str:
    """What somebody must be allowed to see in order to print it."""
    return OF_A_VILLAGE.get(paper, OF_MEETINGS)


class Binding(StrEnum):
    """How several papers are handed out."""

    ONE_FILE = "one"
    ARCHIVE = "zip"


BINDING_CHOICES = [
    (Binding.ONE_FILE.value, "一个 Word 文件，每份另起一页"),
    (Binding.ARCHIVE.value, "压缩包，每份一个文件"),
]
