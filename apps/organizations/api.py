"""Organizations over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.core.rest import ReadOnly
from apps.organizations import queries
from apps.organizations.filters import OrganizationFilter
from apps.organizations.serializers import OrganizationSerializer


@extend_schema_view(
    list=extend_schema(summary="党组织列表", description="范围内的党组织，按组织树的顺序。默认只有现有的。"),
    retrieve=extend_schema(summary="一个党组织", description="按党组织代码。"),
)
class Organizations(ReadOnly):
    permission = "organizations.view"
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilter
    lookup_field = "code"
    lookup_value_converter = "str"

    def rows(self) -> Any:
        return queries.organizations_for(self.request.user)  # type: ignore[arg-type]
