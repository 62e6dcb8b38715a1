"""Who is meant: code names in any spelling, real names of the same file, and everybody the desk knows already."""

import unicodedata
from dataclasses import dataclass, field

from ojakgyo.domain.intake.columns import Column
from ojakgyo.domain.intake.drafts import Code, Known, Who
from ojakgyo.domain.intake.entries import Entry
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.names.codename import candidates
from ojakgyo.domain.values.ids import PersonId


def called(name: str) -> str:
    """A real name without what differs from one list to another: case, blanks, points."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


@dataclass(slots=True, eq=False)
class Somebody:
    """A row of helpers, new or known. `new`: the place in the draft, once it is sure that the row is taken."""

    entry: Entry
    cell: Code
    code_name: CodeName | None
    name: str
    known: PersonId | None = None
    new: int | None = None

    @property
    def who(self) -> Who:
        return Who(person=self.known) if self.known is not None else Who(new=self.new)


@dataclass(frozen=True, slots=True)
class Unfound:
    """Nobody, or not one person: the code says which."""

    code: str


@dataclass(slots=True)
class Roster:
    """Everybody a row may speak of."""

    known: Known
    by_code_name: dict[CodeName, Somebody] = field(default_factory=dict)
    by_name: dict[str, list[Somebody]] = field(default_factory=dict)
    cells: dict[Who, Code] = field(default_factory=dict)
    foreign: frozenset[Who] = frozenset()
    found: dict[str, Who | Unfound] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    """Names, in either sense, of rows that are not taken."""
    failed_codes: set[CodeName] = field(default_factory=set)

    def add(self, somebody: Somebody) -> None:
        if somebody.code_name is not None:
            self.by_code_name[somebody.code_name] = somebody
        if somebody.name:
            self.by_name.setdefault(called(somebody.name), []).append(somebody)

    def close(self) -> None:
        """From here on it is settled which rows of helpers are taken."""
        codes = {cell: code for code, cell in self.known.cells.items()}
        here = {Who(person=each.person): each.cell for each in self.known.people.values()}
        self.cells = {who: codes[cell] for who, cell in here.items() if cell in codes}
        self.foreign = frozenset(who for who, cell in here.items() if cell not in self.known.held)
        for name, somebody in [*self.by_code_name.items()]:
            if somebody.entry.failed:
                self.failed_codes.add(name)
                del self.by_code_name[name]
        for named, several in [*self.by_name.items()]:
            self.by_name[named] = [each for each in several if not each.entry.failed]
            if not self.by_name[named]:
                self.failed.add(named)
        for each in (*self.by_code_name.values(), *(one for several in self.by_name.values() for one in several)):
            self.cells[each.who] = each.cell

    def who(self, text: str) -> Who | Unfound:
        """The one person a text names, of a cell that is held or new."""
        found = self.anybody(text)
        return Unfound("intake.cell_not_held") if isinstance(found, Who) and self.is_foreign(found) else found

    def anybody(self, text: str) -> Who | Unfound:
        """The one person a text names, of whatever cell; asked for the same text again, the answer is at hand."""
        if text not in self.found:
            self.found[text] = self._who(text)
        return self.found[text]

    def is_foreign(self, who: Who) -> bool:
        """Whether the importer does not hold the key of somebody's cell."""
        return who in self.foreign

    def cell(self, who: Who) -> Code | None:
        """The cell of somebody new, or of a cell that is known."""
        return self.cells.get(who)

    def side(self, who: Who) -> str:
        """N or C: on which side of the border somebody's cell works."""
        cell = self.cells.get(who)
        return cell.side if cell else "N"

    def _who(self, text: str) -> Who | Unfound:
        meant = candidates(text)
        here = {somebody.who for name in meant if (somebody := self.by_code_name.get(name))}
        there = [self.known.people[name] for name in meant if name in self.known.people]
        people = here | {Who(person=each.person) for each in there if not each.forgotten}
        named = called(text)
        people |= {each.who for each in self.by_name.get(named, ())}
        people |= {Who(person=person) for person in self.known.names.get(named, ())}
        if len(people) > 1:
            return Unfound("intake.who_unclear")
        if not people:
            failed = named in self.failed or any(name in self.failed_codes for name in meant)
            return Unfound("intake.who_left_out" if failed else "intake.who_unknown")
        return next(iter(people))


def softly(entry: Entry, column: Column, roster: Roster) -> Who | None:
    """Somebody a row names besides; where that is nobody, it is said, and the row is taken all the same."""
    if not (text := entry.text(column)):
        return None
    found = roster.who(text)
    if isinstance(found, Unfound):
        entry.note(found.code, column)
        return None
    return found


def firmly(entry: Entry, column: Column, roster: Roster) -> Who | None:
    """Somebody a row cannot do without."""
    if not (text := entry.text(column)):
        entry.fail("intake.value_missing", column)
        return None
    found = roster.who(text)
    if isinstance(found, Unfound):
        entry.fail(found.code, column)
        return None
    return found
