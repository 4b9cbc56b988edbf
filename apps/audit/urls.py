"""The audit trail."""

from django.urls import URLPattern, path

from apps.audit import views

app_name = "audit"

urlpatterns: list[URLPattern] = [
    path("", views.timeline, name="timeline"),
    path("<str:label>/<int:pk>/", views.of_object, name="object"),
]
