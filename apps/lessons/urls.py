from django.urls import path

from apps.lessons import evaluating, handing_out, keeping, public, views

app_name = "lessons"

urlpatterns = [
    path("", views.lesson_list, name="list"),
    path("topics/", views.topics, name="topics"),
    path("topics/new/", keeping.new_topic, name="new_topic"),
    path("topics/<int:pk>/", keeping.topic, name="topic"),
    path("topics/<int:pk>/edit/", keeping.edit_topic, name="edit_topic"),
    path("topics/<int:pk>/retire/", keeping.retire_topic, name="retire_topic"),
    path("topics/<int:pk>/material/", handing_out.add_material, name="add_material"),
    path("topics/<int:pk>/material/<uuid:key>/", handing_out.material, name="material"),
    path(
        "topics/<int:pk>/material/<uuid:key>/withdraw/",
        handing_out.withdraw_material,
        name="withdraw_material",
    ),
    path("lecturers/", views.lecturers, name="lecturers"),
    path("lecturers/new/", keeping.new_lecturer, name="new_lecturer"),
    path("lecturers/<int:pk>/edit/", keeping.edit_lecturer, name="edit_lecturer"),
    path("lecturers/<int:pk>/retire/", keeping.retire_lecturer, name="retire_lecturer"),
    path("secretaries/", views.secretaries, name="secretaries"),
    path("hours/", views.hours, name="hours"),
    path("hours/file/", views.hours_file, name="hours_file"),
    path("<int:pk>/evaluation/", evaluating.evaluation, name="evaluation"),
    path("<int:pk>/evaluation/open/", evaluating.open_one, name="open"),
    path("<int:pk>/evaluation/close/", evaluating.close, name="close"),
    path("<int:pk>/evaluation/papers/", evaluating.papers, name="papers"),
    path("<int:pk>/evaluation/qr.svg", evaluating.qr, name="qr"),
    path("answer/<str:token>/", public.answer, name="answer"),
]
