"""A page speaks one language: Korean pages show no Latin word of more than three letters, English ones no Hangul.

The crawler follows every link from Now, a few addresses of each kind. What is allowed all the same stands in
allowed_latin.txt and allowed_hangul.txt, a word a line, with its reason.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from ojakgyo.apps.vault.drafts import lay_by

HERE = Path(__file__).parent
WORD = {"ko": re.compile(r"[A-Za-z]{4,}"), "en": re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]+")}
ALLOWED = {"ko": "allowed_latin.txt", "en": "allowed_hangul.txt"}
SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription")
CLASSES = ("digits", "secret", "signer")
CODES = ("script", "style", "code", "*[@translate='no']", *(f"*[contains(@class, '{each}')]" for each in CLASSES))
"""What is no word: keys, numbers, drawn words, examples of what may be typed."""
NO_WORDS = re.compile(r"\b[a-z]_[0-9a-z]{13}\b|\bojak(?:\.toml|(?: [-a-z]+)+)|/[-/\w.]+")
"""Ids, commands as they are typed, folders."""
OF_A_KIND = 1
"""So many addresses of one route are read."""
LEFT = ("/enter/", "/lock/", "/practice/", "/static/")
FEWEST = 20


def allowed(language: str) -> frozenset[str]:
    lines = (HERE / ALLOWED[language]).read_text().splitlines()
    return frozenset(line.split("#")[0].strip() for line in lines if line.split("#")[0].strip())


def spoken(tree: html.HtmlElement, language: str) -> str:
    """What is seen and read aloud. Left out: a part that says it is in the other language, and fingerprints and commands."""
    other, codes = (
        f"//*[@lang and @lang != '{language}' and name() != 'html']",
        " | ".join(f"//{each}" for each in CODES),
    )
    for each in tree.xpath(f"{other} | {codes}"):
        each.drop_tree()
    said = [tree.text_content()]
    said += [each.get(name) for name in SPOKEN for each in tree.xpath(f"//*[@{name}]")]
    said += tree.xpath("//option/text() | //input[@type='submit']/@value")
    return "\n".join(said)


def foreign(page: str, language: str) -> set[str]:
    said = NO_WORDS.sub("", spoken(html.fromstring(page), language))
    return set(WORD[language].findall(said)) - allowed(language)


def crawl(client: Client, start: str = "/now/"):
    """Each page that a link leads to, and its text."""
    seen, read, waiting = {start}, Counter(), [start]
    while waiting:
        address = waiting.pop(0)
        try:
            route = resolve(address).route
        except Resolver404:
            continue  # a room that is not built yet; test_every_command_leads_somewhere minds the rail
        if read[route] >= OF_A_KIND:
            continue
        read[route] += 1
        answer = client.get(address)
        if answer.streaming or not answer.content or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = answer.content.decode()
        yield address, page
        for link in html.fromstring(page).xpath("//a/@href | //*[@hx-get]/@hx-get"):
            to = link.partition("#")[0].partition("?")[0]
            if to.startswith("/") and not to.startswith(LEFT) and to not in seen:
                seen.add(to)
                waiting.append(to)


def seated(night, language: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.post("/enter/", {"code_name": "Haneul", "password": "of Haneul"})
    client.post("/language/", {"language": language, "next": "/now/"})
    return client


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_speaks_one_language(night, language):
    night.is_under_duress()
    lay_by(night.desk("Haneul"), "log", {"line": ["7"]})
    client, found = seated(night, language), {}
    pages = list(crawl(client))
    pages += [(address, client.post(address, {"what": what}).content.decode()) for address, what in ASKED]
    for address, page in pages:
        if strange := foreign(page, language):
            found[address] = sorted(strange)
    assert found == {}, found
    assert len(pages) > FEWEST


ASKED = (
    ("/find/", "N-2"),
    ("/find/", "ㅎ"),
    ("/find/_part/found/", ""),
    ("/find/_part/found/", "N2"),
    ("/find/names/", "00"),
    ("/find/names/", "000"),
)
"""Answers that no link leads to."""


@pytest.mark.parametrize(
    ("language", "written", "strange"),
    [
        ("ko", "<p>지금 Warning</p>", {"Warning"}),
        ("ko", '<p lang="ko">지금 <button lang="en">English</button></p>', set()),
        ("ko", '<p><input placeholder="Find"></p>', {"Find"}),
        ("ko", "<p>N-2 KST px <script>longer()</script></p>", set()),
        ("en", "<p>Beodeul 버들</p>", {"버들"}),
        ("en", '<p aria-label="ㄴㅇ">Noeul</p>', {"ㄴㅇ"}),
    ],
)
def test_such_a_word_is_found(language, written, strange):
    assert foreign(written, language) == strange
