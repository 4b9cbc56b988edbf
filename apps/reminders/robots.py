"""Posting to the robot of a group chat: to allowed hosts only, never redirected, never long."""

from __future__ import annotations

import base64
import hmac
import json
import time
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote_plus, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings

from apps.core.errors import Refused
from apps.reminders.states import RobotKind

TIMEOUT = 8  # seconds
MOST_BYTES = 65536
# What the two say when it is only too soon: too often, or busy.
PASSING = {-1, 45009, 130101}


class NotSent(Exception):
    """It did not go out; `again` is whether another try may help."""

    def __init__(self, sentence: str, *, again: bool) -> None:
        super().__init__(sentence)
        self.sentence, self.again = sentence, again


class Unsure(Exception):
    """It was on its way when the answer failed to come."""


class _Straight(HTTPRedirectHandler):
    """A redirect could lead inside: it is an error."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def check_address(address: str) -> None:
    """Refuse whatever does not begin with an allowed origin, so that nothing inside is asked for anything."""
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin not in settings.PARTYBUILD_ROBOT_ORIGINS or "\\" in address:
        allowed = "、".join(settings.PARTYBUILD_ROBOT_ORIGINS)
        raise Refused(f"机器人地址要以这些开头：{allowed}。请从群机器人的设置里整条复制。", field="webhook")


def post(kind: str, *, address: str, secret: str, title: str, markdown: str) -> None:
    """Send once; raises NotSent or Unsure, with a sentence that does not show the address."""
    check_address(address)
    body = json.dumps(payload(kind, title, markdown), ensure_ascii=False).encode()
    target = f"{address}{signature(secret, now=time.time())}" if secret else address
    _check_answer(_ask(Request(target, body, {"Content-Type": "application/json"})))  # noqa: S310 - checked


def payload(kind: str, title: str, markdown: str) -> dict[str, Any]:
    """What the robot takes: both kinds draw markdown, each under names of its own."""
    if kind == RobotKind.DINGTALK:
        return {"msgtype": "markdown", "markdown": {"title": title, "text": markdown}}
    return {"msgtype": "markdown", "markdown": {"content": markdown}}


def signature(secret: str, *, now: float) -> str:
    """DingTalk's proof that we know the secret; good for an hour."""
    timestamp = round(now * 1000)
    proof = hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), "sha256")
    return f"&timestamp={timestamp}&sign={quote_plus(base64.b64encode(proof))}"


def _ask(request: Request) -> bytes:
    proxy = settings.PARTYBUILD_ROBOT_PROXY
    opener = build_opener(ProxyHandler({"https": proxy} if proxy else {}), _Straight)
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            content: bytes = answer.read(MOST_BYTES)
    except HTTPError as error:
        error.close()
        raise NotSent(f"机器人那边回答 {error.code}。", again=error.code >= 500) from error
    except URLError as error:
        raise NotSent("连不上机器人的服务器，请检查服务器能不能上外网。", again=True) from error
    except (TimeoutError, HTTPException, OSError) as error:
        raise Unsure from error
    return content


def _check_answer(content: bytes) -> None:
    try:
        answer = json.loads(content)
        code, words = int(answer["errcode"]), str(answer.get("errmsg", ""))
    except (ValueError, TypeError, KeyError) as error:
        raise NotSent("机器人的回答看不懂，地址可能不对。", again=False) from error
    if code:
        raise NotSent(f"机器人没有收下（{code}）：{words[:120]}", again=code in PASSING)
