"""Addresses of the whole; each app adds its own under its root."""

from django.urls import URLPattern, URLResolver, include, path

from partybuild.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("partybuild.api_urls")),
]
