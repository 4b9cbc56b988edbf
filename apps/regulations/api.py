"""What a county has set, over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.calendar import today
from apps.core.rest import Guarded
from apps.regulations.counties import counties_for
from apps.regulations.settings import settable_rows, settings_of


class CountySettingSerializer(serializers.Serializer[Any]):
    """One number that a county set; the newest that has begun holds."""

    county = serializers.CharField(help_text="县的代码")
    rule = serializers.CharField(help_text="规定的编号，例如 MEET-05")
    title = serializers.CharField()
    value = serializers.IntegerField()
    sentence = serializers.CharField(help_text="例如“党支部每季度至少 2 次”")
    since = serializers.DateField()
    reason = serializers.CharField()
    author = serializers.CharField()
    holds = serializers.BooleanField(help_text="今天是不是按这个数")


class CountySettings(Guarded):
    permission = "organizations.view"

    @extend_schema(
        summary="本县设置",
        description="县里对规定另外设置的数，新的在前；改过的也在。没有列出的按规定本身。",
        responses=CountySettingSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        found = []
        for county in counties_for(request.user):  # type: ignore[arg-type]
            for each in settable_rows(settings_of(county.path), on=today()):
                found += [
                    {
                        "county": county.code,
                        "rule": each.row.key,
                        "title": each.row.title,
                        "value": setting.value,
                        "sentence": sentence,
                        "since": setting.since,
                        "reason": setting.reason,
                        "author": str(setting.author),
                        "holds": setting == each.now,
                    }
                    for setting, sentence in each.sentences
                ]
        return Response(CountySettingSerializer(found, many=True).data)
