"""A real vault into which unique words are put wherever words can go: a process of its own, for test_canary.py.

    python tests/house/canary_run.py HOME

Says on standard output, a line of JSON each: the canaries it has put in, and then, each time before it waits for a line
on standard input: "open" (everything is in use) and "sealed". What of it lies anywhere on the disk is for others to look.
"""

import io
import json
import re
import secrets
import sqlite3
import sys
import time
import traceback
import zipfile
from dataclasses import fields as fields_of
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from ojakgyo.cli.homes import bring_up

PASSPHRASE = "canary passphrase of an invented desk"
PASSWORD = "canary-password-of-haneul"
WRONG_PASSWORD = "canary-password-nobody-has"
COLLEAGUES = "canary-password-of-boram"
WEBHOOK, WEBHOOK_KEY = "https://canary-webhook.practice.invalid/wake", "canary-key-of-a-webhook"
RELAY_USER, RELAY_PASSWORD = "canary-relay-user", "canary-relay-password"
PIN = "70310942"
ADDRESS, WATCHER = "canary-haneul@practice.invalid", "https://canary-watcher.practice.invalid/ping"
NUMBER, STRANGER, OTHER = "+8610071828182", "+8610031415926", "+8610027182845"
SPOKEN = "까나리 canary-spoken-words"
UNKNOWN = "까나리 canary-unknown-words"
TYPED = "까나리 canary-typed-words"
LONG = "까나리 canary-long-words " + "가" * 9_990
UNREADABLE = b"canary-unreadable-\xff\xfe-bytes"
THROWN = "까나리 canary-thrown-words"
LINE = "canary-line-typed-on-the-log-page"
CALLED, ALSO_CALLED, NOTED = "까나리 canary-real-name", "까나리 canary-other-name", "까나리 canary-note"
NEWCOMER, NEW_PHONE, NEW_NOTE = "까나리 canary-newcomer", "13800271828", "까나리 canary-newcomers-note"
SHEET_FILE, SHEET_NAME, LIST_FILE = "canary-sheet-file", "canary-sheet-name", "canary-list-file"
FILED, FILED_PHONE, FILED_NOTE = "까나리 canary-filed-name", "13912345671", "까나리 canary-filed-note"
LISTED, LISTED_PHONE, LISTED_NOTE = "까나리 canary-listed-name", "13912345672", "까나리 canary-listed-note"
HEADED, NOT_UNDERSTOOD = "까나리 canary-head-of-a-column", "canary-not-understood"
NO_WORKBOOK = b"PK\x03\x04 canary-no-workbook-\xff-bytes"
HANDED_OVER, SCRATCHED = "까나리 canary-line-for-a-colleague", "까나리 canary-scratch-line"
HANDED_IN, GATEWAY_ID = "까나리 canary-handed-in-words", "canary-id-of-a-gateway"
HANDED_UNREADABLE = b'{"event": "canary-handed-in-unreadable"}'
ASKED, TRUE_ANSWER = "까나리 canary-private-question", "까나리 canary-private-answer"
LAID_BY, ALSO_LAID_BY = "까나리 canary-half-typed-name", "까나리 canary-half-typed-line"
canaries: dict[str, str | bytes] = {
    name: value.split(" 가")[0] if isinstance(value, str) else value
    for name, value in list(globals().items())
    if name.isupper() and isinstance(value, str | bytes)
}


def found(home: Path) -> Any:
    """The vault, opened; every key of its ring is a canary."""
    from ojakgyo.apps.vault import header
    from ojakgyo.domain.sealing.ring import KEYS
    from ojakgyo.domain.sealing.stretching import FLOOR

    canaries["organisation.secret"] = secret = secrets.token_bytes(32)
    ring = header.found(home, PASSPHRASE, demo=False, cost=FLOOR, secret=secret)
    canaries.update({f"ring.{name}": getattr(ring, name) for name in (*KEYS, "root")})
    return ring


def filled(folder: Path) -> Any:
    """People, lines, cards, addresses and tokens, by the same actions as anybody's. The officer's keys are returned."""
    from ojakgyo.apps.alerts.actions import keep_address, keep_relay, keep_watcher, keep_way
    from ojakgyo.apps.alerts.outlets import Target
    from ojakgyo.apps.cards.actions import issuing as cards
    from ojakgyo.apps.cards.questions.acts import keep_question
    from ojakgyo.apps.cards.questions.values import Asked
    from ojakgyo.apps.network.actions import add_person, record_area, record_line
    from ojakgyo.apps.people.actions import keep_name, reveal_name
    from ojakgyo.apps.people.values import RealName
    from ojakgyo.apps.vault.actions import enrol_officer, found_cell, issue_entry, issue_token
    from ojakgyo.apps.vault.desks import command_desk, officer_desk
    from ojakgyo.apps.vault.values import Scope, Side
    from ojakgyo.domain.cards.own_number import OwnNumber
    from ojakgyo.domain.facts import RevealReason, WayKind
    from ojakgyo.domain.names.codename import CodeName
    from ojakgyo.domain.values.instants import Instant
    from ojakgyo.domain.values.roles import OfficerRole, PersonRole

    haneul, keys = enrol_officer(
        command_desk(), code_name=CodeName.of("하늘"), password=PASSWORD, roles=[OfficerRole.SAFETY]
    )
    canaries.update(
        {f"officer.{each.name}": getattr(keys, each.name) for each in fields_of(keys) if _is_secret(keys, each)}
    )
    keep_address(command_desk(), officer=haneul, address=ADDRESS)
    keep_watcher(command_desk(), address=WATCHER)
    keep_way(command_desk(), officer=haneul, target=Target(WayKind.WEBHOOK, WEBHOOK, WEBHOOK_KEY))
    keep_relay(command_desk(), user=RELAY_USER, password=RELAY_PASSWORD)
    _organisation()
    area = record_area(officer_desk(keys), north=True, number=2)
    cell = found_cell(officer_desk(keys), side=Side.NORTH, number=2, area=area, members=[haneul])
    desk = officer_desk(keys)
    beodeul = add_person(desk, name=CodeName.of("버들"), role=PersonRole.HELPER, cell=cell)
    record_line(desk, holder=beodeul, number=NUMBER)
    keep_name(desk, person=beodeul, cell=cell, name=RealName(CALLED, (ALSO_CALLED,), NOTED))
    keep_question(desk, person=beodeul, asked=Asked(ASKED, (TRUE_ANSWER,)))
    print(repr(reveal_name(desk, person=beodeul, cell=cell, reason=RevealReason.CALL)), file=sys.stderr)
    drawn = secrets.token_bytes(32)
    with patch.object(cards, "secrets", SimpleNamespace(token_bytes=lambda count: drawn[:count])):
        cards.take_over_card(desk, card=cards.issue_card(desk, person=beodeul, number=OwnNumber((3, 7))))
    canaries["card.secret"] = drawn
    _colleague(keys, cell)
    canaries["token.entry"] = issue_entry(officer_desk(keys)).written
    scopes = [Scope.WATCH_READ]
    canaries["token.api"] = issue_token(desk, scopes=scopes, expires=Instant(desk.now + 3_600_000)).written
    return SimpleNamespace(keys=keys, beodeul=beodeul, cell=cell)


def _organisation() -> None:
    """Its public keys kept; the secret behind the shares and what comes of it are canaries."""
    from django.conf import settings

    from ojakgyo.apps.vault import header
    from ojakgyo.apps.vault.actions.organisation import keep_organisation
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.sealing import organisation

    keys = organisation.keys(canaries["organisation.secret"])
    canaries.update({"organisation.exchange": keys.exchange, "organisation.signing": keys.signing})
    keep_organisation(command_desk(), public=keys.public, generation=header.label(settings.HOME).generation)


def _colleague(keys: Any, cell: Any) -> None:
    """Somebody with a second factor; then the cell goes into its second epoch, both seeds canaries."""
    from ojakgyo.apps.vault.actions import enrol_officer
    from ojakgyo.apps.vault.actions.cells import begin_epoch, grant_key
    from ojakgyo.apps.vault.actions.factors import set_factor
    from ojakgyo.apps.vault.desks import officer_desk
    from ojakgyo.apps.vault.queries import phone_time
    from ojakgyo.domain.names.codename import CodeName
    from ojakgyo.domain.sealing import totp
    from ojakgyo.domain.values.roles import OfficerRole

    boram, own = enrol_officer(
        officer_desk(keys), code_name=CodeName.of("보람"), password=COLLEAGUES, roles=[OfficerRole.OPENER]
    )
    seed = canaries["factor.seed"] = secrets.token_bytes(20)
    desk = officer_desk(own)
    set_factor(desk, seed=seed, code=totp.code(seed, totp.step_at(phone_time(desk))))
    grant_key(officer_desk(keys), cell=cell, officer=boram)
    canaries["cell.first"] = officer_desk(keys).keyring.cell_key(cell).seed
    begin_epoch(officer_desk(keys), cell=cell)
    canaries["cell.second"] = officer_desk(keys).keyring.cell_key(cell).seed


def kept_away(home: Path) -> None:
    """An opener's own way in, an anchor, and a backup."""
    from ojakgyo.apps.vault import header, ways
    from ojakgyo.apps.vault.actions.backups import write_backup
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.sealing.officers import OfficerKeys
    from ojakgyo.domain.values.ids import OfficerId
    from ojakgyo.store import keyholder

    opener = OfficerKeys.drawn(OfficerId(5), secrets.token_bytes)
    canaries.update({"opener.exchange": opener.exchange, "opener.signing": opener.signing})
    header.opener_slot(home, keyholder.ring(), opener, COLLEAGUES)
    ways.keep_anchor(keyholder.ring(), command_desk().now)
    (home.parent / "copies").mkdir()
    write_backup(command_desk(), folder=home.parent / "copies")


def _is_secret(keys: Any, each: Any) -> bool:
    return isinstance(getattr(keys, each.name), bytes) and "public" not in each.name


def handed_in() -> None:
    """By a gateway, whose key is a canary too: a text of somebody known, and what nobody can read."""
    from django.test import Client

    from ojakgyo.apps.contact.gateways.acts import add_gateway
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.facts import Channel
    from ojakgyo.domain.sealing import posts

    number, key = add_gateway(command_desk(), channel=Channel.SIGNED)
    canaries["gateway.key"] = key
    text = {"event": "text", "id": GATEWAY_ID, "from": NUMBER, "text": HANDED_IN}
    for body in (json.dumps(text).encode(), HANDED_UNREADABLE):
        at = str(round(time.time()))
        signed = {"HTTP_X_TIMESTAMP": at, "HTTP_X_SIGNATURE": posts.signature(key, body, at)}
        client = Client(SERVER_NAME="127.0.0.1")
        answer = client.post(f"/in/{number}/", body, content_type="application/json", **signed)
        assert (answer.status_code, answer.content) == (200, b"")


def hears(folder: Path, world: Any) -> None:
    """Texts by the real listener: read, unknown, too long, repeated, unreadable; one typed; a row passed over."""
    from ojakgyo.apps.cards import stock
    from ojakgyo.apps.cards.queries import rows_ahead
    from ojakgyo.apps.cards.reading import number_of
    from ojakgyo.apps.contact.actions import type_message
    from ojakgyo.apps.contact.listening import HALF_WRITTEN_S, Spool
    from ojakgyo.apps.vault.desks import house_desk
    from ojakgyo.demo import spool_file
    from ojakgyo.domain.cards import codebook, encode
    from ojakgyo.domain.facts import Meaning
    from ojakgyo.domain.values import instants
    from ojakgyo.store import keyholder

    key = keyholder.ring().state_key()
    stand = stock.opened(key, stock.cards_of(world.beodeul)[0])
    canaries["card.state"], canaries["card.replay"] = stand.state, stand.replay_key
    (_, passed), (_, row) = rows_ahead(key, world.beodeul, 2)
    canaries["card.row"] = codebook.packed(passed)
    digits = encode.text(row, own_number=number_of(house_desk(), stand.card), meaning=Meaning.DANGER)
    heard = instants.aware(house_desk().now)
    tick = SimpleNamespace(now=0.0)
    spool = Spool(folder, house_desk, lambda: tick.now)
    for number, text in (
        (NUMBER, f"{SPOKEN} {digits}"),
        (STRANGER, UNKNOWN),
        (OTHER, LONG),
        (NUMBER, f"{SPOKEN} {digits}"),
    ):
        spool_file.write(folder, number=number, text=text, heard=heard)
        for _ in range(2):
            spool.listen()
            tick.now += 1
    (folder / "IN0.txt").write_bytes(UNREADABLE)
    for _ in range(2):
        spool.listen()
        tick.now += HALF_WRITTEN_S
    type_message(house_desk(), person=world.beodeul, words=TYPED)
    assert not list(folder.iterdir())


def works() -> None:
    """The duties, one of which fails at every message with its words in hand."""
    from ojakgyo.apps.chronicle import duties
    from ojakgyo.domain.facts import MessageReceived
    from ojakgyo.runner import rota

    def spills(desk: Any, *, seq: int, fact: Any) -> None:
        raise RuntimeError(f"{THROWN} {SPOKEN} {NUMBER}")

    duties.duty(facts=(MessageReceived,), since="beginning", lag_limit_ms=1)(spills)
    assert rota.__all__
    goes_on()


def goes_on() -> None:
    """The duties read what is new, to the end."""
    from ojakgyo.apps.chronicle import rounds
    from ojakgyo.apps.vault.desks import house_desk

    while rounds.read_all(house_desk):
        continue


def browses(keys: Any) -> Any:
    """Pages that are refused, that fail, and that fall over the guard of forms. The browser that is signed in is returned."""
    from django.test import Client

    from ojakgyo.apps.home.views import log as views

    client = Client(SERVER_NAME="127.0.0.1")
    client.post("/enter/", {"code_name": "하늘", "password": WRONG_PASSWORD})
    client.post("/enter/", {"code_name": "하늘", "password": PASSWORD})
    canaries["token.session"] = next(each.value for name, each in client.cookies.items() if len(each.value) == 64)
    client.post("/vault/you/pin/", {"pin": PIN, "password_again": PASSWORD})
    client.post("/log/", {"line": f"{LINE} {SPOKEN}"})
    with patch.object(views, "type_message", side_effect=RuntimeError(THROWN)):
        failed = client.post("/log/", {"line": f"Beodeul {TYPED}", "asked": f"Beodeul {TYPED}"})
    assert failed.status_code == 500
    assert THROWN not in failed.content.decode()
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    assert strict.post(f"/enter/{canaries['token.entry']}/").status_code == 403
    return client


def adds(client: Any, world: Any) -> None:
    """Somebody new on the page for it: refused once with everything typed, then added, with a phone and a real name."""
    from ojakgyo.apps.people.models import RealName
    from ojakgyo.domain.values import ids

    typed = {"code_name": "안개", "cell": ids.text("c", world.cell), "phone": NEW_PHONE, "country": "CN"}
    typed |= {"name": NEWCOMER, "note": NEW_NOTE}
    before = RealName.objects.count()
    refused = client.post("/people/new/", {**typed, "code_name": ""})
    assert NEWCOMER in refused.content.decode()
    added = client.post("/people/new/", typed)
    assert added.status_code == 302, added.content.decode()
    assert RealName.objects.count() == before + 1


def hands_over(client: Any) -> None:
    """Forms half typed, laid by and offered back; then the shift is handed over, with a line for the colleague alone."""
    from ojakgyo.apps.home.models import Shift
    from ojakgyo.apps.vault.models import Officer
    from ojakgyo.domain.names.codename import CodeName
    from ojakgyo.domain.values import ids

    def lays_by() -> None:
        client.post("/drafts/person/", {"_to": "/people/new/", "name": LAID_BY})
        client.post("/drafts/handover/", {"_to": "/shift/hand-over/?later", "personal": ALSO_LAID_BY})
        client.post("/scratch/", {"line": SCRATCHED})
        assert LAID_BY in client.get("/drafts/_part/person/").content.decode()

    lays_by()
    shown = client.get("/shift/?anew").content.decode()
    boram = Officer.objects.get(word=CodeName.of("보람").word)
    told = {"to": ids.text("o", boram.pk), "personal": HANDED_OVER, "seen": "0" * 64}
    assert HANDED_OVER in client.post("/shift/hand-over/", told).content.decode()
    told["seen"] = re.search(r'name="seen" value="([0-9a-f]{64})"', shown)[1]
    assert client.post("/shift/hand-over/", told).status_code == 302
    assert Shift.objects.exclude(words=None).exists()
    lays_by()  # what lies in a drawer when the vault is closed


def uploads(client: Any) -> None:
    """A workbook that waits, a list that is taken, and bytes that are no workbook at all: by the page for it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ojakgyo.apps.intake.models import Batch

    def sends(name: str, written: bytes) -> Any:
        return client.post("/intake/", {"sheet": SimpleUploadedFile(name, written)})

    assert sends(f"{LIST_FILE}.xlsx", NO_WORKBOOK).status_code == 409
    heads = ["가명", "조", "이름", "전화", "메모", HEADED]
    rows = [["까치", "N-2", FILED, f"+86{FILED_PHONE}", FILED_NOTE, ""], [NOT_UNDERSTOOD, "X-9", NOT_UNDERSTOOD]]
    waits = sends(f"{SHEET_FILE}.xlsx", _workbook(heads, *rows))
    assert waits.status_code == 302, waits.content.decode()
    for part in ("", "findings/"):
        assert client.get(f"{waits['Location']}{part}").status_code == 200
    row = ["모래", "N-2", LISTED, f"+86{LISTED_PHONE}", LISTED_NOTE, ""]
    taken = sends(f"{LIST_FILE}.csv", "".join(f"{','.join(each)}\n" for each in (heads, row)).encode())
    assert client.post(f"{taken['Location']}apply/").status_code == 302
    assert sorted(Batch.objects.values_list("state", flat=True)) == ["applied", "staged"]


def _workbook(*rows: list[str]) -> bytes:
    """The least that is a workbook, and not packed: its bytes hold the words as they are. No temporary file is made for it."""
    row = "<row>{}</row>".format
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'.format
    kind, main = "http://schemas.openxmlformats.org", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = f'<Relationships xmlns="{kind}/package/2006/relationships"><Relationship Id="rId1" '
    links += f'Type="{kind}/officeDocument/2006/relationships/{{}}" Target="{{}}"/></Relationships>'
    parts = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as book:
        types = f'<Types xmlns="{kind}/package/2006/content-types"><Default Extension="rels" '
        types += 'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        types += f'<Override PartName="/xl/workbook.xml" ContentType="{parts}.sheet.main+xml"/>'
        types += f'<Override PartName="/xl/sheet.xml" ContentType="{parts}.worksheet+xml"/></Types>'
        book.writestr("[Content_Types].xml", types)
        book.writestr("_rels/.rels", links.format("officeDocument", "xl/workbook.xml"))
        book.writestr("xl/_rels/workbook.xml.rels", links.format("worksheet", "sheet.xml"))
        held = f'<sheets><sheet name="{SHEET_NAME}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        own = f'<workbook xmlns="{main}" xmlns:r="{kind}/officeDocument/2006/relationships">'
        book.writestr("xl/workbook.xml", own + held)
        told = "".join(row("".join(map(cell, each))) for each in rows)
        book.writestr("xl/sheet.xml", f'<worksheet xmlns="{main}"><sheetData>{told}</sheetData></worksheet>')
    return written.getvalue()


def stumbles(world: Any) -> None:
    """Tracebacks of what is raised on purpose, and everything that may be printed while looking for a mistake."""
    from django.db import DatabaseError, connection

    from ojakgyo.apps.cards import stock
    from ojakgyo.apps.cards.reading import number_of
    from ojakgyo.apps.contact.models import Inbound
    from ojakgyo.apps.contact.spool import Sms
    from ojakgyo.apps.network.models import Line
    from ojakgyo.apps.vault import seals
    from ojakgyo.apps.vault.desks import house_desk, officer_desk
    from ojakgyo.domain.errors import OjakError
    from ojakgyo.domain.sealing.names import Group, Table
    from ojakgyo.store import keyholder

    ring, row = keyholder.ring(), Inbound.objects.filter(words__isnull=False).first()
    stand = stock.opened(ring.state_key(), stock.cards_of(world.beodeul)[0])
    shown = [
        ring,
        ring.words_key(),
        house_desk(),
        officer_desk(world.keys),
        world.keys,
        stand,
        row,
        Sms(NUMBER, SPOKEN),
    ]
    print(*map(repr, shown), repr(number_of(house_desk(), stand.card)), file=sys.stderr)
    place = seals.place(Table.INBOUND, row.message, Group.WORDS)
    for wrong in (
        lambda: seals.unseal(ring.sys_key(), place, row.words),
        lambda: seals.unseal(ring.words_key(), replace(place, row=1), row.words),
        lambda: house_desk().keyring.cell_key(world.cell),
        lambda: Line.objects.create(
            holder_id=world.beodeul, index=Line.objects.get(holder_id=world.beodeul).index, number=NUMBER.encode()
        ),
        lambda: Line.objects.filter(index=NUMBER.encode()).get(),
    ):
        try:
            wrong()
        except (OjakError, DatabaseError, Line.DoesNotExist):
            traceback.print_exc()
        else:
            raise AssertionError("nothing was refused")
    connection.close()


def read_back() -> None:
    """With the file open and decrypted: no column holds a canary, and each that is sealed holds something."""
    from django.apps import apps
    from django.db import connection

    from house.canaries import forms
    from ojakgyo.apps.chronicle.fields import SealedField

    looked_for = [form for name, value in canaries.items() for form in forms(value)]
    for model in apps.get_models():
        with connection.cursor() as cursor:
            rows = cursor.execute(f"SELECT * FROM {model._meta.db_table}").fetchall()
        for each in rows:
            for held in each:
                written = held if isinstance(held, bytes) else str(held).encode()
                assert not [form for form in looked_for if form in written], model._meta.db_table
        for field in model._meta.get_fields():
            if isinstance(field, SealedField):
                assert model.objects.exclude(**{field.name: None}).exists(), f"nothing was put into {field}"


def planted() -> None:
    """A row in every table with a canary in each of its columns of letters or bytes, found by reflection."""
    from django.apps import apps
    from django.db import connection, models

    connection.close()
    connection.ensure_connection()
    connection.connection.execute("PRAGMA foreign_keys = OFF")
    for model in apps.get_models():
        values: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            name = f"{model._meta.db_table}.{field.column}"
            if isinstance(field, models.CharField):
                values[field.column] = canaries[name] = f"canary {name}"[:64]
            elif isinstance(field, models.BinaryField):
                values[field.column] = canaries[name] = f"bytes of canary {name}".encode()
            else:
                values[field.column] = 1 if isinstance(field, models.BooleanField) else secrets.randbelow(30_000) + 2
        marks = ", ".join("?" for _ in values)
        names = ", ".join(f'"{column}"' for column in values)
        connection.connection.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", tuple(values.values())
        )


def main(home: Path) -> None:
    ring = found(home)
    folder = home.parent / "spool"
    folder.mkdir()
    (home / "ojak.toml").write_text(f'[channels]\nspool = "{folder}"\n')
    bring_up(home)
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder

    keyholder.unseal(ring)
    opening.bring_up_to_date()
    world = filled(folder)
    handed_in()
    hears(folder, world)
    works()
    client = browses(world.keys)
    adds(client, world)
    uploads(client)
    hands_over(client)
    goes_on()
    kept_away(home)
    stumbles(world)
    read_back()
    planted()
    told = {name: value.hex() if isinstance(value, bytes) else value for name, value in canaries.items()}
    kinds = {name: type(value).__name__ for name, value in canaries.items()}
    print(json.dumps({"canaries": told, "kinds": kinds}))
    print(json.dumps("open"), flush=True)
    sys.stdin.readline()
    keyholder.seal()
    print(json.dumps("sealed"), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    assert sqlite3  # the plain driver could not open what was written
    main(Path(sys.argv[1]))
