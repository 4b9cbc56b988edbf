"""What a branch means to hold: the year's theme days, filed to the level above by saving them (MEET-06)."""

from apps.meetings.plans.queries import plan_for, theme_for

__all__ = ["plan_for", "theme_for"]
