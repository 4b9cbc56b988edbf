"""What is kept of a file: judged by its content, bare of where and when it was taken."""

from io import BytesIO

import pytest
from PIL import Image

from apps.attachments import contents
from apps.attachments.contents import read_content
from apps.attachments.kinds import Kind
from apps.core.errors import Refused
from tests.attachments.pictures import A_PDF, picture, with_location


def kept(data, kind=Kind.PHOTO):
    return read_content(BytesIO(data), size=len(data), kind=kind)


def test_a_photo_loses_its_location_its_comment_and_the_name_of_the_phone():
    sent = with_location()
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825) != {}
    assert (b"PHONE-MAKER" in sent, b"COMMENT-OF-THE-PHONE" in sent) == (True, True)

    found = kept(sent)

    for data in (found.data, found.small):
        stored = Image.open(BytesIO(data))
        assert (dict(stored.getexif()), stored.info.get("comment"), stored.format) == ({}, None, "JPEG")
        assert (b"PHONE-MAKER" in data, b"COMMENT" in data, b"Exif" in data) == (False, False, False)


def test_a_photo_taken_sideways_is_kept_upright():
    found = kept(with_location((64, 48)))

    assert (found.width, found.height) == (48, 64)


@pytest.mark.parametrize(
    ("sent", "stored"), [((4000, 1000), (2000, 500)), ((2000, 1500), (2000, 1500)), ((30, 20), (30, 20))]
)
def test_a_long_side_is_shortened_and_a_short_one_is_left(sent, stored):
    found = kept(picture(sent))

    assert ((found.width, found.height), Image.open(BytesIO(found.data)).size) == (stored, stored)
    assert max(Image.open(BytesIO(found.small)).size) <= contents.SMALL_SIDE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_of_phones_become_jpeg(form):
    assert kept(picture(form=form)).content_type == "image/jpeg"


def test_what_was_transparent_is_white_and_print_colours_become_screen_colours():
    clear = kept(picture(form="PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    print_colours = kept(picture(mode="CMYK", colour=(0, 0, 0, 0)))

    for found in (clear, print_colours):
        assert Image.open(BytesIO(found.data)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<html>",
        b"\xff\xd8\xff\xe0 but no more",
        picture()[:300],
        A_PDF,
        picture(form="GIF"),
        picture(form="BMP"),
    ],
    ids=["nothing", "a page", "a beginning", "half a photo", "a pdf", "gif", "bmp"],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(sent):
    with pytest.raises(Refused, match="不是照片"):
        kept(sent)


def test_a_small_file_that_would_fill_the_memory_is_refused_before_it_is_decoded(monkeypatch):
    bomb = picture((6000, 6000), form="PNG", mode="1", colour=0)
    assert len(bomb) < 10_000

    with pytest.raises(Refused, match="尺寸太大"):
        kept(bomb)


def test_a_bomb_beyond_the_librarys_own_ceiling_is_refused_too():
    bomb = picture((20_000, 10_000), form="PNG", mode="1", colour=0)

    with pytest.raises(Refused, match=r"不是照片|尺寸太大"):
        kept(bomb)


def test_too_many_bytes_are_refused_unread():
    class Unread(BytesIO):
        def read(self, *_):
            raise AssertionError("read")

    with pytest.raises(Refused, match="最大 15 MB"):
        read_content(Unread(), size=contents.MOST_BYTES + 1, kind=Kind.PHOTO)


def test_a_signature_page_may_be_a_photo_or_a_scanned_pdf():
    assert kept(picture(), Kind.SIGNATURE_PAGE).content_type == "image/jpeg"
    assert (kept(A_PDF, Kind.SIGNATURE_PAGE).data, kept(A_PDF, Kind.SIGNATURE_PAGE).small) == (A_PDF, b"")


@pytest.mark.parametrize(
    "sent",
    [
        b"%PDF-1.4 cut off",
        *(A_PDF.replace(b"/Type", name) for name in (b"/JavaScript", b"/Launch", b"/Encrypt")),
    ],
)
def test_a_pdf_that_is_cut_off_or_could_act_is_refused(sent):
    with pytest.raises(Refused, match="签到页请用照片或者扫描的 PDF"):
        kept(sent, Kind.SIGNATURE_PAGE)
