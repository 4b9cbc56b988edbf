"""The code tables of the roster (handbook 9.4), with the words that offices write."""

from __future__ import annotations

from django.db import models


class Sex(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class Category(models.TextChoices):
    FULL = "full", "正式党员"
    PROBATIONARY = "probationary", "预备党员"


class Status(models.TextChoices):
    ACTIVE = "active", "正常"
    SUSPENDED = "suspended", "停止党籍"
    TRANSFERRED_OUT = "transferred_out", "已转出"
    ENDED = "ended", "已出党"
    DECEASED = "deceased", "已去世"


# Who is on a roster now.
CURRENT = (Status.ACTIVE, Status.SUSPENDED)


class Precision(models.TextChoices):
    """How exactly a date is known; an unknown day or month is stored as the first."""

    DAY = "day", "日"
    MONTH = "month", "月"
    YEAR = "year", "年"


class Cause(models.TextChoices):
    """Why the roster changed (CODE tables JoinCat, Transfer, decrease; STAT-01)."""

    OPENING = "opening", "建账"
    ADMITTED = "admitted", "发展党员"
    RESTORED = "restored", "恢复党籍"
    TRANSFERRED_IN = "transferred_in", "转入"
    MOVED = "moved", "县内调整"
    TRANSFERRED_OUT = "transferred_out", "转出"
    SUSPENDED = "suspended", "停止党籍"
    ENDED = "ended", "出党"
    DECEASED = "deceased", "死亡"


class Position(models.TextChoices):
    """Ordered as they are listed on paper."""

    SECRETARY = "1_secretary", "书记"
    DEPUTY_SECRETARY = "2_deputy_secretary", "副书记"
    ORGANIZATION = "3_organization", "组织委员"
    PUBLICITY = "4_publicity", "宣传委员"
    DISCIPLINE = "5_discipline", "纪检委员"
    MEMBER = "6_member", "委员"


class Education(models.TextChoices):
    DOCTOR = "doctor", "博士研究生"
    MASTER = "master", "硕士研究生"
    POSTGRADUATE = "postgraduate", "研究生"
    BACHELOR = "bachelor", "大学本科"
    COLLEGE = "college", "大学专科"
    VOCATIONAL = "vocational", "中专"
    TECHNICAL = "technical", "技工学校"
    VOCATIONAL_HIGH = "vocational_high", "职业高中"
    HIGH = "high", "高中"
    MIDDLE = "middle", "初中"
    PRIMARY = "primary", "小学"
    OTHER = "other", "其他"


class Occupation(models.TextChoices):
    CIVIL_SERVANT = "civil_servant", "公务员"
    INSTITUTION_MANAGER = "institution_manager", "事业单位管理人员"
    INSTITUTION_SPECIALIST = "institution_specialist", "事业单位专业技术人员"
    EMPLOYEE = "employee", "企业职工"
    SOCIAL_ORGANIZATION = "social_organization", "社会组织从业人员"
    FARMER = "farmer", "农牧渔民"
    MIGRANT = "migrant", "外出务工经商人员"
    COMMUNITY_WORKER = "community_worker", "社区工作人员"
    SELF_EMPLOYED = "self_employed", "个体工商户"
    STUDENT = "student", "学生"
    RETIRED = "retired", "离退休人员"
    OTHER = "other", "其他"


_ETHNIC_NAMES = """
    汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎
    傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌
    普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
""".split()  # noqa: SIM905 - a list of 56 strings is hard to read
# GB/T 3304: code to name.
ETHNIC_GROUPS: dict[str, str] = {
    f"{number:02d}": f"{name}族" for number, name in enumerate(_ETHNIC_NAMES, 1)
} | {
    "97": "其他",
    "98": "外国血统中国籍人士",
}
