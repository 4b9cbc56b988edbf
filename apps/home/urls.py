"""The first screen's own addresses, at the root."""

from django.urls import include, path

from apps.home import installing, textsize, views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("overdue/", views.overdue, name="overdue"),
    path("search/", views.search_page, name="search"),
    path("text-size/", textsize.choose, name="text_size"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("service-worker.js", installing.worker, name="worker"),
    path("offline/", installing.offline, name="offline"),
    path("styleguide/", include("apps.home.styleguide.urls")),
]
