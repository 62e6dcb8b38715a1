"""Signals and warnings. What is believed and how the danger travels is computed anew, never stored."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import EnumField, IdField, InstantField
from ojakgyo.apps.people.models import Person
from ojakgyo.domain.facts import (
    Answer,
    CloseReason,
    Credibility,
    Meaning,
    ReadingResult,
    Reliability,
    ReportKind,
    RouteKind,
    SignalKind,
)


class Signal(models.Model):
    """One piece of evidence about a person, keyed on the fact it comes from.

    `since_ms`: from when on a report's sight was seen. `expires_ms`: from then on a report weighs nothing. `window_ms` is an
    edge of its window: where it opened, for a reading; where it closed, for one that was missed. `silence_ratio` is what that
    silence weighed, in hundredths of a likelihood ratio, given the person's own ways and the others of their area.
    """

    because = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = EnumField(SignalKind)
    result = EnumField(ReadingResult, null=True)
    meaning = EnumField(Meaning, null=True)
    report = EnumField(ReportKind, null=True)
    reliability = EnumField(Reliability, null=True)
    credibility = EnumField(Credibility, null=True)
    source = IdField(null=True)
    heard_ms = InstantField()
    since_ms = InstantField(null=True)
    expires_ms = InstantField(null=True)
    window = IdField(null=True)
    window_ms = InstantField(null=True)
    silence_ratio = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("person", "heard_ms"), name="signal_person"),)


class WarningState(StrEnum):
    OPEN = "open"
    OWNED = "owned"
    WARNED = "warned"
    UNREACHABLE = "unreachable"
    CLOSED = "closed"
    TOO_LATE = "too_late"


class Warning(models.Model):
    """Somebody to be warned until an instant. Never deleted; a new danger after closing is a new episode.

    `seq` is the fact of its last change, `because` the fact its deadline rests on. `red_ms`: since when it is red and asks
    for somebody; anew, where it asks again. `told_until_ms`: the deadline as it was
    when the subject was told. `closed_seq`: the newest sign that could be judged by closing it.
    """

    id = IdField.primary()
    subject = models.ForeignKey(Person, on_delete=models.PROTECT)
    episode = models.PositiveSmallIntegerField()
    state = EnumField(WarningState, default=WarningState.OPEN)
    deadline_ms = InstantField()
    owner = IdField(null=True)
    duress = models.BooleanField(default=False)
    shown = models.BooleanField(default=False)
    acknowledged = models.BooleanField(default=False)
    red_ms = InstantField(null=True)
    route = EnumField(RouteKind, null=True)
    answer = EnumField(Answer, null=True)
    told_ms = InstantField(null=True)
    told_by = IdField(null=True)
    told_until_ms = InstantField(null=True)
    reason = EnumField(CloseReason, null=True)
    because = models.BigIntegerField()
    seq = models.BigIntegerField()
    closed_seq = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subject", "episode"), name="warning_episode"),)
