"""The words of a village's decisions: matters, steps, bodies. Pure."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """Whose matter it is; it says which bodies may decide (RURAL-03, RURAL-04, RURAL-13)."""

    VILLAGE = "village", "村民事项"
    COLLECTIVE = "collective", "集体财产事项"
    GROUP = "group", "村民小组事项"


class Matter(models.TextChoices):
    """The six kinds that are the villagers' meeting's to decide (RURAL-03), and all others."""

    PLANNING = "planning", "村庄规划、建设等乡村建设的重要事项"
    ALLOWANCE = "allowance", "误工补贴的人员和标准"
    INCOME = "income", "集体经济所得资金、物资的使用"
    PUBLIC_GOOD = "public_good", "公益事业、筹资筹劳、建设承包方案"
    AID = "aid", "重点帮扶人员和帮扶方案"
    BY_LAW = "by_law", "法律法规规定或村民会议认为应由它决定的"
    OTHER = "other", "不在以上六类"


RESERVED = frozenset(set(Matter) - {Matter.OTHER})


class Motion(models.TextChoices):
    """Where the motion came from (RURAL-08)."""

    PEOPLE = "people", "党员、群众建议"
    CADRES = "cadres", "村干部提议"
    ABOVE = "above", "上级党委、政府安排"


class Stage(models.IntegerChoices):
    """The four deliberations, in the only order there is (RURAL-01)."""

    PROPOSED = 1, "村党组织提议"
    DISCUSSED = 2, "村“两委”会议商议"
    DELIBERATED = 3, "党员大会审议"
    DECIDED = 4, "决议"


class Body(models.TextChoices):
    """Who sits in a step."""

    PARTY_COMMITTEE = "party_committee", "村党组织委员会"
    PARTY_MEETING = "party_meeting", "党员大会"
    JOINT_MEETING = "joint_meeting", "村“两委”会议"
    VILLAGERS = "villagers", "村民会议"
    REPRESENTATIVES = "representatives", "村民代表会议"
    MEMBERS = "members", "集体经济组织成员大会"
    MEMBER_REPRESENTATIVES = "member_representatives", "集体经济组织成员代表大会"
    GROUP = "group", "村民小组会议"


class CountedBy(models.TextChoices):
    """By what those present are counted where the law leaves two ways (RURAL-10, RURAL-13)."""

    ADULTS = "adults", "按人（十八周岁以上村民）"
    HOUSEHOLDS = "households", "按户（户的代表）"


# Counted by people or by households.
TWO_WAYS = frozenset({Body.VILLAGERS, Body.GROUP})
PARTY_BODIES = frozenset({Body.PARTY_COMMITTEE, Body.PARTY_MEETING})
_BEFORE: dict[Stage, tuple[Body, ...]] = {
    Stage.PROPOSED: (Body.PARTY_COMMITTEE, Body.PARTY_MEETING),
    Stage.DISCUSSED: (Body.JOINT_MEETING,),
    Stage.DELIBERATED: (Body.PARTY_MEETING,),
}
_DECIDING: dict[Kind, tuple[Body, ...]] = {
    Kind.VILLAGE: (Body.VILLAGERS, Body.REPRESENTATIVES),
    Kind.COLLECTIVE: (Body.MEMBERS, Body.MEMBER_REPRESENTATIVES),
    Kind.GROUP: (Body.GROUP,),
}


def bodies_of(stage: Stage, kind: Kind) -> tuple[Body, ...]:
    """Who may hold the step; only the last one depends on whose matter it is."""
    return _DECIDING[kind] if stage is Stage.DECIDED else _BEFORE[stage]


class State(models.TextChoices):
    """How far a matter is; computed from its steps and publications, never typed."""

    BEGUN = "begun", "等村党组织提议"
    PROPOSED = "proposed", "等两委会议商议"
    DISCUSSED = "discussed", "等党员大会审议"
    DELIBERATED = "deliberated", "等会议决定"
    FAILED = "failed", "没有通过"
    DECIDED = "decided", "等决议公开"
    RESOLVED = "resolved", "等实施结果公开"
    DONE = "done", "已办结"
    DROPPED = "dropped", "不再办"
