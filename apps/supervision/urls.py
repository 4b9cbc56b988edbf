"""Addresses of the pages of the village supervision committees."""

from django.urls import path

from apps.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.committee_list, name="list"),
    path("<int:number>/", views.village, name="village"),
    path("<int:number>/members/new/", views.appoint, name="appoint"),
    path("<int:number>/records/new/", views.new_record, name="new_record"),
    path("<int:number>/reports/<int:year>/<int:half>/", views.report, name="report"),
    path("<int:number>/reports/<int:year>/<int:half>/hand-over/", views.hand_over, name="hand_over"),
    path("members/<int:number>/leave/", views.leave, name="leave"),
    path("records/<int:number>/", views.edit_record, name="edit_record"),
    path("records/<int:number>/put-right/", views.put_right, name="put_right"),
]
