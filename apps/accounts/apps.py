from typing import ClassVar

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = "账号"
    deeds: ClassVar[dict[str, str]] = {
        "accounts.sign_in": "登录",
        "accounts.sign_out": "退出",
        "accounts.password": "改密码",
        "accounts.password_reset": "重置密码",
        "accounts.unlock": "解锁",
    }
