"""Addresses of organizations."""

from django.urls import path

from apps.organizations import views

app_name = "organizations"

urlpatterns = [
    path("", views.organizations, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/below/", views.below, name="below"),
    path("<int:pk>/new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/rename/", views.rename, name="rename"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/dissolve/", views.dissolve, name="dissolve"),
    path("<int:pk>/terms/new/", views.new_term, name="new_term"),
    path("<int:pk>/terms/extend/", views.extend_term, name="extend_term"),
]
