"""Addresses of the calendars."""

from django.urls import path

from apps.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("week/", views.week, name="week"),
    path("feeds/<str:token>.ics", views.ics, name="ics"),
    path("<int:pk>/feed/", views.feed, name="feed"),
    path("<int:pk>/feed/revoke/", views.revoke, name="revoke"),
    path("<int:pk>/<int:year>/", views.year, name="year"),
    path("<int:pk>/<int:year>/<int:month>/", views.month, name="month"),
]
