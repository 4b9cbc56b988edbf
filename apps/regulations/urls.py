"""Addresses of the regulations' pages."""

from django.urls import path

from apps.regulations import views

app_name = "regulations"
urlpatterns = [
    path("", views.regulation_list, name="list"),
    path("settings/", views.settings_list, name="settings"),
    path("settings/<slug:code>/", views.settings_change, name="change"),
    path("settings/<slug:code>/<slug:part>/", views.settings_change, name="change_part"),
    path("<slug:code>/", views.regulation_detail, name="detail"),
]
