"""An opinion as somebody writes it down; everybody in it is invented."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import User
from apps.core.calendar import today
from apps.opinions import services
from apps.opinions.models import Opinion
from apps.opinions.rules import NOBODY, Petitioner
from apps.opinions.services import Heard
from apps.organizations.models import Village

TEXT = "清淤的工钱是怎么算的？"
NAME, PHONE, ADDRESS = "贺兰青禾", "13900001234", "三组 17 号"
PETITIONER = Petitioner(NAME, f"{PHONE}，{ADDRESS}")


def an_opinion(village: Village, *, by: User, petitioner: Petitioner = NOBODY, **heard: Any) -> Opinion:
    facts = {
        "channel": "box",
        "category": "finance",
        "text": TEXT,
        "received_on": today(),
        "answerer": "committee",
        **heard,
    }
    return services.register(village, Heard(**facts), petitioner=petitioner, by=by)


def made_public(opinion: Opinion, clerk: User, supervisor: User) -> Opinion:
    """Answered, proposed in plain words, agreed to."""
    services.answer(opinion, text="按工日算，一个工日 160 元。", by=clerk)
    proposed = services.propose(
        opinion, public_question="清淤的工钱怎么算？", public_answer="按工日算，每工日 160 元。", by=clerk
    )
    return services.agree(opinion, version=proposed.version, by=supervisor)
