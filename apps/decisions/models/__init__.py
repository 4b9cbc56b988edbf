"""Matters with their four deliberations, projects, and the views from which the public side reads."""

from apps.decisions.models.decisions import DecisionStep, FourStepDecision
from apps.decisions.models.projects import Contribution, Project, ProjectPublication
from apps.decisions.models.published import PublishedDecision, PublishedStep

__all__ = [
    "Contribution",
    "DecisionStep",
    "FourStepDecision",
    "Project",
    "ProjectPublication",
    "PublishedDecision",
    "PublishedStep",
]
