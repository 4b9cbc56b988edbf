"""Addresses of the REST API, version 1."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import SimpleRouter

from apps.decisions.api import Decisions, Projects
from apps.disclosure.api import Publications, Statements, Tables
from apps.figures.api import Figures
from apps.figures.duties.api import Duties
from apps.home.api_docs import docs
from apps.lessons.api import Lessons
from apps.meetings.api import Meetings
from apps.meetings.plans.api import Plans
from apps.members.api import Members
from apps.opinions.api import Opinions
from apps.organizations.api import Organizations
from apps.regulations.api import CountySettings
from apps.reports.api import Reports
from apps.reviews.api import Reviews
from apps.supervision.api import (
    CommitteeOpinions,
    SupervisionRecords,
    SupervisionReports,
    Supervisors,
)
from apps.talks.api import Talks

app_name = "api"

router = SimpleRouter(use_regex_path=False)
router.register("organizations", Organizations, "organizations")
router.register("members", Members, "members")
router.register("meetings", Meetings, "meetings")
router.register("publications", Publications, "publications")
router.register("statements", Statements, "statements")
router.register("tables", Tables, "tables")
router.register("decisions", Decisions, "decisions")
router.register("projects", Projects, "projects")
router.register("opinions", Opinions, "opinions")
router.register("supervisors", Supervisors, "supervisors")
router.register("supervision-records", SupervisionRecords, "supervision-records")
router.register("supervision-reports", SupervisionReports, "supervision-reports")
router.register("committee-opinions", CommitteeOpinions, "committee-opinions")
router.register("plans", Plans, "plans")
router.register("reviews", Reviews, "reviews")
router.register("reports", Reports, "reports")
router.register("lessons", Lessons, "lessons")
router.register("talks", Talks, "talks")

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    *router.urls,
    path("figures/", Figures.as_view(), name="figures"),
    path("duties/", Duties.as_view(), name="duties"),
    path("settings/", CountySettings.as_view(), name="settings"),
]
