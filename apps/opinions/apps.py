from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from apps.opinions.models import Opinion


class OpinionsConfig(AppConfig):
    name = "apps.opinions"
    verbose_name = "群众意见"
    deeds: ClassVar[dict[str, str]] = {
        "opinions.register": "登记意见",
        "opinions.answer": "答复意见",
        "opinions.decide": "乡镇答复意见",
        "opinions.ask": "登记回访",
        "opinions.escalate": "意见转乡镇",
        "opinions.void": "意见作废",
        "opinions.propose": "送审意见公布的文字",
        "opinions.agree": "同意公布意见和答复",
        "opinions.withhold": "意见不公布",
        "opinions.reveal": "查看反映人的姓名和联系方式",
        "opinions.forget": "删除反映人的姓名和联系方式",
        "opinions.say_how": "改怎样问",
    }

    def ready(self) -> None:
        from django.db.models import OuterRef, Q

        from apps.disclosure.archiving import belongs
        from apps.opinions.models import Opinion
        from apps.opinions.states import State

        def about() -> "QuerySet[Opinion]":
            return Opinion.objects.filter(publication=OuterRef("pk")).exclude(state=State.VOID)

        belongs("意见和答复", about, ~Q(state=State.CLOSED))
