"""Addresses of the public side; they never change, since they are printed on notice boards."""

from django.urls import path

from apps.publicsite import views

app_name = "public"
urlpatterns = [
    path("", views.index, name="index"),
    path("search/", views.search, name="search"),
    path("about/", views.about, name="about"),
    path("villages/", views.villages, name="villages"),
    path("<str:code>/", views.village, name="village"),
    path("<str:code>/catalogue/", views.catalogue, name="catalogue"),
    path("<str:code>/feed.xml", views.feed, name="feed"),
    path("<str:code>/search/", views.search_village, name="search_village"),
    path("<str:code>/groups/<int:group>/", views.group, name="group"),
    path("<str:code>/verify/", views.verify, name="verify"),
    path("<str:code>/verify/<int:part>/", views.chain_part, name="chain_part"),
    path("<str:code>/decisions/", views.decisions, name="decisions"),
    path("<str:code>/decisions/<int:number>/", views.decision, name="decision"),
    path("<str:code>/opinions/", views.opinions, name="opinions"),
    path("<str:code>/year/<int:year>/", views.archive, name="archive"),
    path("<str:code>/<int:number>/", views.publication, name="publication"),
    path("<str:code>/<int:number>/print/", views.printed, name="print"),
    path("<str:code>/<int:number>/files/<str:name>", views.file, name="file"),
    path("<str:code>/<int:number>/data.json", views.as_json, name="json"),
    path("<str:code>/<int:number>/lines.csv", views.as_csv, name="csv"),
]
