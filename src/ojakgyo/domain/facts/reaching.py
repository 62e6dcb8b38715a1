"""Being in touch: lines and what they cost, plans, silences and who looks after them, areas, gateways, and who is on call."""

from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import (
    CallReason,
    Channel,
    MissCause,
    PlanKind,
    RouteKind,
    SilenceEnd,
    WayKind,
)
from ojakgyo.domain.values.ids import AreaId, LineId, OfficerId, PersonId
from ojakgyo.domain.values.instants import Instant

# Lines ----------------------------------------------------------------------------------------------------------------


@fact("network.line_handed_on")
class LineHandedOn(Fact):
    """Somebody else has it in the pocket from now on."""

    line: LineId
    person: PersonId
    before: PersonId


@fact("network.line_charged")
class LineCharged(Fact):
    """What is on it, as far as anybody knows: until when it works, and when it is to be topped up next."""

    line: LineId
    expires: Instant | None
    topup: Instant | None


@fact("network.line_due")
class LineDue(Fact):
    """Within a week it runs out, or is to be topped up."""

    line: LineId


@fact("network.holding_forgotten")
class HoldingForgotten(Fact):
    """Who had a line a year ago is known no more."""

    line: LineId


# Plans and signs of life ----------------------------------------------------------------------------------------------


@fact("contact.pattern_agreed")
class PatternAgreed(Fact):
    """Windows follow from a pattern or an imported rule, one at a time; the first opens at `first`."""

    person: PersonId
    plan: PlanKind
    first: Instant


@fact("contact.heard_through")
class HeardThrough(Fact):
    """Somebody else's word that a person was seen or heard: it ends the waiting, and nothing is believed of it."""

    person: PersonId
    through: PersonId
    window: int | None


@fact("contact.group_agreed")
class GroupAgreed(Fact):
    """So many people are heard of through one who speaks for them; `count` with the speaker."""

    speaker: PersonId
    count: int


@fact("contact.group_counted")
class GroupCounted(Fact):
    """The speaker said how many they are: `heads` of `count`."""

    speaker: PersonId
    heads: int
    count: int


@fact("contact.radio_silence_begun")
class RadioSilenceBegun(Fact):
    """The desk calls nobody and blames nobody until then."""

    until: Instant


@fact("contact.radio_silence_ended")
class RadioSilenceEnded(Fact):
    """It was ended before its time."""


@fact("contact.route_rehearsed")
class RouteRehearsed(Fact):
    """A way to tell a person was tried, and it worked."""

    person: PersonId
    route: RouteKind


@fact("contact.call_overridden")
class CallOverridden(Fact):
    """An officer calls although the desk said no."""

    person: PersonId
    reason: CallReason


# Silences -------------------------------------------------------------------------------------------------------------


@fact("contact.silence_begun")
class SilenceBegun(Fact):
    """Grace is over and nothing was heard: somebody is to look after it. It is known by its window."""

    person: PersonId
    window: int


@fact("contact.silence_grown")
class SilenceGrown(Fact):
    """It has lasted for another stage: 1, 2 or 3."""

    person: PersonId
    window: int
    stage: int


@fact("contact.silence_taken")
class SilenceTaken(Fact):
    """An officer looks after it, at this stage."""

    person: PersonId
    window: int
    stage: int
    officer: OfficerId


@fact("contact.silence_forgotten")
class SilenceForgotten(Fact):
    """It was taken, or nobody took it, and nothing was done for half an hour: the next on the rota is asked."""

    person: PersonId
    window: int
    stage: int


@fact("contact.silence_ended")
class SilenceEnded(Fact):
    """It is over, and why."""

    person: PersonId
    window: int
    why: SilenceEnd


@fact("contact.miss_explained")
class MissExplained(Fact):
    """Why a window was missed has become known: how often somebody is only late is learned from it."""

    person: PersonId
    window: int
    cause: MissCause


@fact("contact.area_silent")
class AreaSilent(Fact):
    """So many of an area are silent at once that the cause is the area."""

    area: AreaId
    silent: int
    of: int


@fact("contact.area_heard")
class AreaHeard(Fact):
    """That area is no longer silent as a whole: somebody there was heard, or a day has passed."""

    area: AreaId


# Channels and waking --------------------------------------------------------------------------------------------------


@fact("contact.gateway_kept")
class GatewayKept(Fact):
    """A machine that hands in what it hears, and signs it."""

    gateway: int
    channel: Channel


@fact("contact.gateway_dropped")
class GatewayDropped(Fact):
    """What it hands in is taken no more."""

    gateway: int


@fact("contact.channel_deaf")
class ChannelDeaf(Fact):
    """Nothing is heard on it; silence means nothing until it is heard again. `gateway` null: the spool."""

    channel: Channel
    gateway: int | None


@fact("contact.channel_heard")
class ChannelHeard(Fact):
    """It is heard, for the first time or again."""

    channel: Channel
    gateway: int | None


@fact("alerts.on_call_set")
class OnCallSet(Fact):
    """Who is woken first, from when to when."""

    officer: OfficerId
    opens: Instant
    closes: Instant


@fact("alerts.on_call_dropped")
class OnCallDropped(Fact):
    """This turn is nobody's any more."""

    officer: OfficerId
    opens: Instant


@fact("alerts.way_kept")
class WayKept(Fact):
    """One more way to wake an officer."""

    officer: OfficerId
    way: WayKind


@fact("alerts.way_dropped")
class WayDropped(Fact):
    """This way wakes the officer no more."""

    officer: OfficerId
    way: WayKind


@fact("alerts.wake_tested")
class WakeTested(Fact):
    """A call to try whether it wakes."""

    officer: OfficerId
    way: WayKind


@fact("alerts.wake_answered")
class WakeAnswered(Fact):
    """The officer said that the test woke them."""

    officer: OfficerId
    way: WayKind


@fact("alerts.nobody_for_silence")
class NobodyForSilence(Fact):
    """Somebody was to be woken for a silence, and nobody can be."""

    person: PersonId
    window: int


@fact("alerts.silence_call_due")
class SilenceCallDue(Fact):
    """An officer is woken for a silence."""

    person: PersonId
    window: int
    officer: OfficerId
    round: int
