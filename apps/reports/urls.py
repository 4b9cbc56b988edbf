"""Addresses of the reports."""

from django.urls import path

from apps.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/revise/", views.revise, name="revise"),
    path("<int:pk>/word/", views.word, name="word"),
    path("<int:pk>/excel/", views.excel, name="excel"),
    path("<int:pk>/entries/<slug:code>/<slug:part>/", views.entries, name="entries"),
]
