from typing import ClassVar

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "apps.reviews"
    verbose_name = "组织生活会和民主评议"
    deeds: ClassVar[dict[str, str]] = {
        "reviews.start": "开始民主评议党员",
        "reviews.hold": "登记评议会开过",
        "reviews.close": "民主评议归档",
        "reviews.reopen": "重新打开民主评议",
        "reviews.acknowledge": "收到评议通报单",
    }

    def ready(self) -> None:
        from apps.members import extensions as members
        from apps.organizations import extensions as organizations
        from apps.reviews import panels

        members.panels.add("reviews/_results_panel.html", panels.results_panel, place=20)
        organizations.panels.add("reviews/_standing_panel.html", panels.standing_panel, place=40)
