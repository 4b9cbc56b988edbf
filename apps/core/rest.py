"""What every answer of the REST API has in common: its errors, and who may."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler
from rest_framework.viewsets import GenericViewSet

from apps.core.access import demand
from apps.core.errors import Refused

SENTENCES = {
    "not_authenticated": "请在请求头里带上密钥：Authorization: Bearer 密钥。",
    "permission_denied": "这个账号没有这项权限。",
    "not_found": "没有找到，或者不在这个账号的范围内。",
    "method_not_allowed": "这个地址不能这样用；除了写明可以提交的，都只能读取。",
    "throttled": "请求太频繁了，请稍后再试。",
}


class ProblemSerializer(serializers.Serializer[Any]):
    """The one form of every error; `rule` is a code of the handbook when a regulation is behind it."""

    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(allow_null=True)
    rule = serializers.CharField(allow_null=True)


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error; None lets an unexpected one reach the log as an error 500."""
    if isinstance(error, Refused):
        return Response(refusal(error), status=status.HTTP_422_UNPROCESSABLE_ENTITY)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    answer = exception_handler(error, context)
    if answer is not None and isinstance(error, exceptions.APIException):
        answer.data = _problem_of(error)
    return answer


def refusal(error: Refused) -> dict[str, str | None]:
    """What a service refused, in the one form of every error."""
    return _problem("refused", error.sentence, field=error.field, rule=error.rule)


def _problem_of(error: exceptions.APIException) -> dict[str, str | None]:
    if isinstance(error.detail, dict):
        field, messages = next(iter(error.detail.items()))
        first: Any = messages[0] if isinstance(messages, list) else messages
        return _problem("invalid", str(first), field=None if field == "__all__" else field)
    detail: Any = error.detail[0] if isinstance(error.detail, list) else error.detail
    return _problem(detail.code, SENTENCES.get(detail.code, str(detail)))


def _problem(
    code: str, message: str, *, field: str | None = None, rule: str | None = None
) -> dict[str, str | None]:
    return {"code": code, "message": message, "field": field, "rule": rule}


class Guarded(APIView):
    """A view for those who hold its permission anywhere; its queries keep to where they hold it."""

    permission: ClassVar[str]

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        demand(request.user, self.permission)  # type: ignore[arg-type]


class ReadOnly(Guarded, mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Any]):
    """A list and its rows, read from `rows()`."""

    lookup_value_converter = "int"

    def rows(self) -> Any:
        """The rows that the asking account may see."""
        raise NotImplementedError

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return self.get_serializer_class().Meta.model._default_manager.none()  # type: ignore[attr-defined]
        return self.rows()
