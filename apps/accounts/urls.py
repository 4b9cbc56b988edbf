"""Signing in and out, the own password, and the accounts of others."""

from django.urls import URLPattern, path

from apps.accounts import views

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("session/", views.session, name="session"),
    path("password/", views.password, name="password"),
    path("accounts/", views.accounts, name="list"),
    path("accounts/new/", views.new, name="new"),
    path("accounts/<int:pk>/", views.detail, name="detail"),
    path("accounts/<int:pk>/grant/", views.grant, name="grant"),
    path("accounts/<int:pk>/reset-password/", views.reset_password, name="reset_password"),
    path("accounts/<int:pk>/unlock/", views.unlock, name="unlock"),
    path("accounts/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("accounts/<int:pk>/activate/", views.activate, name="activate"),
    path("accounts/<int:pk>/new-key/", views.new_token, name="new_token"),
    path("accounts/grants/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("accounts/keys/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
]
