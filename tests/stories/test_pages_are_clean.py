"""Every page in both languages: axe finds nothing, the policy is not broken, nothing is asked of anybody else.

Each page is laid out at a phone's width, and loaded once with all it does: half of them in Korean, dark, on a phone; the
others in English, light, on a desk. Axe looks at it there. The Korean walk is marked slow. What frames them all is looked at
in every combination by tests/apps/web/test_live_page.py.
"""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from axe_playwright_python import sync_playwright as axe
from django.urls import URLPattern, get_resolver
from processes import House, copy_of

from stories.visiting import TOKEN, Visitor, choose, password, sign_in

AXE = files(axe.__package__).joinpath("axe.min.js").read_text()
VIOLATIONS = """axe.run({resultTypes: ["violations"], preload: false})
    .then(result => result.violations.map(each => [each.id, each.nodes.map(node => node.html)]))"""
FIVE_OF_EACH = """() => {
  const met = {};
  for (const row of document.querySelectorAll("tbody > tr, li")) {
    const sort = row.parentNode.className + row.outerHTML.replace(/>[^<]+/g, ">").replace(/\\b[a-z]_\\w{13}|\\d+/g, "");
    if ((met[sort] = (met[sort] ?? 0) + 1) > 5) row.remove();
  }
}"""
"""Of rows that differ in their words, ids and figures alone, axe is shown the first five."""
FIXED = [
    "/now/",
    "/now/?show=unowned",
    "/now/?show=late",
    "/log/",
    "/log/?noted",
    "/shift/",
    "/shift/sheet/",
    "/cells/",
    "/areas/",
    "/people/new/",
    "/cards/",
    "/cards/print/",
    "/find/",
    "/lines/",
    "/lines/due/",
    "/contact/hours/",
    "/contact/hours/days/",
    "/ears/",
    "/help/",
    "/calls/",
    "/calls/meeting/",
    "/calls/report/",
    "/network/",
    "/watch/plan/",
    "/intake/",
    "/export/",
    "/vault/",
    "/vault/officers/",
    "/vault/officers/new/",
    "/vault/cells/",
    "/vault/requests/",
    "/vault/you/",
    "/vault/sessions/",
    "/vault/you/factor/",
    "/vault/backups/",
    "/vault/audit/",
    "/vault/lost/",
    "/wake/",
    "/practice/sink/",
    "/practice/reset/",
    "/practice/real/",
]
ELSEWHERE = {
    "": "leads to Now",
    "enter/": "below",
    "enter/<str:token>/": "below",
    "enter/pin/": "tests/apps/web/test_live_page.py: keys are put down after a quarter of an hour",
    "network/<str:person>/planned/": "leads to the rings",
    "intake/template/": "a file",
    "cards/print/habits/<str:language>/": "a file",
    "intake/<str:batch>/findings/": "a file",
}
"""Addresses that can be fetched and are not walked by the one who sits at the desk."""
NO_PAGES = re.compile(r"health/|static/|_live/|api/|.*_part/")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LAID_OUT = f"""path => new Promise((done, failed) => {{
  const asked = new XMLHttpRequest();
  asked.open("GET", path);
  asked.responseType = "document";
  asked.onerror = failed;
  asked.onload = () => {{
    const page = asked.response;
    for (const each of page.documentElement.attributes) document.documentElement.setAttribute(each.name, each.value);
    document.body.replaceWith(document.adoptNode(page.body));
    done([asked.status, {WIDER}, document.documentElement.lang]);
  }};
  asked.send();
}})"""
"""Another page in the place of the one that is shown, under the same stylesheet: what it is worth as it was sent."""
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
LOOKS = {"ko": ("dark", PHONE), "en": ("light", DESK)}
HANGUL = "/[가-힣]/.test(document.querySelector('h1').textContent)"
LIST = "부르는 이름,전화,구역\n여울,010-0000-0001,N-2\n버들,,\n".encode()


@pytest.fixture
def gate(founded, tmp_path):
    """A sealed house."""
    with House("serve", home=copy_of(founded.home, tmp_path / "home")) as house:
        yield house.wait()


def looked_at(screen, language: str) -> None:
    """From now on as this language is looked at, on a phone."""
    screen.emulate_media(color_scheme=LOOKS[language][0])
    screen.set_viewport_size(PHONE)
    choose(screen, language)


def here(screen, language: str, *, look: bool) -> list[object]:
    """What is wrong with the page that is shown: whether a phone would have to push it sideways, and what axe finds."""
    wrong = ["sideways"] if screen.evaluate(WIDER) > 0 else []
    if look:
        screen.set_viewport_size(LOOKS[language][1])
        wrong += seen_by_axe(screen)
        screen.set_viewport_size(PHONE)
    return wrong


def seen_by_axe(screen) -> list[object]:
    screen.evaluate(FIVE_OF_EACH)
    screen.evaluate(AXE)
    return list(screen.evaluate(VIOLATIONS))


def walked(screen, house: House, paths: list[str], language: str) -> dict[str, object]:
    """What is wrong with any of these pages; the language is chosen on the first, and the last stays shown."""
    screen.goto(house.url + paths[0])
    looked_at(screen, language)
    assert screen.evaluate(HANGUL) is (language == "ko")
    found: dict[str, object] = {}
    screen.set_viewport_size(LOOKS[language][1])
    for path in paths[language == "en" :: 2]:
        answer = screen.goto(house.url + path)
        wrong = seen_by_axe(screen)
        if wrong or answer.status >= 400:
            found[path] = [answer.status, *wrong]
    screen.goto(f"{house.url}/help/")  # no stream asks for parts of it
    screen.set_viewport_size(PHONE)
    for path in paths:
        status, wider, spoken = screen.evaluate(LAID_OUT, path)
        if status >= 400 or wider > 0 or spoken != language:
            found[f"{path} as it was sent"] = [status, wider, spoken]
    return found


def led_to(visitor: Visitor, path: str, kind: str, after: str = "") -> str:
    """The first address of this kind on a page."""
    found = re.search(rf'href="({after}[^"#?]*/{kind}_\w+/)', visitor.read(path))
    assert found, (path, kind)
    return found[1]


def pages_of_the_urls(patterns, before: str = "") -> Iterator[str]:
    """Every address that can be fetched, as it is written down."""
    for each in patterns:
        if not isinstance(each, URLPattern):
            yield from pages_of_the_urls(each.url_patterns, before + str(each.pattern))
        elif "GET" in methods(each.callback) and not NO_PAGES.match(before + str(each.pattern)):
            yield before + str(each.pattern)


def methods(view) -> tuple[str, ...]:
    """What the decorators of a view let through."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            said = cell.cell_contents
            if isinstance(said, list | tuple) and said and all(isinstance(each, str) for each in said):
                return tuple(said)
        view = getattr(view, "__wrapped__", None)
    return ("GET",)


def left_out(paths: list[str]) -> list[str]:
    """Pages of the house that none of these addresses leads to."""
    pages = set(pages_of_the_urls(get_resolver("ojakgyo.config.urls").url_patterns)) - set(ELSEWHERE)
    asked = {path.partition("?")[0].removeprefix("/") for path in paths}
    others = asked - pages
    return sorted(each for each in pages - asked if not any(map(re.compile(written_out(each)).fullmatch, others)))


def written_out(page: str) -> str:
    """The expression that its addresses match: each id is a letter and thirteen signs."""
    return re.sub(r"<\w+:\w+>", r"[a-z]_\\w+", page)


def asked_for(haneul: Visitor, own: str) -> list[str]:
    """A request of each sort, made by one hand: to close a warning, to take the record out, to take a cell out."""
    warning = haneul.page_of("Noeul")
    closing = haneul.send(f"{warning}ask/", reason="wrong_signal", password=own, seen=haneul.seen(warning))
    haneul.read("/vault/audit/")
    record = haneul.send("/vault/audit/ask/", password=own)
    cell = re.search(r'name="cells" value="(c_\w+)"', haneul.read("/export/"))
    assert cell
    cells = haneul.send("/export/ask/", cells=cell[1], format="xlsx", password=own)
    assert [each.status_code for each in (closing, record, cells)] == [200, 200, 200]
    made = list(dict.fromkeys(re.findall(r'href="(/vault/requests/t_\w+/)"', haneul.read("/vault/requests/"))))
    assert len(made) >= 3
    return [warning, *made]


@pytest.fixture(scope="module")
def asked(duress):
    """A warning that waits for a second hand, and every request that does."""
    with Visitor(duress, "Haneul") as haneul:
        return asked_for(haneul, password(duress, "Haneul"))


@pytest.fixture(scope="module")
def paths(duress, asked):
    """Every page of the house that Haneul can fetch; she holds the key of the cell, and sees the most."""
    with Visitor(duress, "Haneul") as haneul:
        warning = haneul.page_of("Yeoul")
        person, cell = led_to(haneul, warning, "p", "/people"), led_to(haneul, "/cells/", "c", "/cells")
        sent = {"csrfmiddlewaretoken": TOKEN.search(haneul.read("/intake/"))[1]}
        batch = haneul.http.post("/intake/", data=sent, files={"sheet": ("list.csv", LIST)}).url.path
        found = [
            *FIXED,
            warning,
            *asked,
            person,
            person.replace("/people/", "/network/"),
            person.replace("/people/", "/cards/questions/"),
            person.replace("/people/", "/cards/new/"),
            led_to(haneul, "/cards/", "k", "/cards"),
            led_to(haneul, "/lines/", "l", "/lines"),
            cell,
            f"{cell}sheet/",
            led_to(haneul, "/calls/", "p", "/calls"),
            batch,
        ]
        found += [led_to(haneul, "/vault/officers/", "o"), led_to(haneul, "/vault/cells/", "c", "/vault/cells")]
    assert left_out(found) == []
    return found


@pytest.mark.parametrize("language", [pytest.param("ko", marks=pytest.mark.slow), "en"])
def test_every_page_of_the_desk(duress, paths, screen, language):
    sign_in(screen, duress, "Haneul")
    assert walked(screen, duress, paths, language) == {}


def test_a_request_before_and_after_the_second_hand(duress, asked, screen):
    """Before, it is English and the page of the hand that signs; after, it is Korean."""
    sign_in(screen, duress, "Narae")
    requests = ["/vault/requests/", "/vault/audit/", *asked[1:]]
    assert walked(screen, duress, requests, "en") == {}
    signed = 0
    for path in requests[2:]:
        screen.goto(duress.url + path)
        if (sign := screen.locator(f"form[action='{path}sign/'] button")).count():
            assert here(screen, "en", look=not signed) == []
            sign.click()
            screen.wait_for_load_state()
            signed += 1
    assert signed
    assert walked(screen, duress, requests, "ko") == {}


def test_a_name_and_words_that_are_shown_once(duress, screen):
    sign_in(screen, duress, "Haneul")
    with Visitor(duress, "Haneul") as haneul:
        person = led_to(haneul, haneul.page_of("Yeoul"), "p", "/people")
    for language in LOOKS:
        screen.goto(duress.url + person)
        looked_at(screen, language)
        screen.locator("#reason").select_option("call")
        screen.locator("form[action$='/reveal/'] button").click()
        screen.locator("h1#shown").wait_for()
        assert here(screen, language, look=language == "ko") == []
        screen.goto(f"{duress.url}/log/")
        screen.locator("form[action$='/words/'] button").first.click()
        screen.locator("h1#shown").wait_for()
        assert here(screen, language, look=language == "en") == []


def test_what_others_see_is_as_clean(duress, screen):
    with Visitor(duress, "Dasom") as dasom:
        warning = dasom.page_of("Yeoul")
    sign_in(screen, duress, "Dasom")
    for language in LOOKS:
        assert walked(screen, duress, ["/now/", warning], language) == {}


def test_pages_before_anybody_sits_down(duress, screen):
    entry = duress.ready["enter"].removeprefix(duress.url)
    for language in LOOKS:
        assert walked(screen, duress, ["/enter/", entry], language) == {}


def test_the_gate(gate, screen):
    """It stands at every address, and answers 503."""
    for language in LOOKS:
        screen.goto(gate.url)
        looked_at(screen, language)
        for path in ("/", "/now/"):
            screen.goto(gate.url + path)
            assert here(screen, language, look=(path == "/") == (language == "ko")) == []
            assert screen.evaluate(HANGUL) is (language == "ko")
    screen.wrong.clear()  # the browser itself says that a gate answers 503
