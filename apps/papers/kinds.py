"""What can be put on paper, and in which form it is handed out. Pure."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """A kind of paper; each has a template of its own."""

    MINUTES = "minutes"
    RECORD_BOOK = "record-book"
    SIGN_IN = "sign-in"
    ACTIVITY = "activity"

    @property
    def label(self) -> str:
        return PAPER_LABELS[self]


PAPER_LABELS: dict[Paper, str] = {
    Paper.MINUTES: "会议记录",
    Paper.RECORD_BOOK: "党建记录簿",
    Paper.SIGN_IN: "签到表",
    Paper.ACTIVITY: "组织生活纪实表",
}
ABOUT: dict[Paper, str] = {
    Paper.MINUTES: "每次会议一份，带到会情况、表决、决议和签字处。",
    Paper.RECORD_BOOK: "每个支部一本，有封面和目录，一次会议占一页或者几页。",
    Paper.SIGN_IN: "每次会议一张，应到的人按有没有表决权排好，留出签字的格子。",
    Paper.ACTIVITY: "每个支部每季度一张：开了哪些会、上了哪些课、还缺什么。",
}
PAPER_CHOICES = [(paper.value, label) for paper, label in PAPER_LABELS.items()]
# What is made of one record each; the others are made of a branch's time.
OF_A_RECORD = (Paper.MINUTES, Paper.RECORD_BOOK, Paper.SIGN_IN)
# Papers that are one book, whose pages are counted through.
COUNTED_THROUGH = frozenset({Paper.RECORD_BOOK})


class Binding(StrEnum):
    """How several papers are handed out."""

    ONE_FILE = "one"
    ARCHIVE = "zip"


BINDING_CHOICES = [
    (Binding.ONE_FILE.value, "一个 Word 文件，每份另起一页"),
    (Binding.ARCHIVE.value, "压缩包，每份一个文件"),
]
