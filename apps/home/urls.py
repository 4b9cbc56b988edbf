"""The first screen's own addresses, at the root."""

from django.urls import include, path

from apps.home import textsize

app_name = "home"

urlpatterns = [
    path("text-size/", textsize.choose, name="text_size"),
    path("styleguide/", include("apps.home.styleguide.urls")),
]
