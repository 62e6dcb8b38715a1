"""Whose phone is whose: numbers in one form, and each in one pocket, at the desk and in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ojakgyo.domain.facts.vocabulary import LineState
from ojakgyo.domain.intake import phones, words
from ojakgyo.domain.intake.columns import Column
from ojakgyo.domain.intake.drafts import Code, DraftLine, Known, Who
from ojakgyo.domain.intake.entries import Entry
from ojakgyo.domain.intake.roster import Roster, Somebody, firmly
from ojakgyo.domain.intake.sheets import Spot
from ojakgyo.domain.values.ids import PersonId


@dataclass(frozen=True, slots=True)
class Number:
    """One phone of a row, before it is known whose it may be."""

    entry: Entry
    place: int
    e164: str
    state: LineState


@dataclass(slots=True)
class Whose:
    """Who has a number: somebody at the desk, or an earlier row."""

    known: Known
    holders: Mapping[str, PersonId]
    before: dict[str, tuple[Who | Spot, Code | None, Spot]] = field(default_factory=dict)
    cells: dict[PersonId, Code] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes = {cell: found for found, cell in self.known.cells.items()}
        self.cells = {each.person: codes[each.cell] for each in self.known.people.values() if each.cell in codes}

    def collides(self, number: Number, who: Who | Spot, cell: Code | None) -> bool:
        """Whether a number is somebody's already; said at its place. `who`: a person, or the row of a new one."""
        spot = number.entry.spot(number.place)
        holder = self.holders.get(number.e164)
        if holder is not None:
            if who == Who(person=holder):
                number.entry.note("intake.phone_here_already", number.place)
            else:
                same = self.cells.get(holder) == cell
                number.entry.fail("intake.phone_taken" if same else "intake.phone_elsewhere", number.place)
            return True
        if number.e164 in self.before:
            other, its_cell, where = self.before[number.e164]
            if other == who:
                number.entry.note("intake.phone_twice", number.place, where)
            else:
                code_ = "intake.phone_taken" if its_cell == cell else "intake.phone_elsewhere"
                number.entry.fail(code_, number.place, where)
            return True
        self.before[number.e164] = who, cell, spot
        return False


def numbers_of(entry: Entry) -> tuple[Number, ...]:
    """The phones of a row, each in the form all the world understands."""
    of = _country(entry)
    state = LineState.ACTIVE
    if text := entry.text(Column.STATE):
        said = words.said(LineState, text)
        if said is None:
            entry.fail("intake.word_unknown", Column.STATE)
        state = said or state
    found = []
    for place, text in entry.all(Column.PHONE):
        phone = phones.read(text, of)
        if phone is None or (phone.country and not phone.likely):
            entry.fail(_why_not(text, of), place)
            continue
        if phone.country:
            entry.note(_TAKEN_AS.get(phone.country, "intake.phone_as_country"), place)
        elif not phone.likely:
            entry.note("intake.phone_doubtful", place)
        found.append(Number(entry, place, phone.e164, state))
    return tuple(found)


_TAKEN_AS = {"KR": "intake.phone_as_korean", "CN": "intake.phone_as_chinese"}


def _country(entry: Entry) -> str | None:
    """Of the row, else of the whole column."""
    if not (text := entry.text(Column.COUNTRY)):
        return entry.sheet.layout.country
    found = phones.country(text)
    if found is None:
        entry.fail("intake.country_unknown", Column.COUNTRY)
    return found


def _why_not(text: str, of: str | None) -> str:
    if phones.is_cut(text):
        return "intake.phone_cut"
    digits = sum(letter.isdigit() for letter in text)
    if of is None and 7 <= digits <= 12 and not any(letter.isalpha() for letter in text) and not text.startswith("+"):
        return "intake.phone_country"
    return "intake.phone_unreadable"


def lines_of(somebody: Somebody, numbers: Iterable[Number], whose: Whose) -> list[tuple[Somebody, Number]]:
    """The lines of a helper's own row; one that is somebody else's fails the row."""
    if somebody.entry.failed:
        return []
    who = somebody.who if somebody.known is not None else somebody.entry.spot()
    return [(somebody, number) for number in numbers if not whose.collides(number, who, somebody.cell)]


def listed_lines(numbers: Iterable[Number], roster: Roster, whose: Whose) -> list[DraftLine]:
    """Lines of a sheet of their own, each with its holder."""
    by_row = {
        each.entry.spot(): each
        for each in (*roster.by_code_name.values(), *(one for several in roster.by_name.values() for one in several))
    }
    for e164, (earlier, cell, spot) in whose.before.items():
        if isinstance(earlier, Spot) and earlier in by_row:
            whose.before[e164] = by_row[earlier].who, cell, spot
    lines = []
    for number in numbers:
        entry = number.entry
        if entry.failed:
            continue
        who = firmly(entry, Column.HOLDER, roster)
        if who is not None and not whose.collides(number, who, roster.cell(who)):
            lines.append((entry, DraftLine(entry.spot(number.place), who, number.e164, number.state)))
    return [line for entry, line in lines if not entry.failed]
