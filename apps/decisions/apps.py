from typing import ClassVar

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "apps.decisions"
    verbose_name = "四议两公开"
    deeds: ClassVar[dict[str, str]] = {
        "decisions.begin": "登记要议的事项",
        "decisions.rewrite": "修改要议的事项",
        "decisions.hold": "登记四议的一步",
        "decisions.take_back": "撤掉记错的一步",
        "decisions.drop": "不再办这个事项",
        "decisions.report": "登记实施结果",
        "decisions.draft": "写公布稿",
        "decisions.project": "登记一事一议项目",
        "decisions.contract": "登记项目合同",
        "decisions.accept": "登记项目验收",
        "decisions.settle": "登记项目结算",
        "decisions.pay": "登记项目付款",
    }
