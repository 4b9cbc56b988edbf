from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "apps.lessons"
    verbose_name = "党课"

    def ready(self) -> None:
        from apps.lessons import panels, queries
        from apps.meetings import extensions as meetings
        from apps.members import extensions

        meetings.add_lecturers(queries.pool_of)
        meetings.add_topics(queries.topics_offered_to)
        meetings.panels.add("lessons/_evaluation_panel.html", panels.evaluation_panel, place=10)
        extensions.panels.add("lessons/_study_panel.html", panels.study_panel, place=20)
