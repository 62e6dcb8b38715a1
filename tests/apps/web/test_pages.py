"""The pages as they are drawn from ready values: who sees what, in both languages, safe under the strict policy."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from apps.web import night
from django.test import RequestFactory
from django.utils import translation
from lxml import html

from ojakgyo.apps.contact.values import Wrong
from ojakgyo.apps.home.values import RED_BUDGET
from ojakgyo.web.rendering import failure, page

LANGUAGES = ("ko", "en")
HANGUL = re.compile("[가-힣]")
REASON_PARTS = ("why", "reach", "met", "chain", "signals", "risk", "timeline")


def drawn(template, part=None, *, language="en", officer=night.SAFETY, path="/", **values):
    """The page as a tree."""
    request = RequestFactory().get(path)
    request.officer, request.duty = officer, (night.HANEUL, night.DASOM)
    request.desk, request.theme = SimpleNamespace(now=night.NOW), "auto"
    with translation.override(language):
        response = page(request, template, part, values)
    assert response["Cache-Control"] == "no-store"
    return html.fromstring(response.content.decode())


def now_page(board=None, **more):
    return drawn("home/now.html", "board", board=board or night.board(), **more)


def warning_page(shown=None, **more):
    return drawn("watch/warning.html", "warning", page=shown or night.warning(), **more)


def log_page(shown=None, **more):
    return drawn("contact/log.html", page=shown or night.log(), **more)


def classed(tree, name):
    """Every element of a class."""
    return tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def forms_to(tree, act):
    return tree.xpath(f"//form[contains(@action, '/{act}/')]")


def said(tree):
    return " ".join(tree.text_content().split())


EVERY = [
    lambda **more: now_page(**more),
    lambda **more: now_page(night.board_of_others(), officer=night.OTHER, **more),
    lambda **more: now_page(night.many_reds(9), **more),
    lambda **more: now_page(night.board(warnings=(), checkins=(), met=(), stuck=(night.STUCK,)), **more),
    lambda **more: warning_page(**more),
    lambda **more: warning_page(night.warning_of_others(), officer=night.OTHER, **more),
    lambda **more: log_page(night.log(noted=True, wrong=(Wrong(field="line", code="contact.line_unclear"),)), **more),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draw", EVERY)
def test_no_page_needs_more_than_the_strict_policy_allows(draw, language):
    tree = draw(language=language)
    assert not tree.xpath("//*[@style] | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
    assert all(address.startswith("/static/") for address in tree.xpath("//script/@src | //link/@href"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draw", EVERY)
def test_every_page_has_one_title_one_main_and_no_doubled_id(draw, language):
    tree = draw(language=language)
    ids = tree.xpath("//@id")
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1 and len(ids) == len(set(ids))
    assert tree.get("lang") == language
    assert not HANGUL.search(tree.findtext(".//title")) or language == "ko"


@pytest.mark.parametrize("draw", EVERY)
def test_an_english_page_holds_no_hangul_but_the_other_language_and_the_example(draw):
    tree = draw(language="en")
    for other in tree.xpath("//*[@lang='ko'] | //*[@id='line-note']"):
        other.getparent().remove(other)
    assert not HANGUL.search(said(tree))


@pytest.mark.parametrize("draw", EVERY)
def test_a_korean_page_leaves_no_sentence_in_english_and_no_particle_open(draw):
    words = said(draw(language="ko"))
    assert "(가)" not in words and "(를)" not in words and "(와)" not in words and "(으)" not in words
    assert not re.search(r"[a-z]{4,} [a-z]{4,}", words)


@pytest.mark.parametrize("draw", EVERY)
def test_every_form_is_a_post_that_carries_its_token_and_every_button_is_in_one(draw):
    tree = draw()
    for form in tree.xpath("//form"):
        assert form.get("method") == "post" and form.xpath(".//input[@name='csrfmiddlewaretoken']")
    assert not tree.xpath("//button[not(ancestor::form) and not(@data-mute)]")


@pytest.mark.parametrize("draw", EVERY)
def test_at_most_one_main_button_stands_in_the_reading_path(draw):
    assert len(draw().xpath("//main//*[contains(@class, 'button') and contains(@class, 'main')]")) <= 1


def test_a_row_says_in_data_what_the_api_says():
    row = now_page().get_element_by_id("w_000000000000b")
    assert dict(row.items()) | {
        "data-subject": "p_0000000000035",
        "data-deadline": "2026-11-24T19:40:00Z",
        "data-state": "open",
        "data-seq": "48207",
    } == dict(row.items())


def test_the_title_is_the_sentence_that_is_true():
    quiet = night.board(warnings=(), checkins=night.CHECKINS[3:])
    assert now_page().findtext(".//h1") == "Two people must be warned now"
    assert now_page(language="ko").findtext(".//h1") == "두 명에게 지금 알려야 합니다"
    assert now_page(quiet).findtext(".//h1") == "Nothing to do. Next: 03:10."
    assert now_page(night.board(warnings=())).findtext(".//h1") == "Nobody to warn; three helpers are late"


def test_safety_reads_why_in_one_line_and_the_fastest_way():
    words = said(now_page().get_element_by_id("w_000000000000b"))
    assert "Beodeul silent 26 h, duress → Beodeul’s phone → Yeoul" in words
    assert "through Haebaragi, about 1 h" in words and "cell N-2" in words


def test_korean_particles_follow_the_name():
    assert "버들이 30일 안에 만난 사람" in said(now_page(language="ko"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_for_another_officer_the_reason_is_absent_with_nothing_in_its_place(language):
    for tree in (
        now_page(night.board_of_others(), officer=night.OTHER, language=language),
        warning_page(night.warning_of_others(), officer=night.OTHER, language=language),
    ):
        assert not [name for name in REASON_PARTS if classed(tree, name)] and not forms_to(tree, "told")
        words = said(tree)
        assert not re.search("duress|강압|N-2|침묵, |silent", words)
        assert ("Yeoul" in words or "여울" in words) and "04:40" in words


def test_a_row_of_another_officer_is_the_row_of_safety_without_the_reason():
    whole = now_page(night.board(warnings=(replace(night.YEOUL_LINE, may_take=False),)))
    bare = now_page(night.board(warnings=(night.bare(night.YEOUL_LINE),)))
    rows = [tree.get_element_by_id("w_000000000000b") for tree in (whole, bare)]
    for part in rows[0].xpath(".//p[@class='why' or @class='reach'] | .//p[@class='who']/span"):
        part.getparent().remove(part)
    assert said(rows[0]) == said(rows[1])


def test_help_is_asked_for_without_a_name_or_a_reason():
    (bar,) = classed(now_page(night.board_of_others(), officer=night.OTHER), "needed")
    assert "Safety officer needed" in said(bar)
    assert not re.search("Yeoul|Beodeul|Noeul", said(bar))
    assert not classed(now_page(), "needed")


def test_five_reds_are_solid_then_the_rest_is_counted_in_one_line():
    rows = [each.get("class") for each in now_page(night.many_reds(9)).xpath("//ul[contains(@class, 'warnings')]/li")]
    assert rows == ["group", *["warning"] * RED_BUDGET, "group more", *["warning"] * 4]
    assert "and 4 more now" in said(now_page(night.many_reds(9)))
    assert "more now" not in said(now_page(night.many_reds(5)))


def test_a_window_that_opens_after_the_deadline_is_hollow():
    row = now_page().get_element_by_id("w_000000000000b")
    assert [each.get("class") for each in row.xpath(".//*[name()='rect']")] == ["window", "window after"]


def test_too_late_says_whom_to_protect_instead_of_why():
    late = replace(night.YEOUL_LINE, reason=replace(night.YEOUL_LINE.reason, too_late_for=night.YEOUL))
    assert "Too late for Yeoul. Protect those behind Yeoul." in said(now_page(night.board(warnings=(late,))))


def test_the_answer_of_the_log_page_is_one_sentence_and_its_rail_counts_nothing():
    tree = log_page(night.log(noted=True))
    assert "Noted." in said(classed(tree, "noted")[-1])
    assert not re.search(r"\d", said(classed(tree, "rail")[0]))
    assert "data-live" not in tree.find("body").attrib
    assert now_page().find("body").get("data-live") == "/_live/"


def test_a_wrong_field_is_named_and_says_what_to_do():
    tree = log_page(night.log(line="까치", wrong=(Wrong(field="line", code="people.unknown_code_name"),)))
    field = tree.get_element_by_id("line")
    assert field.get("aria-invalid") == "true" and field.get("value") == "까치"
    assert "Nobody has this code name. Check the word and the number." in said(tree.get_element_by_id("line-wrong"))


def test_where_duress_stands_the_warning_is_not_closed_by_one():
    assert not forms_to(warning_page(), "close") and "two officers close it" in said(warning_page())
    open_form = warning_page(night.warning(forms=replace(night.warning().forms, needs_two=False)))
    assert len(forms_to(open_form, "close")[0].xpath(".//option[@value != '']")) == 5


def test_a_part_is_the_inside_of_its_page():
    whole, part = now_page(), now_page(path="/now/_part/board/")
    assert part.tag == "div" and said(part) in said(whole)


def test_a_stuck_fact_stays_until_it_is_settled():
    tree = now_page(night.board(stuck=(night.STUCK,)))
    assert forms_to(tree, "now/stuck/3/settle")
    assert "A link leads to nobody the desk knows." in said(tree)


def test_with_keys_put_down_the_lock_becomes_picking_them_up():
    tree = now_page(night.board_of_others(), officer=replace(night.OTHER, keys=False))
    assert "Keys put down" in said(tree) and tree.xpath("//a[@href='/enter/']")
    assert tree.xpath("//form[@data-lock and @hidden]"), "Esc Esc still ends the session"


def test_an_error_says_what_happened_and_what_to_do():
    response = failure(RequestFactory().get("/"), "watch.needs_two", status=409)
    assert response.status_code == 409
    with translation.override("en"):
        words = failure(RequestFactory().get("/"), "watch.needs_two", status=409).content.decode()
    assert "A sign of duress stands. Two officers close it." in words and "watch.needs_two" in words
