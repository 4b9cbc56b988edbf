"""The states of a review of members and who may take it from one to the next."""

from __future__ import annotations

from apps.core.workflow import Step, Workflow
from apps.reviews.vocabulary import State

RECORD = "reviews.record"
OPEN = frozenset({State.PREPARING, State.HELD})

STEPS: Workflow = {
    "hold": Step("评议会开过了，填测评票和等次", frozenset({State.PREPARING}), State.HELD, RECORD),
    "close": Step("评定完成，归档", frozenset({State.HELD}), State.CLOSED, RECORD),
    "reopen": Step("重新打开更正", frozenset({State.CLOSED}), State.HELD, RECORD),
}
