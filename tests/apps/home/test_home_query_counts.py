"""How many queries a page needs: a number that is read when it changes, and that does not grow with the board."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from world import duress

from ojakgyo.apps.contact.ears import Hearing
from ojakgyo.apps.home.queries import board
from ojakgyo.apps.network.actions import add_person, record_link
from ojakgyo.apps.vault.actions import issue_token
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain.facts import LinkKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.domain.values.roles import PersonRole

GOLDEN = Path(__file__).with_name("query_counts.json")


def crowd(night, count):
    """So many more helpers who have called Beodeul; then Beodeul writes under duress, and so does one who met nobody."""
    desk, day = night.desk("Haneul"), Instant(night.now - 2 * DAY_MS)
    for number in range(count):
        name = CodeName.of("민들레", number + 2)
        person = add_person(desk, name=name, role=PersonRole.HELPER, cell=night.ids.cells["N-2"])
        record_link(
            desk,
            kind=LinkKind.CALLED,
            knower=person,
            known=night.ids.lines["Beodeul"],
            mutual=True,
            first=day,
            last=day,
        )
    night.hears("Beodeul", duress)
    night.hears("Seori-5", duress)
    return desk


def counted(what):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        what()
    return len(queries)


@pytest.mark.parametrize("count", [10, 40])
def test_a_page_needs_as_many_queries_for_forty_warnings_as_for_ten(night, count):
    desk = crowd(night, count)
    assert len(night.warned()) == count + 2
    token = issue_token(desk, scopes=[Scope.WATCH_READ, Scope.WATCH_REASONS], expires=Instant(night.now + DAY_MS))
    bearer = {"headers": {"Authorization": f"Bearer {token.written}"}}
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": "Haneul", "password": "of Haneul"})
    page = f"/watch/{ids.text('w', night.id_of('Yeoul'))}/"

    def get(path, **more):
        assert client.get(path, **more).status_code == 200

    get("/now/")  # the templates are read
    found = {
        "values of Now": counted(lambda: board(desk, ears=Hearing().ears())),
        "/now/": counted(lambda: get("/now/")),
        "/now/_part/board/": counted(lambda: get("/now/_part/board/")),
        "/watch/w_.../": counted(lambda: get(page)),
        "/log/": counted(lambda: get("/log/")),
        "/cells/": counted(lambda: get("/cells/")),
        "/cells/c_.../": counted(lambda: get(f"/cells/{ids.text('c', night.ids.cells['N-2'])}/")),
        "/calls/": counted(lambda: get("/calls/")),
        "/api/v1/watch/warnings": counted(lambda: get("/api/v1/watch/warnings", **bearer)),
    }
    assert found == json.loads(GOLDEN.read_text())
