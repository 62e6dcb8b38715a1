"""Short words for the closed lists of the domain, translatable (context "word"). Sentences live in templates.

Kept list by list: members of two lists may be equal as text (`Answer.CONFIRMED == CloseReason.CONFIRMED`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy

from ojakgyo.domain.checkins.sureness import Sureness
from ojakgyo.domain.checkins.zones import Zone
from ojakgyo.domain.errors import REGISTRY
from ojakgyo.domain.exposure.planned import PlannedAct
from ojakgyo.domain.facts import (
    Answer,
    CallOutcome,
    CallReason,
    Channel,
    CloseReason,
    Credibility,
    DeskWord,
    Exposes,
    LineState,
    LinkKind,
    MissCause,
    PrintForm,
    Reliability,
    ReportKind,
    RevealReason,
    RouteKind,
    StandAside,
    WayKind,
)
from ojakgyo.domain.intake.columns import Column, DateOrder, SheetKind
from ojakgyo.domain.intake.drafts import Severity
from ojakgyo.domain.intake.staying import Why
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
    Zone: {
        Zone.SEOUL: pgettext_lazy("word", "Seoul"),
        Zone.PYONGYANG: pgettext_lazy("word", "Pyongyang"),
        Zone.SHANGHAI: pgettext_lazy("word", "Beijing"),
    },
    Sureness: {
        Sureness.A: pgettext_lazy("word", "A: a code of their card"),
        Sureness.B: pgettext_lazy("word", "B: a private question, or counted in a group"),
        Sureness.C: pgettext_lazy("word", "C: a voice or text that shows nothing, or who speaks for them"),
        Sureness.D: pgettext_lazy("word", "D: somebody else's word"),
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
        Channel.PROGRAM: pgettext_lazy("word", "through a program"),
        Channel.ANDROID: pgettext_lazy("word", "text message, by a phone"),
        Channel.SIGNED: pgettext_lazy("word", "text message, by a gateway"),
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
    PlannedAct: {
        PlannedAct.MEETING: pgettext_lazy("word", "they meet"),
        PlannedAct.CALL: pgettext_lazy("word", "a call to the other"),
        PlannedAct.CALLED_BY: pgettext_lazy("word", "a call from the other"),
        PlannedAct.STAY: pgettext_lazy("word", "they stay in one house"),
        PlannedAct.HANDOVER: pgettext_lazy("word", "a handover between them"),
        PlannedAct.PAYMENT: pgettext_lazy("word", "a payment between them"),
    },
    RouteKind: {
        RouteKind.RELAY: pgettext_lazy("word", "relay"),
        RouteKind.NEIGHBOUR: pgettext_lazy("word", "neighbour in the cell"),
        RouteKind.AGREED_LINE: pgettext_lazy("word", "agreed line"),
    },
    Exposes: {
        Exposes.NOTHING_NEW: pgettext_lazy("word", "nothing new"),
        Exposes.THE_RELAY: pgettext_lazy("word", "who carries the words"),
        Exposes.THE_LINE: pgettext_lazy("word", "the line that is used"),
        Exposes.A_MEETING: pgettext_lazy("word", "a meeting"),
    },
    StandAside: {
        StandAside.LIE_LOW: pgettext_lazy("word", "lies low"),
        StandAside.LEAVE: pgettext_lazy("word", "leaves the place"),
        StandAside.PASS_THE_PARTY_ON: pgettext_lazy("word", "passes the party on"),
        StandAside.DESTROY_THE_CARD: pgettext_lazy("word", "destroys the card"),
    },
    Answer: {
        Answer.CONFIRMED: pgettext_lazy("word", "confirmed"),
        Answer.SENT: pgettext_lazy("word", "sent, not confirmed"),
        Answer.UNREACHABLE: pgettext_lazy("word", "could not reach"),
    },
    CallReason: {
        CallReason.LIFE_AT_STAKE: pgettext_lazy("word", "a life is at stake"),
        CallReason.THEY_ASKED: pgettext_lazy("word", "they asked for it by another way"),
        CallReason.OTHER_LINE: pgettext_lazy("word", "it is another phone of theirs"),
    },
    CallOutcome: {
        CallOutcome.REACHED: pgettext_lazy("word", "reached"),
        CallOutcome.NO_ANSWER: pgettext_lazy("word", "no answer"),
        CallOutcome.DEAD_LINE: pgettext_lazy("word", "dead line"),
    },
    DeskWord: {
        DeskWord.NOTED: pgettext_lazy("word", "noted"),
        DeskWord.LIE_LOW: pgettext_lazy("word", "lie low"),
        DeskWord.DO_NOT_COME: pgettext_lazy("word", "do not come"),
    },
    PrintForm: {
        PrintForm.CARD: pgettext_lazy("word", "cards, ten on a sheet"),
        PrintForm.COPYING: pgettext_lazy("word", "large, to be copied by hand"),
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
    SheetKind: {
        SheetKind.HELPERS: pgettext_lazy("word", "helpers"),
        SheetKind.LINES: pgettext_lazy("word", "phones"),
        SheetKind.CELLS: pgettext_lazy("word", "cells"),
        SheetKind.LINKS: pgettext_lazy("word", "who met whom"),
        SheetKind.PLANS: pgettext_lazy("word", "contact plans"),
        SheetKind.ROUTES: pgettext_lazy("word", "warning routes"),
    },
    Column: {
        Column.CODE_NAME: pgettext_lazy("word", "code name"),
        Column.NAME: pgettext_lazy("word", "name"),
        Column.ALIASES: pgettext_lazy("word", "other names"),
        Column.NOTE: pgettext_lazy("word", "note"),
        Column.CELL: pgettext_lazy("word", "cell"),
        Column.AREA: pgettext_lazy("word", "area"),
        Column.LEAD: pgettext_lazy("word", "leads"),
        Column.DEPUTY: pgettext_lazy("word", "stands in"),
        Column.PHONE: pgettext_lazy("word", "phone number"),
        Column.COUNTRY: pgettext_lazy("word", "country of the number"),
        Column.STATE: pgettext_lazy("word", "state of the phone"),
        Column.HOLDER: pgettext_lazy("word", "whose phone"),
        Column.NOTICER: pgettext_lazy("word", "noticer"),
        Column.NOTICER_DELAY: pgettext_lazy("word", "how soon the desk would hear"),
        Column.ASIDE: pgettext_lazy("word", "when told of danger"),
        Column.ADULTS: pgettext_lazy("word", "adults looked after"),
        Column.CHILDREN: pgettext_lazy("word", "children looked after"),
        Column.WHO: pgettext_lazy("word", "who"),
        Column.WHOM: pgettext_lazy("word", "whom"),
        Column.HOW: pgettext_lazy("word", "how"),
        Column.WHEN: pgettext_lazy("word", "when"),
        Column.UNTIL: pgettext_lazy("word", "until"),
        Column.TIMES: pgettext_lazy("word", "how often"),
        Column.FIRST: pgettext_lazy("word", "first day"),
        Column.HOUR: pgettext_lazy("word", "hour"),
        Column.EVERY: pgettext_lazy("word", "every so many days"),
        Column.LENGTH: pgettext_lazy("word", "length of the window"),
        Column.GRACE: pgettext_lazy("word", "grace"),
        Column.THROUGH: pgettext_lazy("word", "through whom"),
        Column.DELAY: pgettext_lazy("word", "how long it takes"),
        Column.FROM_HOUR: pgettext_lazy("word", "from which hour"),
        Column.TO_HOUR: pgettext_lazy("word", "until which hour"),
        Column.EXPOSES: pgettext_lazy("word", "what it gives away"),
        Column.REHEARSED: pgettext_lazy("word", "last rehearsed"),
    },
    DateOrder: {
        DateOrder.YEAR_FIRST: pgettext_lazy("word", "year, month, day"),
        DateOrder.DAY_FIRST: pgettext_lazy("word", "day, month, year"),
        DateOrder.MONTH_FIRST: pgettext_lazy("word", "month, day, year"),
    },
    Severity: {
        Severity.ERROR: pgettext_lazy("word", "to be corrected"),
        Severity.LEFT_OUT: pgettext_lazy("word", "not taken"),
        Severity.NOTICE: pgettext_lazy("word", "taken; look at it"),
    },
    Why: {
        Why.IN_TOUCH: pgettext_lazy("word", "has been in touch"),
        Why.CALLED: pgettext_lazy("word", "was called"),
        Why.CARD: pgettext_lazy("word", "has a card"),
        Why.WARNING: pgettext_lazy("word", "there is a warning"),
        Why.REPORT: pgettext_lazy("word", "there is a report"),
        Why.NOTED: pgettext_lazy("word", "something was noted since"),
        Why.NAME: pgettext_lazy("word", "the name was kept or shown"),
        Why.AGREED: pgettext_lazy("word", "something was agreed since"),
        Why.LINKED: pgettext_lazy("word", "is linked to others since"),
        Why.ANOTHER_LINE: pgettext_lazy("word", "got another phone"),
        Why.HOLDER_STAYS: pgettext_lazy("word", "whose phone it is stays"),
        Why.MEMBERS_STAY: pgettext_lazy("word", "somebody is in it"),
        Why.KEYS: pgettext_lazy("word", "its key was given to others"),
        Why.IN_USE: pgettext_lazy("word", "is used elsewhere"),
        Why.CHANGED: pgettext_lazy("word", "was changed since"),
    },
    MissCause: {
        MissCause.BATTERY: pgettext_lazy("miss", "an empty battery"),
        MissCause.NO_NETWORK: pgettext_lazy("miss", "no network"),
        MissCause.NO_MONEY: pgettext_lazy("miss", "nothing left on the phone"),
        MissCause.ON_THE_WAY: pgettext_lazy("miss", "on the way"),
        MissCause.WATCHED: pgettext_lazy("miss", "kept still, somebody looked on"),
        MissCause.FORGOTTEN: pgettext_lazy("miss", "forgotten"),
        MissCause.TAKEN: pgettext_lazy("miss", "they were taken"),
    },
    WayKind: {
        WayKind.PAGE: pgettext_lazy("word", "the open page"),
        WayKind.MAIL: pgettext_lazy("word", "e-mail"),
        WayKind.WEBHOOK: pgettext_lazy("word", "webhook"),
        WayKind.APPRISE: pgettext_lazy("word", "message service"),
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
