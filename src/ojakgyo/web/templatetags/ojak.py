"""What templates may say: icons, names, ids, times, words, pictures."""

from typing import Any

from django import template
from django.template import Context
from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from ojakgyo.domain.values import ids, instants
from ojakgyo.web import clocks, deeds, icons, statics, words
from ojakgyo.web.pictures import chain, decibans, hours, lane, rings, risk, span

register = template.Library()

register.simple_tag(icons.icon)
register.simple_tag(statics.address, name="asset")
register.simple_tag(chain.arrow)
register.filter("codename", words.code_name)
register.filter("word", words.word)
register.filter("deed", deeds.deed)
register.filter("fact_area", deeds.area)
register.filter("counted", words.counted)
register.filter("odds", words.odds)
register.filter("percent", words.percent)
register.filter("sentence", words.sentence)
register.filter("advice", words.advice)
register.filter("clock", clocks.clock)
register.filter("clock_date", clocks.clock_date)
register.filter("day", clocks.day)
register.filter("dated", clocks.dated)
register.filter("duration", clocks.span)
register.filter("rfc3339", instants.rfc3339)


@register.filter
def written_id(number: int, letter: str) -> str:
    """`{{ line.subject|written_id:"p" }}`"""
    return ids.text(letter, number)


@register.filter
def decibel(value: float) -> str:
    """A signed whole number with a real minus: −20, +14."""
    return f"{round(value):+d}".replace("-", "\u2212") if round(value) else "0"


@register.simple_tag(takes_context=True)
def moment(context: Context, instant: int) -> str:
    """The clock, with its date where it is needed."""
    return clocks.moment(instant, context["now"])


@register.simple_tag(takes_context=True)
def lately(context: Context, instant: int) -> str:
    """The clock alone within the last day."""
    return clocks.lately(instant, context["now"])


@register.simple_tag(takes_context=True)
def span_left(context: Context, until: int) -> str:
    return clocks.span(until - context["now"])


@register.simple_tag(takes_context=True)
def span_since(context: Context, since: int) -> str:
    return clocks.span(context["now"] - since)


@register.simple_tag
def choices(name: str) -> tuple[tuple[str, str], ...]:
    """`{% choices "ReportKind" as kinds %}`: (value, word) of a closed list of the domain."""
    return words.choices(next(kind for kind in words.WORDS if kind.__name__ == name))


# Pictures ------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def span_axis(context: Context) -> SafeString:
    hours = {hour: pgettext("time", "%(hour)02dh") % {"hour": hour} for hour, _ in span.hours(context["now"])}
    return span.axis(context["now"], now_word=pgettext("time", "now"), hour_words=hours)


@register.simple_tag(name="span", takes_context=True)
def span_picture(context: Context, deadline: int | None, windows: Any, label: str) -> SafeString:
    return span.span(deadline, windows, now=context["now"], label=label)


@register.simple_tag(takes_context=True)
def lane_axis(context: Context) -> SafeString:
    return lane.axis(context["now"], now_word=pgettext("time", "now"))


@register.simple_tag(name="lane", takes_context=True)
def lane_picture(context: Context, line: Any) -> SafeString:
    return lane.lane(line, now=context["now"])


@register.simple_tag
def hours_scale(shown: Any) -> hours.Scale:
    """The line of time on which a whole table of hours lies."""
    return hours.Scale(shown.begins, shown.ends)


@register.simple_tag(takes_context=True)
def hours_axis(context: Context, scale: hours.Scale) -> SafeString:
    said = clocks.day if scale.days else lambda tick: pgettext("time", "%(hour)02dh") % {"hour": clocks.wall(tick).hour}
    ticks = {tick: said(tick) for tick in scale.ticks()}
    return hours.axis(scale, context["now"], now_word=pgettext("time", "now"), tick_words=ticks)


@register.simple_tag(takes_context=True)
def hours_row(context: Context, scale: hours.Scale, windows: Any, blanks: Any) -> SafeString:
    return hours.row(scale, windows, blanks, now=context["now"])


@register.simple_tag(takes_context=True)
def hours_blank(context: Context, scale: hours.Scale, blank: Any) -> SafeString:
    return hours.blank(scale, blank, now=context["now"])


@register.simple_tag(name="ninety")
def ninety_picture(history: Any) -> SafeString:
    """`{% ninety history %}`"""
    mondays = [clocks.wall(monday) for monday in hours.weeks(history.begins, history.ends)]
    began = [place == 0 or day.month != mondays[place - 1].month for place, day in enumerate(mondays)]
    months = [str(MONTHS_3[day.month]).capitalize() if new else "" for day, new in zip(mondays, began, strict=True)]
    if len(began) > 1 and began[1]:
        months[0] = ""
    told = {"kept": history.kept, "late": history.late, "missed": history.missed, "explained": history.explained}
    said = pgettext(
        "hours",
        "Ninety days: %(kept)d windows kept, %(late)d kept late, %(missed)d missed, of which %(explained)d explained. "
        "The table says it week by week.",
    )
    days = [str(WEEKDAYS_ABBR[day]) if day in (0, 2, 4, 6) else "" for day in range(7)]
    return hours.grid(history.begins, history.ends, history.by_day, days=days, months=months, label=said % told)


@register.simple_tag
def decibans_scale(evidence: Any) -> decibans.Scale:
    """The scale on which a whole waterfall lies; handed to the other three."""
    ends = [line.start_db + (0 if line.sort == "prior" else line.change_db) for line in evidence.lines]
    return decibans.scale([*ends, evidence.total_db])


@register.simple_tag
def decibans_axis(on: decibans.Scale) -> SafeString:
    rare, even = pgettext("odds", "1 in 100"), pgettext("odds", "even odds")
    return decibans.axis(on, rare_word=rare, even_word=even)


@register.simple_tag(name="decibans")
def decibans_picture(on: decibans.Scale, line: Any) -> SafeString:
    if line.sort == "prior":
        return decibans.start(on, line.start_db)
    return decibans.change(on, line.start_db, line.change_db)


@register.simple_tag
def decibans_total(on: decibans.Scale, total_db: float) -> SafeString:
    return decibans.total(on, total_db)


@register.simple_tag(name="risk", takes_context=True)
def risk_picture(context: Context, nothing: Any, line: Any, wide: bool) -> SafeString:
    """`{% risk page.nothing page.line True %}`"""
    now, last = context["now"], nothing.curve[-1]
    due = "" if line.deadline is None else clocks.moment(line.deadline, now)
    told = {"due": due, "chance": words.percent(nothing.at_deadline)}
    ends = {**told, "day": words.percent(nothing.in_24h)}
    said = risk.Words(
        now=pgettext("time", "now"),
        end=pgettext("time", "tomorrow"),
        deadline=pgettext("warning", "deadline %(due)s, %(chance)s") % told,
        late=pgettext("warning", "next window: too late"),
        at_end=words.percent(last.chance),
        label=pgettext("warning", "Chance over a day: %(chance)s at %(due)s, %(day)s after 24 h") % ends,
    )
    return risk.risk(nothing.curve, line.windows, line.deadline, said, now=now, wide=wide)


@register.simple_tag(name="rings")
def rings_picture(page: Any, wide: bool) -> SafeString:
    """`{% rings page True %}`; a sector is a cell, then come the officers, then who is not named."""
    cells = sorted({each.cell for each in page.named if each.cell})
    sectors = [*cells, *(["officers"] if any(not each.person for each in page.named) else [])]
    sectors += ["unnamed"] if page.unnamed else []
    words_of = {"officers": pgettext("network", "officers"), "unnamed": pgettext("network", "other cells")}
    order = [ring for ring, _ in page.counts]
    dots = [
        rings.Dot(
            ring=order.index(each.ring),
            sector=sectors.index((each.cell or "officers") if each.code_name else "unnamed"),
            chance=each.chance,
            name=words.code_name(each.code_name) if each.code_name else "",
            direct=each.direct,
            officer=each.code_name is not None and each.person is None,
        )
        for each in page.reached
    ]
    middle = words.code_name(page.code_name)
    told = {"name": middle, **{str(ring): count for ring, count in page.counts}}
    said = rings.Words(
        middle=middle,
        rings=(
            pgettext("network", "6 h"),
            pgettext("network", "a day"),
            pgettext("network", "3 days"),
            pgettext("network", "later"),
        ),
        sectors=tuple(words_of.get(each, each) for each in sectors),
        label=pgettext(
            "network",
            "%(name)s in the middle of four rings. Within six hours: %(hours)d. Within a day: %(day)d. "
            "Within three days: %(days)d. Later or seldom: %(later)d. The table says who.",
        )
        % told,
    )
    return rings.rings(dots, said, wide=wide)
