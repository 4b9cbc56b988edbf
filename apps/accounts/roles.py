"""What each role may do. Scope says where, role says what, rule says whether now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A named set of permissions, with a description for whoever grants it.

    `gives` are permissions that its holder may grant without exercising them.
    """

    code: str
    title: str
    description: str
    permissions: frozenset[str]
    gives: frozenset[str] = frozenset()

    def grants(self, permission: str) -> bool:
        return permission in self.permissions


PERMISSIONS: dict[str, str] = {
    "organizations.view": "查看党组织",
    "organizations.change": "新建、调整党组织，登记换届",
    "organizations.import": "导入党组织台账",
    "members.view": "查看党员",
    "members.change": "修改党员信息",
    "members.import": "导入党员花名册",
    "members.reveal": "查看完整身份证号、手机号（写明理由并留痕）",
    "meetings.view": "查看会议记录",
    "meetings.record": "记录会议",
    "meetings.return": "退回会议记录",
    "meetings.remark": "对会议记录写说明",
    "meetings.offer": "给下面的党支部提供主题党日的主题",
    "talks.view": "查看谈心谈话",
    "talks.record": "登记谈心谈话",
    "reviews.view": "查看组织生活会和民主评议",
    "reviews.record": "记录组织生活会和民主评议",
    "reminders.set_up": "设置工作群的提醒机器人，查看发送记录",
    "lessons.view": "查看党课、讲师和学时",
    "lessons.keep": "提供党课选题，登记讲师",
    "lessons.evaluate": "请听课的人评价党课",
    "figures.view": "查看指标",
    "figures.waive": "准许党支部免办一项（写明原因）",
    "regulations.set": "设置本县的次数和天数",
    "papers.replace": "更换打印模板",
    "reports.view": "查看报表",
    "reports.make": "生成报表",
    "disclosure.view": "查看村务公开的草稿和办理过程",
    "disclosure.prepare": "写公开内容、送审、登记联席会议决定、公布",
    "disclosure.check": "村务监督委员会审查",
    "disclosure.clear": "党务公开的保密审查",
    "disclosure.withdraw": "撤回已公布的内容",
    "disclosure.import": "导入财务的表（收支、资产、资源、债权债务、年度报表）",
    "disclosure.import_lists": "导入补贴、救助、误工、工程项目的公示表",
    "decisions.view": "查看四议两公开和一事一议",
    "decisions.prepare": "登记四议两公开和一事一议，写公布稿",
    "supervision.view": "查看村务监督委员会的组成、监督记录和报告",
    "supervision.appoint": "登记村务监督委员会的组成",
    "supervision.write": "写监督记录和半年报告",
    "opinions.view": "查看群众意见（看不到反映人是谁）",
    "opinions.register": "登记群众意见、回访",
    "opinions.answer": "村里答复意见，写公布的文字",
    "opinions.decide": "乡镇答复转来的意见，维护“怎样问”",
    "opinions.agree": "同意公布意见和答复，或者定为不公布",
    "opinions.reveal": "查看反映人的姓名和联系方式（写明理由并留痕）",
    "disclosure.prepare_finance": "只填财务的表，不写文字（村级财务代理）",
    "disclosure.catalogue": "制定全县的村务公开目录",
    "disclosure.add": "增加公开事项，登记要公开的事",
    "disclosure.order": "责令村里公布",
    "disclosure.order_finance": "责令村里公布财务",
    "disclosure.file": "办理公开备案",
    "audit.view": "查看操作记录",
    "accounts.manage": "管理账号",
}

READING = frozenset(
    {
        "organizations.view",
        "members.view",
        "meetings.view",
        "talks.view",
        "reviews.view",
        "lessons.view",
        "figures.view",
        "reports.view",
        "disclosure.view",
        "decisions.view",
        "supervision.view",
        "opinions.view",
    }
)
OFFICE = READING | {
    "organizations.change",
    "organizations.import",
    "members.change",
    "members.import",
    "members.reveal",
    "meetings.return",
    "meetings.remark",
    "meetings.offer",
    "reminders.set_up",
    "lessons.keep",
    "reports.make",
    "figures.waive",
    "disclosure.import",
    "disclosure.import_lists",
    "disclosure.withdraw",
    "supervision.appoint",
    "opinions.register",
    "opinions.decide",
    "opinions.agree",
    "opinions.reveal",
}
# What guides village-affairs disclosure from above: the township's, and the county's civil-affairs desk's.
GUIDING = frozenset({"disclosure.add", "disclosure.order"})

# What only the branch or the village itself does; an administrator grants it without doing it.
AT_BRANCHES = frozenset({"meetings.record", "talks.record", "reviews.record", "lessons.evaluate"})
AT_VILLAGES = frozenset(
    {
        "disclosure.prepare",
        "disclosure.prepare_finance",
        "disclosure.check",
        "disclosure.clear",
        "decisions.prepare",
        "supervision.write",
        "opinions.answer",
    }
)
# What the supervision committee does about opinions; of what others registered the clerk sees no names.
BESIDE_THE_VILLAGE = frozenset({"opinions.view", "opinions.register", "opinions.agree", "opinions.reveal"})

_ROLES = (
    Role(
        "county_administrator",
        "县级管理员",
        "管理账号和全县数据，可看操作记录。",
        frozenset(PERMISSIONS) - AT_BRANCHES - AT_VILLAGES,
        gives=AT_BRANCHES | AT_VILLAGES,
    ),
    Role(
        "county_staff",
        "县委组织部工作人员",
        "看全县情况，导入台账和花名册，生成月报，设置本县的次数和天数，更换打印模板。",
        OFFICE | {"regulations.set", "papers.replace"},
    ),
    Role(
        "township_staff",
        "乡镇党务干部",
        "看本乡镇情况，导入本乡镇花名册，生成本乡镇月报；督促各村公开，备案；党务公开的保密审查。",
        OFFICE | GUIDING | {"disclosure.file", "disclosure.clear"},
    ),
    Role(
        "civil_affairs",
        "县民政局工作人员",
        "指导村务公开：制定全县公开目录，看哪些逾期，责令公布；看四议两公开、村务监督、群众意见（看不到反映人是谁）；"
        "不看党员名册和会议记录。",
        frozenset(
            {
                "organizations.view",
                "disclosure.view",
                "disclosure.catalogue",
                "disclosure.withdraw",
                "decisions.view",
                "supervision.view",
                "opinions.view",
            }
        )
        | GUIDING,
    ),
    Role(
        "agriculture",
        "县农业农村局工作人员",
        "指导财务公开：导入收支表，看哪些逾期，责令公布财务；不看党员名册和会议记录。",
        frozenset({"organizations.view", "disclosure.view", "disclosure.import", "disclosure.order_finance"}),
    ),
    Role(
        "finance_agent",
        "村级财务代理",
        "给各村填、导入财务的表；不写文字，送审和公布由村里办；不看党员名册和会议记录。",
        frozenset(
            {"organizations.view", "disclosure.view", "disclosure.import", "disclosure.prepare_finance"}
        ),
    ),
    Role(
        "branch_secretary",
        "党支部书记",
        "记录本支部的会议，看本支部要办的事和党员；党务公开的保密审查。",
        READING | AT_BRANCHES | {"members.reveal", "lessons.keep", "decisions.prepare", "disclosure.clear"},
    ),
    Role(
        "supervision_committee",
        "村务监督委员会",
        "审查本村的村务公开，登记群众意见；看本村党组织的基本情况，不看党员名册和会议记录。",
        frozenset(
            {
                "organizations.view",
                "disclosure.view",
                "disclosure.check",
                "decisions.view",
                "supervision.view",
                "supervision.write",
            }
        )
        | BESIDE_THE_VILLAGE,
    ),
    Role(
        "village_clerk",
        "村务工作人员",
        "准备本村的村务公开，送监委会审查，公布；登记、答复群众意见；不看党员名册和会议记录。",
        frozenset(
            {
                "organizations.view",
                "disclosure.view",
                "disclosure.prepare",
                "disclosure.import",
                "disclosure.import_lists",
                "opinions.view",
                "opinions.register",
                "opinions.answer",
                "decisions.view",
                "decisions.prepare",
                "supervision.view",
                "supervision.appoint",
                "disclosure.add",
            }
        ),
    ),
    Role("auditor", "审计员", "只读：看范围内的全部数据和操作记录，什么也不能改。", READING | {"audit.view"}),
    Role("api_client", "接口客户端", "其他系统通过接口读取范围内的数据（证件号、手机号已遮盖）。", READING),
)

ROLES: dict[str, Role] = {role.code: role for role in _ROLES}
ROLE_CHOICES = [(role.code, role.title) for role in _ROLES]
# Whoever holds only these works on a phone.
BRANCH_ROLES = frozenset({"branch_secretary", "supervision_committee"})
