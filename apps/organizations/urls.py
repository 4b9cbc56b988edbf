"""Addresses of organizations."""

from django.urls import path

from apps.organizations import views
from apps.organizations.villages import views as villages

app_name = "organizations"

urlpatterns = [
    path("", views.organizations, name="list"),
    path("villages/", villages.villages, name="villages"),
    path("villages/new/", villages.new_village, name="new_village"),
    path("villages/<int:pk>/", villages.village, name="village"),
    path("villages/<int:pk>/edit/", villages.edit_village, name="edit_village"),
    path("villages/<int:pk>/groups/new/", villages.new_group, name="new_group"),
    path("villages/groups/<int:pk>/edit/", villages.edit_group, name="edit_group"),
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
