"""Opinions and their steps, how one asks, and the views from which the public side reads."""

from apps.opinions.models.opinions import Opinion, OpinionStep
from apps.opinions.models.places import AskingPlace
from apps.opinions.models.published import PublishedAskingPlace, PublishedOpinion

__all__ = ["AskingPlace", "Opinion", "OpinionStep", "PublishedAskingPlace", "PublishedOpinion"]
