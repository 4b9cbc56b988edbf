"""What makes the site an application on a phone: manifest, service worker, the page without a signal."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

NAME = "基层党建"
RED, PAPER = "#a5161c", "#faf8f5"
ICONS = {"img/icon-192.png": "192x192", "img/icon-512.png": "512x512"}
MASKABLE = "img/icon-maskable-512.png"
# In the order in which they run: each builds on those before it.
WORKER = ("js/phone-store.js", "js/phone-sending.js", "js/phone-worker.js")

fresh = cache_control(no_cache=True)


@require_safe
@fresh
@login_not_required
def manifest(request: HttpRequest) -> JsonResponse:
    """How the application is called and looks on the home screen."""
    entry = {"name": "记一次会", "url": reverse("meetings:new")}
    described: dict[str, Any] = {
        "id": "/",
        "name": NAME,
        "short_name": NAME,
        "lang": "zh-Hans",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": RED,
        "background_color": PAPER,
        "icons": [*(_icon(name, size, "any") for name, size in ICONS.items()), _maskable()],
        "shortcuts": [entry],
    }
    return JsonResponse(described, content_type="application/manifest+json")


def _icon(name: str, size: str, purpose: str) -> dict[str, str]:
    return {"src": static(name), "sizes": size, "type": "image/png", "purpose": purpose}


def _maskable() -> dict[str, str]:
    return _icon(MASKABLE, "512x512", "maskable")


@require_safe
@fresh
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that the whole site is its scope.

    Its text changes with every release, so that browsers take the new one up.
    """
    scripts = ", ".join(json.dumps(static(name)) for name in WORKER)
    text = f"self.release = {json.dumps(release())};\nimportScripts({scripts});\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


def release() -> str:
    """The hash of all static files; "unhashed" where they are served as they are (tests, DEBUG)."""
    return getattr(staticfiles_storage, "manifest_hash", "") or "unhashed"


@require_safe
@fresh
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows for a page that the phone has not kept."""
    return render(request, "home/offline.html")
