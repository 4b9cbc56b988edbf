"""What the public side reads: views of the database that hold nothing but what was published.

The public side connects with a role that may SELECT from these and from nothing else.
"""

from __future__ import annotations

import datetime

from django.db import models

from apps.disclosure.catalogue import RHYTHM_CHOICES, Item, Rhythm, item_named
from apps.disclosure.states import State


class PublishedSetting(models.Model):
    """A number that a county has set for when something must be public."""

    county = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    since = models.DateField()

    class Meta:
        managed = False
        db_table = "disclosure_public_setting"
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.rule} {self.value}"


class PublishedVillage(models.Model):
    """A village, also one that never published anything, with the names of the places above it."""

    code = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    place = models.CharField(max_length=255)
    """Orders villages as the county lists them."""
    township_code = models.CharField(max_length=32)
    township = models.CharField(max_length=100)
    county = models.CharField(max_length=100)
    finance_monthly = models.BooleanField()
    since = models.DateField()
    """From when it is asked to publish here."""
    dissolved_on = models.DateField(null=True)
    """From when there is no such village any more."""

    class Meta:
        managed = False
        db_table = "disclosure_public_village"
        ordering = ["place"]

    def __str__(self) -> str:
        return self.name


class Published(models.Model):
    """A publication as the public sees it; `content` is as it was frozen.

    What was withdrawn keeps its place, its checksum and the reason; its content is shown no more.
    """

    village = models.ForeignKey(PublishedVillage, models.DO_NOTHING, related_name="publications")
    item = models.CharField(max_length=8)
    first_on = models.DateField()
    last_on = models.DateField()
    title = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices)
    revision = models.PositiveSmallIntegerField()
    chain_number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    withdraw_reason = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64)
    previous_checksum = models.CharField(max_length=64)
    kind = models.CharField(max_length=24)
    """Which table it shows (`tables.KINDS`); "" for income and expense and for what is in words."""
    group = models.CharField(max_length=40)
    """The villagers' group that publishes it; "" for the village itself."""
    group_number = models.BigIntegerField(null=True)
    content = models.JSONField(null=True)
    item_title = models.CharField(max_length=60)
    event_id = models.BigIntegerField(null=True)
    nothing = models.BooleanField()
    """Whether it says that nothing happened in its period."""
    changed_at = models.DateTimeField(null=True)
    """When it was withdrawn or corrected."""

    class Meta:
        managed = False
        db_table = "disclosure_public_publication"
        ordering = ["-last_on", "-chain_number"]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> Item:
        return item_named(self.item, self.item_title)

    # The public page says itself where it hangs.
    hangs = True

    @property
    def told_at(self) -> datetime.datetime:
        """When there was last something new to say of it."""
        return self.changed_at or self.published_at

    @property
    def is_in_force(self) -> bool:
        """Neither corrected nor withdrawn."""
        return self.state == State.PUBLISHED


class PublishedPosting(models.Model):
    """Where and since when a publication hangs on a notice board."""

    publication = models.ForeignKey(Published, models.DO_NOTHING, related_name="postings")
    place = models.CharField(max_length=60)
    put_up_on = models.DateField()
    taken_down_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "disclosure_public_posting"
        ordering = ["put_up_on", "id"]

    def __str__(self) -> str:
        return f"{self.place} {self.put_up_on}"


class PublishedItem(models.Model):
    """An item for everybody of an adopted catalogue, or one that a township or village has added.

    `place` is below whom it is owed; an added one has no version number.
    """

    place = models.CharField(max_length=255)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    since = models.DateField()
    position = models.IntegerField()
    code = models.CharField(max_length=8)
    group = models.CharField(max_length=20)
    title = models.CharField(max_length=60)
    points = models.CharField(max_length=300)
    rhythm = models.CharField(max_length=10, choices=RHYTHM_CHOICES)
    basis = models.CharField(max_length=100)
    publisher = models.CharField(max_length=20)
    channels = models.CharField(max_length=60)
    masked = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "disclosure_public_item"
        ordering = ["place", "year", "number", "position"]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> Item:
        """The same as a value."""
        return Item(
            self.code,
            self.group,
            self.title,
            Rhythm(self.rhythm),
            self.basis,
            self.masked,
            self.points,
            self.publisher,
            self.channels,
        )


class PublishedEvent(models.Model):
    """That something happened which must be made public; not what was written about it inside."""

    village_id = models.BigIntegerField()
    item = models.CharField(max_length=8)
    item_title = models.CharField(max_length=60)
    happened_on = models.DateField()

    class Meta:
        managed = False
        db_table = "disclosure_public_event"
        ordering = ["-happened_on", "-id"]

    def __str__(self) -> str:
        return f"{self.item} {self.happened_on}"
