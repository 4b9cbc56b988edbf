"""What an installation of the public side answers when there is nothing to answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = "没有这个地址。可能抄错了，请从首页找。"
    return HttpResponse(_drawn("没有找到", sentence), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_drawn("现在打不开", "系统出了问题，请过一会儿再看。"), status=500)


def _drawn(title: str, sentence: str) -> str:
    return render_to_string("publicsite/error.html", {"title": title, "sentence": sentence})
