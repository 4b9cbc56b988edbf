"""The public addresses, and one that answers as many bytes as a page without doing anything."""

from __future__ import annotations

import os

from django.http import HttpRequest, HttpResponse
from django.urls import path

from partybuild.public_urls import urlpatterns as public

BODY = b"x" * int(os.environ.get("PARTYBUILD_BENCH_LENGTH", "5000"))


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [*public, path("bare", bare)]
