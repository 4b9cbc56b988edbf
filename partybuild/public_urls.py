"""Addresses of an installation that serves nothing but what was published."""

from django.urls import URLPattern, URLResolver, include, path

from apps.publicsite.views import front
from partybuild.health import healthz

handler400 = "apps.publicsite.errors.bad_request"
handler404 = "apps.publicsite.errors.not_found"
handler500 = "apps.publicsite.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front),
    path("public/", include("apps.publicsite.urls")),
    path("healthz", healthz, name="healthz"),
]
