"""The documents that the table cites, each written once."""

from datetime import date

from apps.regulations.rows import Source

BRANCH_RULES = Source("《中国共产党支部工作条例（试行）》", "支部工作条例", in_force_from=date(2018, 10, 28))
ADMISSION_2026 = Source(
    "《中国共产党发展党员工作细则》（2026年）", "发展党员细则", in_force_from=date(2026, 5, 11)
)
ADMISSION_2014 = Source(
    "《中国共产党发展党员工作细则》（2014年）", "发展党员细则（2014）", in_force_from=date(2014, 5, 28)
)
ELECTIONS_2020 = Source("《中国共产党基层组织选举工作条例》", "基层选举条例", in_force_from=date(2020, 7, 13))
ELECTIONS_1990 = Source("《中国共产党基层组织选举工作暂行条例》（1990年）", "基层选举暂行条例（1990）")
TERMS_2018 = Source("《关于党的基层组织任期的意见》", "任期意见", in_force_from=date(2018, 7, 12))
ADDRESSED_REPLIES = Source("中央组织部有关答复（地方材料转述）", "中组部答复口径")
MEMBER_SURVEY_2017 = Source("全国党员信息采集填表说明（2017年）", "党员信息采集说明")
MINUTES_HANDBOOKS = Source("党务工具书和机关网站的会议记录要素", "会议记录要素")
DISPOSAL_2024 = Source(
    "《中国共产党不合格党员组织处置办法》", "组织处置办法", in_force_from=date(2024, 6, 16)
)
EDUCATION_2019 = Source(
    "《中国共产党党员教育管理工作条例》", "党员教育管理条例", in_force_from=date(2019, 5, 6)
)
REVIEW_NOTICES = Source("中央组织部年度组织生活会和民主评议党员通知", "年度评议通知")
COUNTING_RULES = Source("党内统计口径", "党内统计口径")
ID_STANDARD = Source("《公民身份号码》国家标准（GB 11643）", "GB 11643")
BURDEN_RULES = Source("《整治形式主义为基层减负若干规定》", "减负若干规定")
EDUCATION_RULES = Source("《中国共产党党员教育管理工作条例》", "党员教育条例", in_force_from=date(2019, 5, 6))
EDUCATION_PLAN = Source("《全国党员教育培训工作规划》", "教育培训规划")
PARTY_AFFAIRS_ANSWERS = Source("全国党务问答", "党务问答")
COMMON_PRACTICE = Source("各地通行做法", "通行做法")
PLATFORM = Source("平台约定", "平台约定")
VILLAGE_LAW = Source("《村民委员会组织法》（2025年修正）", "村委会组织法", in_force_from=date(2026, 1, 1))
COLLECTIVE_LAW = Source("《农村集体经济组织法》", "集体经济组织法", in_force_from=date(2025, 5, 1))
FINANCE_DISCLOSURE = Source(
    "《农村集体经济组织财务公开规定》", "财务公开规定", in_force_from=date(2012, 1, 1)
)
SUPERVISION_OPINION = Source("《关于建立健全村务监督委员会的指导意见》", "监委会指导意见")
PROVINCIAL_PRACTICE = Source("山东、四川、重庆等省市的村务公开法规", "省级村务公开法规")
VILLAGE_ARCHIVES = Source("《村级档案管理办法》", "村级档案管理办法", in_force_from=date(2018, 1, 1))
ACCOUNTING_ARCHIVES = Source("《会计档案管理办法》", "会计档案管理办法", in_force_from=date(2016, 1, 1))
PERSONAL_INFORMATION_LAW = Source("《个人信息保护法》", "个人信息保护法", in_force_from=date(2021, 11, 1))
RURAL_RULES = Source(
    "《中国共产党农村基层组织工作条例》", "农村基层组织条例", in_force_from=date(2018, 12, 28)
)
LOCAL_DECISION_RULES = Source("各地“四议两公开”工作流程", "四议两公开流程")
PARTY_DISCLOSURE = Source(
    "《中国共产党党务公开条例（试行）》", "党务公开条例", in_force_from=date(2017, 12, 20)
)
