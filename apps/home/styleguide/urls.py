"""Addresses of the guide."""

from django.urls import path

from apps.home.styleguide import views

urlpatterns = [
    path("", views.workbench, name="styleguide"),
    path("phone/", views.phone, name="styleguide_phone"),
    path("phone-form/", views.phone_form, name="styleguide_phone_form"),
    path("public/", views.public, name="styleguide_public"),
    path("plain/", views.plain, name="styleguide_plain"),
    path("job/", views.job, name="styleguide_job"),
]
