"""How often somebody is reminded, by what kind of robot, and where a delivery stands."""

from __future__ import annotations

from django.db import models


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", "每周一次"
    DAILY = "daily", "每个工作日一次"
    OFF = "off", "不用提醒"


class RobotKind(models.TextChoices):
    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"


class DeliveryState(models.TextChoices):
    """`unsure`: it was on its way when the answer failed to come; it is not sent again."""

    QUEUED = "queued", "等待发送"
    SENDING = "sending", "正在发送"
    SENT = "sent", "已发出"
    FAILED = "failed", "没有发出"
    UNSURE = "unsure", "不确定"

    @property
    def tag(self) -> str:
        return {"sent": "tag-good", "failed": "tag-bad", "unsure": "tag-warn"}.get(self.value, "")
