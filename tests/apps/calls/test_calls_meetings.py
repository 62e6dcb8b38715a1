"""Who met whom, or stayed in one house: links follow, imprecise days stay imprecise, and each is forgotten in its time."""

import pytest
from test_calls_may_i import Visitor

from ojakgyo.apps.calls.actions import record_call, record_meeting, record_stay
from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.apps.network.models import Area, Link, Place
from ojakgyo.apps.network.queries import met_since
from ojakgyo.apps.watch.queries import met_lists
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import CallOutcome, Credibility, LinkKind, LinkSource, Reliability, ReportKind
from ojakgyo.domain.values import ids, instants
from ojakgyo.domain.values.ids import AreaId
from ojakgyo.domain.values.instants import DAY_MS, Instant

SURE = {"reliability": Reliability.GOOD, "credibility": Credibility.CONFIRMED}
"""An ordinary word reaches over one meeting about as often as the watch wants for a warning, whatever the luck."""


def people(night, *names):
    return tuple(night.person(name) for name in names)


def area(code):
    return AreaId(Area.objects.get(north=code[0] == "N", number=int(code[1:])).pk)


def forgotten_after(link):
    due = Due.objects.get(key=f"network.forget_link:{link.pk}", state=DueState.WAITING)
    return round((due.due_ms - link.last_ms) / DAY_MS)


def meet(night, *names, days_ago=3, **more):
    day = Instant(night.now - days_ago * DAY_MS)
    record_meeting(night.desk("Haneul"), people=people(night, *names), first=day, last=day, **more)


@pytest.fixture
def before(night):
    """The links that stood at the start."""
    return frozenset(Link.objects.values_list("pk", flat=True))


def new(before):
    return Link.objects.exclude(pk__in=before).order_by("pk")


def test_everybody_who_met_knows_everybody_from_then_on(night, before):
    meet(night, "Beodeul", "Noeul", "Durumi", area=area("C2"))
    links = new(before)
    assert [(link.kind, link.mutual, link.source) for link in links] == 3 * [(LinkKind.MET, True, LinkSource.TYPED)]
    assert {frozenset((link.knower, link.known)) for link in links} == {
        frozenset(people(night, *pair)) for pair in (("Beodeul", "Noeul"), ("Beodeul", "Durumi"), ("Noeul", "Durumi"))
    }
    assert set(people(night, "Beodeul", "Durumi")) <= set(met_since(night.person("Noeul"), Instant(0)))


@pytest.mark.parametrize(
    ("names", "where", "days"),
    [
        (("Beodeul", "Noeul"), "N2", 90),
        (("Beodeul", "Noeul"), "C1", 365),
        (("Beodeul", "Noeul"), None, 90),
        (("Beodeul", "Durumi"), None, 365),
        (("Durumi", "Haebaragi"), "N3", 90),
    ],
)
def test_a_meeting_inside_the_north_is_forgotten_after_ninety_days_others_after_twelve_months(
    night, before, names, where, days
):
    meet(night, *names, area=area(where) if where else None)
    (link,) = new(before)
    assert forgotten_after(link) == days
    night.clock.at(link.last_ms + days * DAY_MS)
    night.settle()
    assert not Link.objects.filter(pk=link.pk).exists()


def test_a_stay_is_kept_twelve_months_in_the_north_too_and_joins_all_who_stayed_there(night, before):
    day = Instant(night.now - DAY_MS)
    record_stay(night.desk("Haneul"), people=people(night, "Beodeul"), first=day, last=day, area=area("N2"))
    (link,) = new(before)
    assert (link.kind, link.area, forgotten_after(link)) == (LinkKind.HOUSED, area("N2"), 365)
    record_stay(night.desk("Haneul"), people=people(night, "Yeoul"), first=day, last=day, house=link.known)
    assert Place.objects.count() == 2
    assert night.person("Yeoul") in met_since(night.person("Beodeul"), Instant(0))


def test_an_imprecise_day_stays_imprecise_and_counts_as_the_last_it_can_have_been(night, before):
    first, last = instants.parse("2026-10-01T00:00:00+09:00"), instants.parse("2026-10-31T23:59:59+09:00")
    record_meeting(
        night.desk("Haneul"), people=people(night, "Beodeul", "Noeul"), first=first, last=last, imprecise=True
    )
    (link,) = new(before)
    assert (link.first_ms, link.last_ms, link.imprecise, link.times) == (first, last, True, 1)
    assert forgotten_after(link) == 90


def test_a_meeting_that_is_written_down_warns_who_was_there(night):
    night.is_told("Seori-5", ReportKind.TAKEN_AWAY, **SURE)
    assert "Durumi" not in night.warned()
    meet(night, "Seori-5", "Durumi", area=area("C2"))
    night.settle()
    assert "Durumi" in night.warned()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"people": ("Beodeul",)}, "calls.two_wanted"),
        ({"people": ("Beodeul", "Beodeul")}, "calls.two_wanted"),
        ({"first": 1, "last": 3}, "calls.dates_backwards"),
        ({"first": -2, "last": -3}, "calls.date_ahead"),
        ({"first": 400, "last": 400}, "calls.too_long_ago"),
        ({"first": 91, "last": 91}, "calls.too_long_ago"),
    ],
)
def test_what_cannot_have_been_is_refused_and_nothing_is_written(night, before, said, code):
    given = {"people": ("Beodeul", "Noeul"), "first": 3, "last": 3, **said}
    with pytest.raises(Refused) as refused:
        record_meeting(
            night.desk("Haneul"),
            people=people(night, *given["people"]),
            first=Instant(night.now - given["first"] * DAY_MS),
            last=Instant(night.now - given["last"] * DAY_MS),
        )
    assert refused.value.code == code
    assert not new(before).exists()


def test_who_holds_none_of_their_cells_writes_nothing_down(night):
    """Narae holds C-1 and C-2."""
    day = Instant(night.now - DAY_MS)
    with pytest.raises(NotHeld):
        record_meeting(night.desk("Narae"), people=people(night, "Beodeul", "Noeul"), first=day, last=day)
    record_meeting(night.desk("Narae"), people=people(night, "Beodeul", "Durumi"), first=day, last=day)
    with pytest.raises(NotHeld):  # a house she knows nobody of
        house = Place.objects.get()
        record_stay(night.desk("Narae"), people=people(night, "Durumi"), first=day, last=day, house=house.pk)


def test_the_page_takes_it_as_it_is_typed_and_takes_it_back_for_ten_seconds(night, before):
    haneul = Visitor(night, "Haneul")
    night.goes_on(minutes=1)
    typed = {"people": "버들, noeul,ㄷㄹㅁ", "kind": "met", "first": "2026-11-20", "area": ids.text("a", area("C2"))}
    kept = haneul.post("/calls/meeting/", typed)
    assert kept.status_code == 302
    links = new(before)
    assert links.count() == 3
    assert {instants.rfc3339(link.first_ms) for link in links} == {"2026-11-19T15:00:00Z"}
    assert {instants.rfc3339(link.last_ms) for link in links} == {"2026-11-20T14:59:59Z"}
    offered = haneul.get(kept["Location"]).content.decode()
    undo = f"/calls/meeting/undo/{kept['Location'].partition('=')[2]}/"
    assert f'action="{undo}"' in offered
    assert Visitor(night, "Boram").post(undo).status_code == 409
    assert haneul.post(undo).status_code == 302
    assert not new(before).exists()
    assert Link.objects.count() == len(before)
    night.goes_on(minutes=1)
    again = haneul.post("/calls/meeting/", {**typed, "kind": "housed"})
    night.goes_on(minutes=0.2)
    assert haneul.post(f"/calls/meeting/undo/{again['Location'].partition('=')[2]}/").status_code == 409
    assert new(before).count() == 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"people": "Beodeul, Nobody"}, "Nobody has this code name."),
        ({"people": "Beodeul"}, "A meeting needs two people at least."),
        ({"first": "yesterday"}, "Something is missing here."),
        ({"first": "2026-11-25"}, "This day has not come yet."),
        ({"last": "2026-11-01"}, "The last day is before the first."),
        ({"kind": "housed"}, "The area of a new house is missing."),
    ],
)
def test_a_wrong_field_is_named_and_what_was_typed_stays(night, before, wrong, sentence):
    typed = {"people": "Beodeul, Noeul", "kind": "met", "first": "2026-11-20", **wrong}
    shown = Visitor(night, "Haneul").post("/calls/meeting/", typed)
    assert shown.status_code == 422
    html = shown.content.decode()
    assert sentence in html
    assert f'value="{typed["people"]}"' in html
    assert not new(before).exists()


def test_an_imprecise_day_is_said_as_one_wherever_it_is_shown(night):
    day = Instant(night.now - 2 * DAY_MS)
    record_meeting(
        night.desk("Haneul"),
        people=people(night, "Beodeul", "Durumi"),
        first=day,
        last=Instant(day + DAY_MS),
        imprecise=True,
    )
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY, **SURE)
    (durumi,) = [
        line for each in met_lists(night.desk("Haneul")) for line in each.lines if line.code_name.en == "Durumi"
    ]
    assert durumi.imprecise
    assert "met, then or before" in " ".join(Visitor(night, "Haneul").get("/now/").content.decode().split())
    (step,) = [each for each in night.line("Durumi").reason.why.path if each.link is LinkKind.MET]
    assert step.imprecise


def test_an_undo_takes_back_only_what_was_typed_and_says_so_where_that_is_nothing(night, before):
    """Not a call, not what a file brought, and not twice."""
    haneul, desk = Visitor(night, "Haneul"), night.desk("Haneul")
    day = Instant(night.now - DAY_MS)
    called = record_call(desk, person=night.person("Beodeul"), outcome=CallOutcome.REACHED)
    assert haneul.post(f"/calls/meeting/undo/{called}/").status_code == 409
    typed = record_meeting(desk, people=people(night, "Beodeul", "Noeul"), first=day, last=day)
    new(before).update(source=LinkSource.IMPORTED, batch=night.person("Beodeul"))
    assert haneul.post(f"/calls/meeting/undo/{typed}/").status_code == 409
    assert new(before).count() == 1
    new(before).update(source=LinkSource.TYPED, batch=None)
    assert haneul.post(f"/calls/meeting/undo/{typed}/").status_code == 302
    assert haneul.post(f"/calls/meeting/undo/{typed}/").status_code == 409
