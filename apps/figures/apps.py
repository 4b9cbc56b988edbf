from typing import ClassVar

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "apps.figures"
    label = "figures"
    verbose_name = "指标"
    deeds: ClassVar[dict[str, str]] = {
        "figures.waive": "准许免办",
        "figures.revoke_waiver": "收回免办",
    }
    deed_details: ClassVar[dict[str, str]] = {"period": "哪一期"}
