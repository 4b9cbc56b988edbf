"""Addresses of an installation that serves nothing but what was published."""

from django.urls import URLPattern, URLResolver, include, path

from apps.disclosure.public.views import front
from partybuild.health import healthz

handler500 = "apps.disclosure.public.errors.server_error"
handler404 = "apps.disclosure.public.errors.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front),
    path("public/", include("apps.disclosure.public.urls")),
    path("healthz", healthz, name="healthz"),
]
