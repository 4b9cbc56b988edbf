from typing import ClassVar

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "apps.supervision"
    verbose_name = "村务监督"
    deeds: ClassVar[dict[str, str]] = {
        "supervision.appoint": "登记监委会成员",
        "supervision.leave": "登记监委会成员离任",
        "supervision.record": "写监督记录",
        "supervision.put_right": "登记整改",
        "supervision.report": "写监委会半年报告",
        "supervision.hand_over": "把监委会报告交给村里公开",
    }
