"""Style and script from memory: kept for good under their digest, asked for again elsewhere, and nothing else served."""

import re

import pytest
from django.http import Http404
from django.test import RequestFactory

from ojakgyo.web import statics

get = RequestFactory().get


@pytest.mark.parametrize("path", statics.SHIPPED)
def test_a_file_under_its_digest_is_kept_for_good(path):
    response = statics.static(get(statics.address(path)), path)
    assert "immutable" in response["Cache-Control"] and response.content


def test_a_file_without_its_digest_is_asked_for_again_and_not_sent_twice():
    first = statics.static(get("/static/web/desk.css"), "web/desk.css")
    again = statics.static(get("/static/web/desk.css", headers={"If-None-Match": first["ETag"]}), "web/desk.css")
    assert (first["Cache-Control"], again.status_code, again.content) == ("no-cache", 304, b"")


@pytest.mark.parametrize("path", ["web/nothing.css", "../context.py", "django_htmx/htmx-2.js"])
def test_nothing_else_is_served(path):
    with pytest.raises(Http404):
        statics.static(get("/static/" + path), path)


def test_the_stylesheet_names_no_colour_of_its_own_and_no_address():
    css = statics.held("web/desk.css").body.decode()
    assert not re.search(r"#[0-9a-f]{3,8}\b(?!-)", css.replace("#not-live", "")) and "url(" not in css


def test_the_script_evaluates_nothing_and_writes_no_markup():
    script = statics.held("web/desk.js").body.decode()
    assert not re.search(r"innerHTML|insertAdjacent|\beval\b|new Function|localStorage|sessionStorage", script)
