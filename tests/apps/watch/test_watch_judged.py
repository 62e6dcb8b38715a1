"""What an officer judged by closing a warning, and what nobody had looked at yet."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world import duress

from ojakgyo.apps.network.actions import record_line, record_link
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.domain.facts import CloseReason, LinkKind, ReportKind
from ojakgyo.domain.values.instants import DAY_MS, Instant


def close(night, about):
    actions.close_warning(night.desk("Haneul"), warning=night.id_of(about), reason=CloseReason.NO_LINK)
    night.settle()


def links(night, knower, known, kind=LinkKind.HOUSED):
    day = Instant(night.now - DAY_MS)
    ends = {"knower": night.person(knower), "known": night.person(known)}
    record_link(night.desk("Haneul"), kind=kind, mutual=True, first=day, last=day, **ends)
    night.settle()


def test_an_older_sign_that_comes_by_a_new_link_raises_it_again(night):
    """The officer closed what came from Galmae-3, and had not seen that Seori-5 knows Durumi too."""
    night.is_told("Seori-5", ReportKind.TAKEN_AWAY)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")

    links(night, "Seori-5", "Durumi")

    again = night.warning("Durumi")
    assert (again.episode, again.state) == (2, WarningState.OPEN)


def test_a_new_link_to_the_same_source_raises_it_again(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    links(night, "Galmae-3", "Durumi", LinkKind.HANDED_OVER)
    assert night.warned() == ["Durumi"]


def test_a_new_link_elsewhere_does_not_raise_what_was_judged(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    links(night, "Seori-5", "Noeul")
    record_line(night.desk("Haneul"), holder=night.person("Noeul"), number="+8610090123456")
    night.settle()
    assert night.warned() == []


def test_a_source_that_grows_among_the_judged_ones_is_still_judged(night):
    """Both were on the page's paths when it was closed; that one of them is calmed makes the other no news."""
    links(night, "Seori-5", "Durumi")
    night.is_told("Seori-5", ReportKind.TAKEN_AWAY)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    night.is_told("Galmae-3", ReportKind.SEEN_WELL)
    assert night.warned() == []


def test_the_second_closing_judges_what_the_first_had_not(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    links(night, "Galmae-3", "Durumi", LinkKind.HANDED_OVER)
    close(night, "Durumi")
    links(night, "Seori-5", "Noeul")
    assert night.warned() == []


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.integers(1, 200))
def test_nothing_that_was_judged_stands_again_by_time_and_the_texts_of_others(night, hours):
    if not Warning.objects.exists():
        night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
        close(night, "Durumi")
    night.goes_on(hours=hours / 10)
    night.hears("Haebaragi", "danger")
    assert "Durumi" not in night.warned()


def test_a_new_link_behind_the_subject_or_beside_the_way_is_no_way_to_the_subject(night):
    """The danger would have to come by Durumi, or by Galmae-3, twice."""
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    links(night, "Durumi", "Noeul")
    links(night, "Noeul", "Seori-5")
    links(night, "Galmae-3", "Haebaragi")
    assert "Durumi" not in night.warned()
    night.hears("Galmae-3", duress)
    assert "Durumi" in night.warned()
