"""Addresses of the meetings' pages."""

from django.urls import path

from apps.meetings import after, photos, recording, sending, views
from apps.meetings.plans import views as plans

app_name = "meetings"
urlpatterns = [
    path("", views.meeting_list, name="list"),
    path("new/", recording.meeting_new, name="new"),
    path("preview/", recording.preview, name="preview"),
    path("autosave/", recording.autosave, name="autosave"),
    path("send/", sending.send, name="send"),
    path("phone/", sending.on_this_phone, name="phone"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<int:pk>/<int:year>/", plans.plan, name="plan"),
    path("photos/", photos.photo_new, name="photo_new"),
    path("photos/<uuid:key>/", photos.photo, name="photo"),
    path("photos/<uuid:key>/small/", photos.photo_small, name="photo_small"),
    path("photos/<uuid:key>/withdraw/", photos.photo_withdraw, name="photo_withdraw"),
    path("<int:number>/", views.meeting_detail, name="detail"),
    path("<int:number>/edit/", recording.meeting_edit, name="edit"),
    path("<int:number>/correct/", after.meeting_correct, name="correct"),
    path("<int:number>/correct/keep/", after.correction_keep, name="correction_keep"),
    path("<int:number>/correct/discard/", after.correction_discard, name="correction_discard"),
    path("<int:number>/versions/<int:version>/", after.version, name="version"),
    path("<int:number>/remarks/", after.remark_new, name="remark"),
    path("<int:number>/remarks/<int:remark>/answer/", after.remark_answer, name="remark_answer"),
    path("<int:number>/submit/", views.submit, name="submit"),
    path("<int:number>/return/", views.return_meeting, name="return"),
    path("<int:number>/reopen/", views.reopen, name="reopen"),
    path("<int:number>/withdraw/", views.withdraw, name="withdraw"),
]
