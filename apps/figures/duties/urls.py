"""Addresses of the matrix, its cells, and waivers."""

from django.urls import path

from apps.figures.duties import views

app_name = "duties"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("export/", views.export, name="export"),
    path("leaders/", views.leaders, name="leaders"),
    path("waivers/", views.waivers, name="waivers"),
    path("waivers/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("<int:pk>/<slug:code>/<slug:period>/", views.cell, name="cell"),
    path("<int:pk>/<slug:code>/<slug:period>/waive/", views.waive, name="waive"),
]
