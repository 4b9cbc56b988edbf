"""Material of a topic: kept by whoever offers it, opened by everybody to whom it is offered."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.template.defaultfilters import filesizeformat
from PIL import Image

from apps.lessons import materials, services
from apps.lessons.models import Topic
from apps.regulations.models import RuleOverride
from tests.attachments.pictures import A_PDF, picture, upload, with_location
from tests.factories import GrantFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(county):
    return TopicFactory(organization=county.township, title="种好责任田")


@pytest.fixture
def keeper(township_officer, signed_in):
    return signed_in(township_officer)


def files_of(topic: Topic, by):
    return [(file.name, file.content_type) for file in materials.material_of(topic, by=by).files]


def add(client, topic, *files):
    return client.post(f"/lessons/topics/{topic.pk}/material/", {"file": list(files)}, follow=True)


def text(answer) -> str:
    return answer.content.decode()


class TestAdding:
    def test_a_pdf_and_a_picture_are_kept_and_listed_with_their_size(self, keeper, topic, township_officer):
        answer = add(keeper, topic, upload(A_PDF, "讲稿.pdf"), upload(with_location(), "插图.png"))

        assert files_of(topic, township_officer) == [
            ("讲稿.pdf", "application/pdf"),
            ("插图.png", "image/jpeg"),
        ]
        assert "收到 2 份材料。" in text(answer)
        assert filesizeformat(len(A_PDF)) in text(answer)

    def test_a_picture_loses_where_it_was_taken(self, keeper, topic, township_officer):
        add(keeper, topic, upload(with_location(), "插图.jpg"))

        (file,) = materials.material_of(topic, by=township_officer).files
        assert dict(Image.open(BytesIO(file.content.read())).getexif()) == {}

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (b"PK\x03\x04 a presentation", "课件.pptx"),
            (b"<html>", "讲稿.pdf"),
            (A_PDF.replace(b"/Type", b"/JavaScript /Type"), "讲稿.pdf"),
            (A_PDF[:20], "讲稿.pdf"),
        ],
        ids=["slides", "a page", "a script", "half"],
    )
    def test_anything_else_is_refused_by_its_content_with_what_to_do(
        self, keeper, topic, township_officer, data, name
    ):
        answer = add(keeper, topic, upload(data, name), upload(A_PDF, "好的.pdf"))

        said = "材料请用照片或者 PDF 文件；Word、PPT 请先另存为 PDF。加了密码、带附件的 PDF 不收。"
        assert [str(one) for one in answer.context["messages"]] == [f"{name}：{said}", "收到 1 份材料。"]
        assert files_of(topic, township_officer) == [("好的.pdf", "application/pdf")]

    def test_one_that_is_too_big_is_refused_with_the_limit(self, keeper, topic, monkeypatch):
        monkeypatch.setattr("apps.attachments.contents.MOST_BYTES", 10)

        answer = add(keeper, topic, upload(A_PDF, "讲稿.pdf"))

        assert [str(one) for one in answer.context["messages"]] == ["讲稿.pdf：这个文件太大了，最大 15 MB。"]

    def test_more_than_there_is_room_for_are_refused(self, keeper, topic, county, township_officer):
        RuleOverride.objects.create(
            county=county.root.path, rule="RPT-03/materials", value=1, since="2026-01-01",
            reason="少占地方", author=township_officer,
        )  # fmt: skip

        answer = add(keeper, topic, upload(A_PDF, "一.pdf"), upload(picture(), "二.jpg"))

        assert [str(one) for one in answer.context["messages"]] == [
            "二.jpg：一个选题最多放 1 份材料，已经满了；要换，请先撤下一份。", "收到 1 份材料。"
        ]  # fmt: skip

    def test_no_file_is_asked_for(self, keeper, topic):
        assert [str(one) for one in add(keeper, topic).context["messages"]] == ["请先选文件。"]

    def test_a_branch_that_is_only_offered_the_topic_adds_nothing(self, signed_in, branch_secretary, topic):
        client = signed_in(branch_secretary)

        assert add(client, topic, upload(A_PDF)).status_code == 403
        assert "加材料" not in text(client.get(f"/lessons/topics/{topic.pk}/"))


class TestOpening:
    @pytest.fixture
    def file(self, topic, township_officer):
        materials.add_files(topic, [upload(A_PDF, "讲稿.pdf")], by=township_officer)
        (file,) = materials.material_of(topic, by=township_officer).files
        return file

    @pytest.fixture
    def address(self, topic, file):
        return f"/lessons/topics/{topic.pk}/material/{file.key}/"

    def test_a_branch_below_downloads_it_under_its_name(self, signed_in, branch_secretary, topic, address):
        client = signed_in(branch_secretary)

        answer = client.get(address)

        assert address in text(client.get(f"/lessons/topics/{topic.pk}/"))
        assert answer.getvalue() == A_PDF
        assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E8%AE%B2%E7%A8%BF.pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_the_other_township_finds_nothing(self, signed_in, neighbour, address):
        assert signed_in(neighbour).get(address).status_code == 404

    def test_nor_is_it_found_under_another_topic(self, keeper, county, file):
        other = TopicFactory(organization=county.township)

        assert keeper.get(f"/lessons/topics/{other.pk}/material/{file.key}/").status_code == 404

    def test_a_withdrawn_one_is_the_audit_s(
        self, keeper, signed_in, county, branch_secretary, topic, address
    ):
        auditor = signed_in(GrantFactory(role="auditor", organization=county.township).user)

        keeper.post(f"{address}withdraw/", {"reason": "内容旧了"})

        assert "讲稿" not in text(signed_in(branch_secretary).get(f"/lessons/topics/{topic.pk}/"))
        assert signed_in(branch_secretary).get(address).status_code == 404
        assert "内容旧了" in text(auditor.get(f"/lessons/topics/{topic.pk}/"))
        assert auditor.get(address).status_code == 200

    def test_withdrawing_wants_a_reason(self, keeper, address, topic, township_officer):
        answer = keeper.post(f"{address}withdraw/", follow=True)

        assert [str(one) for one in answer.context["messages"]] == ["请写明撤下的原因。"]
        assert len(files_of(topic, township_officer)) == 1

    def test_it_goes_along_when_another_organization_keeps_the_topic(
        self, county, file, topic, county_officer
    ):
        services.keep_topic(
            topic, by=county_officer, organization=county.root, year=2026, title="种好责任田", text="",
            link="", lecturer=None,
        )  # fmt: skip

        file.refresh_from_db()
        assert file.organization_path == county.root.path
