"""Addresses of the regulations' pages."""

from django.urls import path

from apps.regulations import views

app_name = "regulations"
urlpatterns = [
    path("", views.regulation_list, name="list"),
    path("<slug:code>/", views.regulation_detail, name="detail"),
]
