"""How drf-spectacular describes the interface: its words, and one name for what several fields share."""

DESCRIPTION = {
    "TITLE": "基层党建平台接口",
    "DESCRIPTION": "除了交上会议记录，只读。密钥由县级管理员发给接口客户端账号，范围就是账号的授权范围。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {
        "PublicationStateEnum": "apps.disclosure.states.State",
        "DecisionKindEnum": "apps.decisions.kinds.Kind",
        "DecisionMatterEnum": "apps.decisions.kinds.Matter",
        "DecisionStateEnum": "apps.decisions.kinds.State",
        "CommitteeOpinionEnum": "apps.supervision.queries.OPINION_CHOICES",
        "OpinionCategoryEnum": "apps.opinions.states.Category",
        "OpinionStateEnum": "apps.opinions.states.State",
        "MeetingStateEnum": "apps.meetings.models.State",
        "ReviewStateEnum": "apps.reviews.vocabulary.State",
        "GradeEnum": "apps.reviews.vocabulary.Grade",
        "ReportStateEnum": "apps.reports.models.State",
        "FigureStateEnum": "apps.figures.serializers.VALUE_STATES",
        "TableKindEnum": "apps.disclosure.tables.KIND_CHOICES",
        "MeetingKindEnum": "apps.meetings.kinds.KIND_CHOICES",
        "PrecisionEnum": "apps.members.vocabulary.Precision",
    },
}
