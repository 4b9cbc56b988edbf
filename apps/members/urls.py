"""Addresses of the roster."""

from django.urls import path

from apps.members import committees, groups, views

app_name = "members"

urlpatterns = [
    path("", views.members, name="list"),
    path("branches/<int:branch_pk>/new/", views.new, name="new"),
    path("branches/<int:pk>/groups/", groups.groups, name="groups"),
    path("branches/<int:pk>/groups/new/", groups.new_group, name="new_group"),
    path("groups/<int:pk>/rename/", groups.rename_group, name="rename_group"),
    path("groups/<int:pk>/close/", groups.close_group, name="close_group"),
    path("committees/<int:pk>/", committees.committee, name="committee"),
    path("seats/<int:pk>/end/", committees.unseat, name="unseat"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/reveal/", views.reveal, name="reveal"),
    path("<int:pk>/<slug:action>/", views.change, name="change"),
]
