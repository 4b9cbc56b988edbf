"""Addresses of the inner pages of village-affairs disclosure."""

from django.urls import path

from apps.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("", views.publication_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/edit/", views.edit, name="edit"),
    path("<int:number>/mask/", views.mask, name="mask"),
    path("<int:number>/correct/", views.correct, name="correct"),
    path("<int:number>/<str:action>/", views.step, name="step"),
]
