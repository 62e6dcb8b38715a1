"""Messages as they came, contact windows, warning routes and noticers."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import (
    DigestField,
    DottedField,
    DurationField,
    EnumField,
    IdField,
    InstantField,
    SealedField,
    new_id,
)
from ojakgyo.apps.people.models import Person
from ojakgyo.domain.facts import Channel, Exposes, MissCause, PlanKind, RouteKind, SilenceEnd, StandAside


class InboundState(StrEnum):
    HELD = "held"
    WAITING = "waiting"
    PENDING = "pending"
    """It fits a row of a card, and waits for a second text."""
    READ = "read"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"


class Inbound(models.Model):
    """One message. `seq` counts up; outside it is known by `message`.

    `words` are number and words under RING.transit until they are read; from then on they lie in `dropped`, in the inbox
    of `cell` in `epoch`, or of the organisation (cell 0). `line` is whose number it came from, `person` whom an officer
    typed it for, or whose card it was read by where nobody's number sent it; `settled`: somebody has said whether that
    phone is theirs. Until `held_ms` it may be taken back. `same` tells a repetition; `code` says what was wrong with it.
    """

    seq = models.BigAutoField(primary_key=True)
    message = IdField(unique=True, default=new_id)
    channel = EnumField(Channel)
    ext_id = DigestField()
    line = IdField(null=True)
    person = IdField(null=True)
    words = SealedField(null=True)
    dropped = SealedField(null=True)
    cell = IdField(null=True)
    epoch = models.PositiveSmallIntegerField(null=True)
    same = DigestField(max_length=16)
    received_ms = InstantField()
    held_ms = InstantField(null=True)
    state = EnumField(InboundState, default=InboundState.WAITING)
    first = IdField(null=True)
    settled = models.BooleanField(default=False)
    code = DottedField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("channel", "ext_id"), name="inbound_once"),)
        indexes = (models.Index(fields=("same", "received_ms"), name="inbound_same"),)


class WindowState(StrEnum):
    AGREED = "agreed"
    KEPT = "kept"
    MISSED = "missed"


class WindowSource(StrEnum):
    """By what a window was agreed."""

    HAND = "hand"
    PLAN = "plan"
    ROW = "row"
    """The row of a card that was used last says when next."""
    QUIET = "quiet"
    """The day on which an announced quiet ends."""


class Window(models.Model):
    """When a person is to be in touch."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    opens_ms = InstantField()
    closes_ms = InstantField()
    grace_ms = DurationField()
    state = EnumField(WindowState, default=WindowState.AGREED)
    heard_ms = InstantField(null=True)
    source = EnumField(WindowSource, default=WindowSource.HAND)

    class Meta:
        indexes = (models.Index(fields=("person", "opens_ms"), name="window_person"),)
        constraints = (models.UniqueConstraint(fields=("person", "opens_ms"), name="window_once"),)


class Quiet(models.Model):
    """They said for how long nothing will be heard of them; the newest word counts."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="quiet")
    until_ms = InstantField()


class Route(models.Model):
    """An agreed way to tell a person outside the window. Hours are minutes of the UTC day; from > to spans midnight."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="routes")
    kind = EnumField(RouteKind)
    through = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="relays_for")
    delay_ms = DurationField()
    from_minute = models.PositiveSmallIntegerField(default=0)
    to_minute = models.PositiveSmallIntegerField(default=1440)
    exposes = EnumField(Exposes)
    rehearsed_ms = InstantField(null=True)


class Noticer(models.Model):
    """Who would see within hours that something happened to a person, and how soon the desk would hear."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True)
    noticer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    delay_ms = DurationField()


class ContactPlan(models.Model):
    """When somebody is to be in touch, again and again: windows open at `first_ms` and every `every_days` days after it.

    Another `kind` follows from `rule`, a line of cron or a recurrence rule, by the wall clock of `zone`; `every_days` is 0.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="plan")
    first_ms = InstantField()
    every_days = models.PositiveSmallIntegerField()
    length_ms = DurationField()
    grace_ms = DurationField()
    kind = EnumField(PlanKind, default=PlanKind.DAYS)
    rule = DottedField(max_length=200, default="")
    zone = DottedField(max_length=32, default="")


class AsidePlan(models.Model):
    """What a helper does when told of danger, by which route they confirm, and how many they look after."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="aside")
    aside = EnumField(StandAside)
    confirms = EnumField(RouteKind, null=True)
    adults = models.PositiveSmallIntegerField(default=0)
    children = models.PositiveSmallIntegerField(default=0)


class Speaker(models.Model):
    """Somebody who is heard of through another: one text speaks for both."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    speaker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="speaks_for")


class RadioSilence(models.Model):
    """The desk calls nobody, and judges no silence, until then; `ended_ms`: it was ended before."""

    begun_ms = InstantField()
    until_ms = InstantField()
    ended_ms = InstantField(null=True)


class Silence(models.Model):
    """A window was missed and somebody is to look after it, until it is ended with a reason; it never ends by itself.

    `stage` 0..3: at the grace, and after one, two and four times of it. `officer` looks after it since `taken_ms`;
    `again_ms`: when the next on the rota is asked; `asked`: how often that was done at this stage.
    """

    window = models.OneToOneField(Window, on_delete=models.PROTECT, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    stage = models.PositiveSmallIntegerField(default=0)
    begun_ms = InstantField()
    officer = IdField(null=True)
    taken_ms = InstantField(null=True)
    again_ms = InstantField()
    asked = models.PositiveSmallIntegerField(default=0)
    ended_ms = InstantField(null=True)
    why = EnumField(SilenceEnd, null=True)

    class Meta:
        indexes = (models.Index(fields=("ended_ms", "begun_ms"), name="silence_open"),)


class Miss(models.Model):
    """Why a missed window was missed, once that is known."""

    window = models.OneToOneField(Window, on_delete=models.PROTECT, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    cause = EnumField(MissCause)


class Outage(models.Model):
    """An area in which so many are silent at once that the cause is the area."""

    area = IdField()
    since_ms = InstantField()
    silent = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    until_ms = InstantField(null=True)


class Gateway(models.Model):
    """A machine that hands in what it hears. `key` signs it, under RING.sys; its number stands in its address."""

    channel = EnumField(Channel)
    key = SealedField()
    kept_ms = InstantField()
    dropped_ms = InstantField(null=True)


class Ear(models.Model):
    """What was last written down about a channel: the number of its gateway, 0 for the spool.

    `heard_ms`: when it began to be heard, the first time or again; `deaf_ms`: since when it has not been, null while it is.
    """

    gateway = models.BigIntegerField(primary_key=True)
    heard_ms = InstantField(null=True)
    deaf_ms = InstantField(null=True)
