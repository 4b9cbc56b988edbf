"""Protected values: sealed at rest, bound to their column, found by digest, rotated without loss."""

from __future__ import annotations

import base64
import json
import os

import pytest
from django.db import connection

from apps.core import crypto
from apps.core.sealing import reseal_everything
from apps.members.models import Member
from tests.factories import MemberFactory


def key(number: int) -> str:
    return f"{number}:{base64.b64encode(os.urandom(32)).decode()}"


def test_what_is_sealed_opens_again() -> None:
    assert (
        crypto.decrypt(crypto.encrypt("990123198005010012", purpose="a"), purpose="a") == "990123198005010012"
    )


def test_equal_values_do_not_look_equal() -> None:
    assert crypto.encrypt("x", purpose="a") != crypto.encrypt("x", purpose="a")


def test_a_value_copied_into_another_column_does_not_open() -> None:
    with pytest.raises(crypto.CannotOpen):
        crypto.decrypt(crypto.encrypt("x", purpose="members.phone"), purpose="members.id_number")


@pytest.mark.parametrize("at", [0, 1, 5, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    sealed = bytearray(crypto.encrypt("x", purpose="a"))
    sealed[at] ^= 1
    with pytest.raises(crypto.CannotOpen):
        crypto.decrypt(bytes(sealed), purpose="a")


def test_the_database_never_holds_the_number(db: None) -> None:
    member = MemberFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(m)::text FROM members_member m")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT row_to_json(e)::text FROM members_memberevent e")
        history = cursor.fetchone()[0]
    assert member.id_number.encode().hex() not in row
    assert member.id_number not in row + history
    assert not {"id_number", "phone"} & set(json.loads(history))


def test_printing_a_sealed_value_shows_nothing(db: None) -> None:
    stored = Member.objects.get(pk=MemberFactory().pk)
    assert f"{stored.id_number} {stored.id_number!r}" == "•••••• ••••••"


def test_rotation_seals_with_the_new_key_and_the_old_can_go(db: None, settings) -> None:
    first, second = key(1), key(2)
    settings.PARTYBUILD_FIELD_KEYS = first
    member = MemberFactory()
    settings.PARTYBUILD_FIELD_KEYS = f"{second},{first}"
    columns = ["members.Member.id_number", "members.Member.phone"]
    first_run, second_run = reseal_everything(), reseal_everything()
    assert [(first_run[column], second_run[column]) for column in columns] == [(1, 0), (1, 0)]
    settings.PARTYBUILD_FIELD_KEYS = second
    assert Member.objects.get().id_number.reveal() == member.id_number


def test_without_its_key_a_value_does_not_open(db: None, settings) -> None:
    settings.PARTYBUILD_FIELD_KEYS = key(1)
    MemberFactory()
    settings.PARTYBUILD_FIELD_KEYS = key(2)
    with pytest.raises(crypto.CannotOpen):
        Member.objects.get().id_number.reveal()
