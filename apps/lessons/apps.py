from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "apps.lessons"
    verbose_name = "党课"

    def ready(self) -> None:
        from apps.lessons import panels, queries
        from apps.meetings.extensions import add_lecturers
        from apps.members import extensions

        add_lecturers(queries.pool_of)
        extensions.panels.add("lessons/_study_panel.html", panels.study_panel, place=20)
