"""Addresses of the inner pages of opinions."""

from django.urls import path

from apps.opinions import views

app_name = "opinions"
urlpatterns = [
    path("", views.opinion_list, name="list"),
    path("new/", views.new, name="new"),
    path("places/", views.places, name="places"),
    path("places/<int:pk>/", views.place, name="place"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/reveal/", views.reveal, name="reveal"),
    path("<int:number>/<str:action>/", views.step, name="step"),
]
