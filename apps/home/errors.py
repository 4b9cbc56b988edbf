"""The pages for what nobody expected; what everybody may read has pages of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.views import defaults

from apps.core.bare import error_page
from apps.publicsite import errors
from apps.publicsite.middleware import is_for_everybody


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    answer = errors.bad_request if is_for_everybody(request) else defaults.bad_request
    return answer(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    answer = errors.not_found if is_for_everybody(request) else defaults.page_not_found
    return answer(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the id under which the log has it; neither database nor session is asked, they may have failed."""
    if is_for_everybody(request):
        return errors.server_error(request)
    number = getattr(request, "id", "")
    title, sentence = "系统出错了，不是您的问题", f"刚才这一步没有完成，也没有保存到一半。编号 {number}"
    return HttpResponseServerError(
        error_page("500.html", {"request_id": number}, title=title, sentence=sentence)
    )
