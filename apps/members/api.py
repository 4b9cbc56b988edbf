"""Members over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.members import queries
from apps.members.filters import MemberFilter
from apps.members.serializers import MemberSerializer


@extend_schema_view(
    list=extend_schema(
        summary="党员列表",
        description="范围内的党员，按党支部、姓名拼音排列；证件号、手机号已遮盖。默认只有在册的。",
    ),
    retrieve=extend_schema(summary="一名党员", description="证件号、手机号已遮盖。"),
)
class Members(ReadOnly):
    permission = "members.view"
    serializer_class = MemberSerializer
    filterset_class = MemberFilter

    def rows(self) -> Any:
        return queries.with_masked_numbers(queries.members_for(self.request.user))  # type: ignore[arg-type]
