"""Addresses of the reminders' pages."""

from django.urls import path

from apps.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.own, name="own"),
    path("log/", views.log, name="log"),
    path("robots/<int:pk>/", views.robot, name="robot"),
    path("robots/<int:pk>/try/", views.try_robot, name="try"),
    path("robots/<int:pk>/stop/", views.stop_robot, name="stop"),
]
