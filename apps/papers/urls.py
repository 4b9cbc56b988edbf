"""Addresses of papers, batches and templates."""

from django.urls import path

from apps.papers import templating, views

app_name = "papers"
urlpatterns = [
    path("", views.index, name="index"),
    path("records/<int:number>/", views.minutes, name="minutes"),
    path("records/<int:number>/sign-in/", views.sign_in, name="sign_in"),
    path("records/<int:number>/<slug:paper>/word/", views.word, name="word"),
    path("ledgers/<int:number>/word/", views.ledger, name="ledger"),
    path("reports/<int:number>/word/", views.report, name="report"),
    path("sheets/<str:code>/", views.sheet, name="sheet"),
    path("batches/<uuid:job_id>/", views.batch, name="batch"),
    path("batches/<uuid:job_id>/progress/", views.progress, name="progress"),
    path("batches/<uuid:job_id>/download/", views.download, name="download"),
    path("templates/", templating.index, name="templates"),
    path("templates/<slug:paper>/built-in/", templating.built_in_file, name="built_in"),
    path("templates/<str:code>/<slug:paper>/", templating.detail, name="template"),
    path("templates/<str:code>/<slug:paper>/reset/", templating.reset, name="reset"),
    path("versions/<int:pk>/", templating.version, name="version"),
    path("versions/<int:pk>/use/", templating.use, name="use"),
]
