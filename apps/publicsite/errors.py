"""What the public side answers when there is nothing to answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from apps.core.bare import error_page

NOT_FOUND = "没有找到", "没有这个地址。可能抄错了，请从首页找。"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(400, "没有看懂这个地址", "地址不完整，或者多了什么。请从首页找。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(404, *NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(500, "现在打不开", "系统出了问题，请过一会儿再看。")


def drawn(title: str, sentence: str) -> str:
    told = {"title": title, "sentence": sentence}
    return error_page("publicsite/error.html", told, **told)


def _answer(status: int, title: str, sentence: str) -> HttpResponse:
    return HttpResponse(drawn(title, sentence), status=status)
