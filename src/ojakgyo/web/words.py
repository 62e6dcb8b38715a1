"""Short words for the closed lists of the domain, translatable (context "word"). Sentences live in templates.

Kept list by list: members of two lists may be equal as text (`Answer.CONFIRMED == CloseReason.CONFIRMED`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy

from ojakgyo.domain.errors import REGISTRY
from ojakgyo.domain.facts import (
    Answer,
    Channel,
    CloseReason,
    Credibility,
    LineState,
    LinkKind,
    Reliability,
    ReportKind,
    RevealReason,
    RouteKind,
)
from ojakgyo.domain.values.roles import OfficerRole, PersonRole

WORDS: Final[Mapping[type[StrEnum], Mapping[str, Promise]]] = {
    OfficerRole: {
        OfficerRole.COORDINATOR: pgettext_lazy("word", "coordinator"),
        OfficerRole.SAFETY: pgettext_lazy("word", "safety"),
        OfficerRole.TREASURER: pgettext_lazy("word", "treasurer"),
        OfficerRole.PROTECTION: pgettext_lazy("word", "protection"),
        OfficerRole.AUDITOR: pgettext_lazy("word", "auditor"),
        OfficerRole.OPENER: pgettext_lazy("word", "opener"),
    },
    PersonRole: {
        PersonRole.HELPER: pgettext_lazy("word", "helper"),
        PersonRole.TRAVELLER: pgettext_lazy("word", "traveller"),
        PersonRole.ENQUIRER: pgettext_lazy("word", "enquirer"),
    },
    RevealReason: {
        RevealReason.CALL: pgettext_lazy("word", "to call them"),
        RevealReason.HANDOVER: pgettext_lazy("word", "for a handover"),
        RevealReason.DANGER: pgettext_lazy("word", "they are in danger"),
        RevealReason.PAPERS: pgettext_lazy("word", "for papers or a doctor"),
        RevealReason.CORRECTION: pgettext_lazy("word", "to correct what is kept"),
    },
    LineState: {
        LineState.ACTIVE: pgettext_lazy("word", "in use"),
        LineState.BURNT: pgettext_lazy("word", "burnt"),
        LineState.SEIZED: pgettext_lazy("word", "in other hands"),
        LineState.QUIET: pgettext_lazy("word", "quiet"),
    },
    Channel: {
        Channel.SPOOL: pgettext_lazy("word", "text message"),
        Channel.TYPED: pgettext_lazy("word", "typed"),
    },
    LinkKind: {
        LinkKind.MET: pgettext_lazy("word", "met"),
        LinkKind.CALLED: pgettext_lazy("word", "call"),
        LinkKind.HOUSED: pgettext_lazy("word", "same house"),
        LinkKind.PAID: pgettext_lazy("word", "stipend"),
        LinkKind.HANDED_OVER: pgettext_lazy("word", "handover"),
        LinkKind.CARRIES: pgettext_lazy("word", "own phone"),
        LinkKind.HELD_THE_KEY: pgettext_lazy("word", "held the cell’s key"),
    },
    RouteKind: {
        RouteKind.RELAY: pgettext_lazy("word", "relay"),
        RouteKind.NEIGHBOUR: pgettext_lazy("word", "neighbour in the cell"),
        RouteKind.AGREED_LINE: pgettext_lazy("word", "agreed line"),
    },
    Answer: {
        Answer.CONFIRMED: pgettext_lazy("word", "confirmed"),
        Answer.SENT: pgettext_lazy("word", "sent, not confirmed"),
        Answer.UNREACHABLE: pgettext_lazy("word", "could not reach"),
    },
    CloseReason: {
        CloseReason.CONFIRMED: pgettext_lazy("word", "confirmed by somebody reliable"),
        CloseReason.WRONG_SIGNAL: pgettext_lazy("word", "the signal was wrong"),
        CloseReason.NO_LINK: pgettext_lazy("word", "they do not know each other"),
        CloseReason.DUPLICATE: pgettext_lazy("word", "joined to another warning"),
        CloseReason.OTHER_CAUSE: pgettext_lazy("word", "another cause was found"),
    },
    ReportKind: {
        ReportKind.STRANGERS_AT_THE_HOUSE: pgettext_lazy("word", "strangers at the house"),
        ReportKind.TAKEN_AWAY: pgettext_lazy("word", "taken away"),
        ReportKind.SEEN_WELL: pgettext_lazy("word", "seen, all well"),
    },
    Reliability: {
        Reliability.USUAL: pgettext_lazy("word", "usual"),
        Reliability.GOOD: pgettext_lazy("word", "good"),
        Reliability.POOR: pgettext_lazy("word", "poor"),
        Reliability.UNKNOWN: pgettext_lazy("word", "unknown"),
    },
    Credibility: {
        Credibility.UNCONFIRMED: pgettext_lazy("word", "unconfirmed"),
        Credibility.CONFIRMED: pgettext_lazy("word", "borne out by others"),
        Credibility.DOUBTFUL: pgettext_lazy("word", "doubtful"),
    },
}
COUNTS: Final = (
    pgettext_lazy("count", "one"),
    pgettext_lazy("count", "two"),
    pgettext_lazy("count", "three"),
    pgettext_lazy("count", "four"),
    pgettext_lazy("count", "five"),
    pgettext_lazy("count", "six"),
    pgettext_lazy("count", "seven"),
    pgettext_lazy("count", "eight"),
    pgettext_lazy("count", "nine"),
    pgettext_lazy("count", "ten"),
)
ODDS: Final = (
    (0.03, pgettext_lazy("odds", "in fewer than one case out of thirty")),
    (0.075, pgettext_lazy("odds", "in one case out of twenty")),
    (0.15, pgettext_lazy("odds", "in one case out of ten")),
    (0.225, pgettext_lazy("odds", "in one case out of five")),
    (0.29, pgettext_lazy("odds", "in one case out of four")),
    (0.42, pgettext_lazy("odds", "in one case out of three")),
    (0.58, pgettext_lazy("odds", "in every second case")),
    (0.71, pgettext_lazy("odds", "in two cases out of three")),
    (0.78, pgettext_lazy("odds", "in three cases out of four")),
    (0.85, pgettext_lazy("odds", "in four cases out of five")),
    (0.95, pgettext_lazy("odds", "in nine cases out of ten")),
    (1.01, pgettext_lazy("odds", "in nearly every case")),
)


def word(member: StrEnum) -> str:
    return str(WORDS[type(member)][member])


def choices(kind: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    """(value, word) of every member, in the order of the list."""
    return tuple((member.value, word(member)) for member in kind)


def counted(number: int) -> str:
    """One to ten in words, the rest in digits."""
    return str(COUNTS[number - 1]) if 1 <= number <= len(COUNTS) else str(number)


def odds(chance: float) -> str:
    """A chance in cases: percentages never stand alone."""
    return str(next(words for bound, words in ODDS if chance < bound))


def percent(chance: float) -> str:
    """Whole percents; a model is never certain, so 0 and 100 are said as bounds."""
    if 0 < chance < 0.01:
        return pgettext("odds", "under 1 %")
    if chance > 0.99:
        return pgettext("odds", "over 99 %")
    return f"{round(chance * 100)}%"


def sentence(code: str) -> str:
    """What happened, for an error code of the registry."""
    return pgettext("error", REGISTRY[code].sentence)


def advice(code: str) -> str:
    """What to do about it."""
    return pgettext("error", REGISTRY[code].advice)


def code_name(name: object) -> str:
    """Hangul in Korean, romanised elsewhere; never translated."""
    return str(getattr(name, "ko" if (get_language() or "en").startswith("ko") else "en"))
