from django.urls import path

from apps.talks import views

app_name = "talks"

urlpatterns = [
    path("", views.overview, name="list"),
    path("new/", views.new, name="new"),
    path("branches/<int:pk>/", views.branch, name="branch"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
