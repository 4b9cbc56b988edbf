"""Addresses of the inner pages of village-affairs disclosure."""

from django.urls import path

from apps.disclosure.views import publications

app_name = "disclosure"
urlpatterns = [
    path("", publications.publication_list, name="list"),
    path("new/", publications.new, name="new"),
    path("<int:number>/", publications.detail, name="detail"),
    path("<int:number>/edit/", publications.edit, name="edit"),
    path("<int:number>/mask/", publications.mask, name="mask"),
    path("<int:number>/correct/", publications.correct, name="correct"),
    path("<int:number>/<str:action>/", publications.step, name="step"),
]
