"""What a template may name: each placeholder with its meaning and an example, by kind of paper. Pure.

The examples are at once the sample with which an uploaded template is tried.
"""

from __future__ import annotations

from typing import Any

from apps.papers.kinds import Paper
from apps.papers.marks import Placeholder
from apps.papers.village_marks import LEDGER, SUPERVISION

_PERSON = {
    "序号": "从 1 起",
    "姓名": "姓名",
    "表决权": "有、无，或者没有表决权的原因",
    "备注": "到会、请假的原因",
}
_BRANCH = Placeholder("党支部", "党支部全称", "河口镇东湾村党支部")

_MEETING = (
    _BRANCH,
    Placeholder("党小组", "党小组会填党小组名称，别的会是空的", "第一党小组"),
    Placeholder("会议类型", "主题党日、党员大会等，几种一起开时用顿号隔开", "主题党日、党员大会"),
    Placeholder("会议名称", "年份、第几次和类型", "2026年第11次主题党日、第4次党员大会"),
    Placeholder("主题", "主题或议题", "学习党章，研究活动室修缮"),
    Placeholder("日期", "开会那天", "2026年11月5日"),
    Placeholder("月日", "开会那天，不写年份", "11月5日"),
    Placeholder("时间", "开始和结束的时间", "15:00—16:30"),
    Placeholder("地点", "地点", "村党群服务中心"),
    Placeholder("主持人", "主持人姓名", "李长福"),
    Placeholder("记录人", "记录人姓名", "王秀英"),
    Placeholder("讲课人", "上党课的人", "李长福"),
    Placeholder("补录原因", "过了截止日才交的原因", "记录人外出看病"),
    Placeholder("说明", "草稿、退回、撤回时的一句话，已交的是空的", "草稿，还没有交上"),
    Placeholder(
        "更正",
        "交上并锁定以后的更正，一次一项，没有更正过的是空的",
        [{"序号": 1, "日期": "2026年12月20日", "原因": "到会人数记错了", "更正人": "李长福"}],
        {"序号": "第几次更正，从 1 起", "日期": "更正那天", "原因": "原因", "更正人": "谁更正的"},
    ),
    Placeholder("照片", "系统里存了几张照片，没有就是 0", 2),
    Placeholder("应到", "应到人数", 13),
    Placeholder("实到", "实到人数", 11),
    Placeholder("缺席", "没有到会的人数", 2),
    Placeholder("有表决权", "应到人中有表决权的人数", 12),
    Placeholder("有表决权到会", "到会人中有表决权的人数", 10),
    Placeholder("到会人员", "到会人员姓名", "李长福、王秀英、张建国"),
    Placeholder("晚到人员", "会议开始以后才到的人，没有就是空的", "张建国"),
    Placeholder("缺席人员", "没有到会的人和原因", "赵强（流动外出）、周敏（病假）"),
    Placeholder(
        "不计入应到",
        "选举、组织处置时按规定不计入应到的人和批准手续，没有就是空的",
        "郑老根（年老体弱卧床、长期生病生活不能自理，河委〔2026〕12号，党员大会2026年10月8日通过）",
    ),
    Placeholder("列席人员", "列席人员", "镇党委组织委员吴晓"),
    Placeholder(
        "内容",
        "会议记录，一段一项",
        [{"文字": "一、学习党章", "是标题": True}, {"文字": "李长福领学党章第一章。", "是标题": False}],
        {"文字": "这一段的文字", "是标题": "这一段是不是议题（if 用）"},
    ),
    Placeholder(
        "上次落实",
        "以前的会议布置的事，这次听到的办理情况",
        [{"序号": 1, "事项": "清理村口河道", "责任人": "张建国", "结果": "已办成", "说明": "10月20日完工"}],
        {
            "序号": "从 1 起",
            "事项": "要办的事",
            "责任人": "责任人",
            "结果": "已办成、还在办、办不了",
            "说明": "说明",
        },
    ),
    Placeholder(
        "任务",
        "决议以外布置的事",
        [{"序号": 1, "事项": "看望生病党员周敏", "责任人": "王秀英", "完成时限": "2026年11月30日"}],
        {"序号": "从 1 起", "事项": "要办的事", "责任人": "责任人", "完成时限": "完成时限"},
    ),
    Placeholder(
        "决议",
        "表决和决定，一件一项",
        [
            {
                "序号": 1,
                "事项": "修缮村活动室",
                "类别": "一般事项",
                "当事人": "周敏",
                "表决": "举手表决，赞成10票，反对0票，弃权0票",
                "候选人": [
                    {"序号": 1, "姓名": "李长福", "赞成": 10, "不赞成": 0, "弃权": 0, "结果": "当选"}
                ],
                "结果": "通过",
                "判定": "赞成 10 人，超过应到会有表决权 12 人的半数。",
                "依据": "《中国共产党支部工作条例（试行）》第十一条",
                "不同意见": [{"文字": "赵强认为可以再等一年。", "是标题": False}],
                "责任人": "张建国",
                "完成时限": "2026年12月5日",
            }
        ],
        {
            "序号": "从 1 起",
            "事项": "决定事项",
            "类别": "一般事项、选举、接收预备党员等",
            "当事人": "讨论的是谁（接收、转正等）",
            "表决": "表决方式和票数，没有表决的是空的",
            "候选人": "选举时每人一项：序号、姓名、赞成、不赞成、弃权、结果",
            "结果": "通过、未通过",
            "判定": "按规定算出的结论",
            "依据": "结论所依据的文件和条款",
            "不同意见": "不同意见，一段一项：文字",
            "责任人": "责任人",
            "完成时限": "完成时限",
        },
    ),
    Placeholder(
        "签到",
        "应到的人，一行两个",
        [
            {
                "左": {"序号": 1, "姓名": "李长福", "表决权": "有", "备注": "到会"},
                "右": {"序号": 2, "姓名": "王秀英", "表决权": "有", "备注": "病假"},
            }
        ],
        {f"{side}.{name}": f"{words}的人：{about}" for side, words in (("左", "左边"), ("右", "右边"))
         for name, about in _PERSON.items()},
    ),
    Placeholder("列席签到", "列席人员，一人一行，后面留几行空的", [{"姓名": "吴晓"}], {"姓名": "姓名"}),
)  # fmt: skip

_BOOK = (
    *_MEETING,
    Placeholder("编号", "在这一本里是第几次会议；单独打印一页时是空的", 7),
    Placeholder("是封面", "这一份是封面和目录，不是会议（if 用）", False),
    Placeholder("时段", "这一本是哪一段时间的（封面用）", "2026年"),
    Placeholder("书记", "党支部书记姓名（封面用）", "李长福"),
    Placeholder("次数", "这一本里有多少次会议（封面用）", 48),
    Placeholder(
        "目录",
        "各次会议（封面用）",
        [{"编号": 1, "日期": "1月5日", "会议类型": "主题党日", "主题": "学习党章", "应到": 13, "实到": 11}],
        {name: name for name in ("编号", "日期", "会议类型", "主题", "应到", "实到")},
    ),
)  # fmt: skip

_ACTIVITY = (
    _BRANCH,
    Placeholder("时段", "哪个季度", "2026年第四季度"),
    Placeholder("书记", "党支部书记姓名", "李长福"),
    Placeholder("截至", "记录统计到哪一天", "2026年11月22日"),
    Placeholder("次数", "这个季度记录了多少次会议", 7),
    Placeholder("概况", "各类会议开了多少次，一句话", "主题党日3次，党员大会1次，党课1次"),
    Placeholder(
        "各类",
        "每类会议一项",
        [
            {
                "名称": "主题党日",
                "要求": "每月至少 1 次",
                "已开": 1,
                "各次": [
                    {
                        "日期": "10月5日",
                        "党小组": "",
                        "主题": "学习党章",
                        "主持人": "李长福",
                        "应到": 13,
                        "实到": 11,
                    }
                ],
            },
            {"名称": "党课", "要求": "每季度至少 1 次", "已开": 0, "各次": []},
        ],
        {
            "名称": "主题党日、党员大会等",
            "要求": "按规定应开多少次，没有规定的是空的",
            "已开": "已经开了多少次",
            "各次": "每一次：日期、党小组、主题、主持人（党课是讲课人）、应到、实到",
        },
    ),
    Placeholder(
        "欠缺",
        "按规定还缺的，一条一项",
        [
            {
                "序号": 1,
                "文字": "11月没有支部委员会会议的记录。",
                "依据": "《中国共产党支部工作条例（试行）》第十二条",
            }
        ],
        {"序号": "从 1 起", "文字": "缺什么", "依据": "文件和条款"},
    ),
)

PLACEHOLDERS: dict[Paper, tuple[Placeholder, ...]] = {
    Paper.MINUTES: _MEETING,
    Paper.RECORD_BOOK: _BOOK,
    Paper.SIGN_IN: _MEETING,
    Paper.ACTIVITY: _ACTIVITY,
    Paper.LEDGER: LEDGER,
    Paper.SUPERVISION: SUPERVISION,
}


def sample_of(paper: Paper) -> dict[str, Any]:
    """An invented paper with something at every place."""
    return {each.name: each.sample for each in PLACEHOLDERS[paper]}


def samples_of(paper: Paper) -> list[dict[str, Any]]:
    """What a template is tried with: the sample, a book's cover too, and a paper with nothing on it."""
    full = sample_of(paper)
    covers = [{**full, "是封面": True}] if "是封面" in full else []
    return [full, *covers, blank_of(paper)]


def blank_of(paper: Paper) -> dict[str, Any]:
    """A paper with nothing on it: what a kind of page does not say stays empty."""
    return {each.name: [] if isinstance(each.sample, list) else "" for each in PLACEHOLDERS[paper]}
