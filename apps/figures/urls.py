"""Addresses of the figures."""

from django.urls import path

from apps.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.detail, name="detail"),
]
