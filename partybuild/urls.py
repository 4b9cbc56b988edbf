"""Addresses of the whole; each app adds its own under its root."""

from django.urls import URLPattern, URLResolver, include, path

from partybuild.health import healthz

handler400 = "apps.home.errors.bad_request"
handler404 = "apps.home.errors.not_found"
handler500 = "apps.home.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("apps.home.urls")),
    path("", include("apps.accounts.urls")),
    path("organizations/", include("apps.organizations.urls")),
    path("members/", include("apps.members.urls")),
    path("meetings/", include("apps.meetings.urls")),
    path("lessons/", include("apps.lessons.urls")),
    path("talks/", include("apps.talks.urls")),
    path("reviews/", include("apps.reviews.urls")),
    path("public/", include("apps.publicsite.urls")),
    path("disclosure/", include("apps.disclosure.urls")),
    path("decisions/", include("apps.decisions.urls")),
    path("opinions/", include("apps.opinions.urls")),
    path("supervision/", include("apps.supervision.urls")),
    path("reports/", include("apps.reports.urls")),
    path("papers/", include("apps.papers.urls")),
    path("calendar/", include("apps.calendars.urls")),
    path("duties/", include("apps.figures.duties.urls")),
    path("reminders/", include("apps.reminders.urls")),
    path("figures/", include("apps.figures.urls")),
    path("regulations/", include("apps.regulations.urls")),
    path("imports/", include("apps.imports.urls")),
    path("audit/", include("apps.audit.urls")),
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("partybuild.api_urls")),
]
