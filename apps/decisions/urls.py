"""Addresses of the inner pages of a village's decisions and projects."""

from django.urls import path

from apps.decisions import project_views, views

app_name = "decisions"
urlpatterns = [
    path("", views.decision_list, name="list"),
    path("new/", views.new, name="new"),
    path("projects/", project_views.project_list, name="projects"),
    path("projects/<int:number>/", project_views.detail, name="project"),
    path("projects/<int:number>/<str:name>/", project_views.phase, name="phase"),
    path("projects/<int:number>/<str:name>/disclose/", project_views.disclose, name="disclose"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/edit/", views.edit, name="edit"),
    path("<int:number>/step/", views.step, name="step"),
    path("<int:number>/take-back/", views.take_back, name="take_back"),
    path("<int:number>/drop/", views.drop, name="drop"),
    path("<int:number>/result/", views.result, name="result"),
    path("<int:number>/plan/", project_views.plan, name="plan"),
    path("<int:number>/draft/<str:which>/", views.draft, name="draft"),
]
