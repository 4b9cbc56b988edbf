from django.urls import path

from apps.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("new/<slug:kind>/", views.new, name="new"),
    path("template/<slug:kind>/", views.template, name="template"),
    path("<uuid:job_id>/", views.detail, name="detail"),
    path("<uuid:job_id>/progress/", views.progress, name="progress"),
    path("<uuid:job_id>/annotated/", views.annotated, name="annotated"),
    path("<uuid:job_id>/choose/", views.choose, name="choose"),
    path("<uuid:job_id>/commit/", views.commit, name="commit"),
    path("<uuid:job_id>/cancel/", views.cancel, name="cancel"),
]
