"""Addresses of the reviews of members and the life meetings."""

from django.urls import path

from apps.reviews import lives, notices, recording, views

app_name = "reviews"
urlpatterns = [
    path("", views.year_list, name="list"),
    path("export/", views.export, name="export"),
    path("branches/<int:pk>/", views.branch_years, name="branch"),
    path("branches/<int:pk>/start/", views.start, name="start"),
    path("branches/<int:pk>/life/<int:year>/", lives.life, name="life"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/edit/", recording.edit, name="edit"),
    path("<int:number>/reopen/", views.reopen, name="reopen"),
    path("<int:number>/results/", views.results, name="results"),
    path("<int:number>/ballot/", views.ballot, name="ballot"),
    path("<int:number>/guests/", recording.add_guest, name="add_guest"),
    path("<int:number>/guests/<int:row>/remove/", recording.remove_guest, name="remove_guest"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/word/", notices.word, name="notice_word"),
    path("notices/<int:pk>/acknowledge/", notices.acknowledge, name="acknowledge"),
]
