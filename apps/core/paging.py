"""How lists of the API are cut into pages. Apart from `rest`, which needs it while it is loaded."""

from __future__ import annotations

from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
