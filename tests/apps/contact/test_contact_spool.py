"""What a modem's daemon leaves in the spool is taken once, whatever it is, and nothing is lost."""

import os

import pytest
from django.db import connection
from house.small_world import NUMBERS, STRANGER, told
from hypothesis import given, settings
from hypothesis import strategies as st

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.contact.models import Inbound, InboundState
from ojakgyo.apps.contact.spool import LONGEST, parse
from ojakgyo.apps.vault import seals
from ojakgyo.demo import spool_file
from ojakgyo.domain import facts
from ojakgyo.domain.errors import REGISTRY, Refused
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values import instants
from ojakgyo.store import keyholder
from ojakgyo.store.sqlcipher import base

KNOWN = NUMBERS["Beodeul"]


def opened(row: Inbound) -> dict[str, str]:
    """What lies in the sealed blob of a message that waits to be read."""
    return seals.unseal(keyholder.ring().words_key(), seals.place(Table.INBOUND, row.message, Group.WORDS), row.words)


def only() -> Inbound:
    return Inbound.objects.get()


def results() -> list[ReadingResult]:
    return [read.result for read in told(facts.MessageRead)]


def is_explained(code: str) -> bool:
    return bool(REGISTRY[code].sentence and REGISTRY[code].advice)


def test_a_text_is_kept_and_its_file_goes(world):
    path = world.arrives("쌀 이십 근")
    assert world.listen() == 1
    assert opened(only()) == {"number": KNOWN, "words": "쌀 이십 근"}
    assert not path.exists()


def test_a_file_is_taken_only_once_it_has_been_quiet(world):
    path = world.arrives("482193")
    world.spool.listen()
    world.clocks.go_on(0.2)
    os.utime(path, ns=(1, 1))  # the daemon is still writing
    assert world.spool.listen() == 0
    world.clocks.go_on(0.2)
    assert world.spool.listen() == 0
    world.clocks.go_on(0.2)
    assert world.spool.listen() == 1


@pytest.mark.parametrize("written", [b"", "[SMSBackup000]\nText00 = caf\xe9".encode("latin-1"), b"\x00\xff" * 200])
def test_a_file_nobody_can_read_is_sealed_as_it_is_after_a_minute(world, written):
    path = world.folder / "IN20261124_101200_00_+86_00.txt"
    path.write_bytes(written)
    world.spool.listen()
    world.clocks.go_on(59.9)
    assert world.spool.listen() == 0
    world.clocks.go_on(0.1)
    assert world.spool.listen() == 1
    row = only()
    assert bytes.fromhex(opened(row)["written"]) == written
    assert (row.state, row.code) == (InboundState.UNREADABLE, "contact.file_unreadable")
    assert is_explained(row.code)
    assert len(told(facts.FileUnreadable)) == 1
    assert not path.exists()


def test_latin_1_in_the_daemons_comments_does_not_hide_the_message(world):
    content = spool_file.content(number=KNOWN, text="482193", heard=instants.aware(world.clocks.now))
    (world.folder / "IN.txt").write_bytes("; caf\xe9\n".encode("latin-1") + content.encode())
    assert world.listen() == 1
    assert opened(only())["words"] == "482193"


def test_a_file_cut_anywhere_is_either_whole_or_kept_byte_by_byte(world):
    content = spool_file.content(number=KNOWN, text="482193", heard=instants.aware(world.clocks.now)).encode()
    ends = content.index(b"Length")
    for length in range(0, ends, 7):
        assert parse(content[:length]).sms is None
    assert parse(content).whole


def test_a_half_written_file_is_waited_for_and_then_kept(world):
    content = spool_file.content(number=KNOWN, text="482193", heard=instants.aware(world.clocks.now)).encode()
    half = content[: content.index(b"Text00") + 15]
    (world.folder / "IN.txt").write_bytes(half)
    assert world.listen() == 0
    assert world.wait_out() == 1
    assert bytes.fromhex(opened(only())["written"]) == half


def test_a_file_that_is_completed_in_time_is_read(world):
    content = spool_file.content(number=KNOWN, text="482193", heard=instants.aware(world.clocks.now)).encode()
    path = world.folder / "IN.txt"
    path.write_bytes(content[:-40])
    assert world.listen(for_seconds=30) == 0
    path.write_bytes(content)
    assert world.listen() == 1
    assert opened(only())["words"] == "482193"


THREE_PARTS = "가" * 67 + "나" * 67 + "다" * 5


def parts_of(text: str, world) -> tuple[str, list[str]]:
    head, *sections = spool_file.content(number=KNOWN, text=text, heard=instants.aware(world.clocks.now)).split(
        "[SMSBackup"
    )
    return head, ["[SMSBackup" + section for section in sections]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_a_text_of_three_parts_is_put_together_in_any_order(world, order):
    head, sections = parts_of(THREE_PARTS, world)
    (world.folder / "IN.txt").write_text(head + "".join(sections[place] for place in order))
    assert world.listen() == 1
    assert opened(only())["words"] == THREE_PARTS


def test_a_missing_part_is_waited_for_and_then_the_others_are_read(world):
    head, sections = parts_of(THREE_PARTS, world)
    (world.folder / "IN.txt").write_text(head + sections[0] + sections[2])
    assert world.listen(for_seconds=59) == 0
    world.clocks.go_on(1)
    assert world.spool.listen() == 1
    assert opened(only())["words"] == "가" * 67 + "다" * 5


def test_a_part_that_cannot_be_read_is_not_dropped_with_its_file(world):
    head, sections = parts_of(THREE_PARTS, world)
    written = head + sections[0] + sections[1].replace("Text00 = B", "Text00 = ") + sections[2]
    (world.folder / "IN.txt").write_text(written)
    assert world.wait_out() == 1
    assert bytes.fromhex(opened(only())["written"]).decode() == written


def test_twins_of_one_second_under_one_name_are_two_messages(world):
    first = world.arrives("482193")
    assert world.listen() == 1
    second = world.arrives("771020")
    assert second == first
    assert world.listen() == 1
    assert [opened(row)["words"] for row in Inbound.objects.order_by("seq")] == ["482193", "771020"]


def test_the_same_file_is_known_by_name_inode_time_and_bytes(world):
    path = world.arrives("482193")
    stat, written = path.stat(), path.read_bytes()
    world.listen()
    ring = keyholder.ring()
    assert only().ext_id == ring.external_id("spool", path.name.encode(), stat.st_ino, stat.st_mtime_ns, written)
    assert only().ext_id != ring.external_id("spool", path.name.encode(), stat.st_ino, stat.st_mtime_ns + 1, written)


def test_a_file_that_could_not_be_deleted_is_not_taken_twice(world, monkeypatch):
    path = world.arrives("482193")
    monkeypatch.setattr(type(world.spool), "_delete", lambda *_: None)
    assert world.listen() == 1
    monkeypatch.undo()
    assert world.spool.listen() == 1
    assert Inbound.objects.count() == 1
    assert [seen.inbound for seen in told(facts.FileSeenAgain)] == [only().seq]
    assert not path.exists()


def test_another_file_under_the_name_of_one_just_kept_is_not_deleted_with_it(world, monkeypatch):
    path = world.arrives("482193")
    delete = type(world.spool)._delete

    def replaced_meanwhile(spool, where, mark):
        where.unlink()
        world.arrives("771020")
        delete(spool, where, mark)

    monkeypatch.setattr(type(world.spool), "_delete", replaced_meanwhile)
    assert world.listen() == 1
    monkeypatch.undo()
    assert path.exists()
    assert world.listen() == 1
    assert Inbound.objects.count() == 2


def test_a_text_from_a_number_nobody_holds_is_kept_and_read_by_no_card(world):
    world.hears("482193", STRANGER)
    row = only()
    assert (row.line, row.code) == (None, "contact.line_unknown")
    assert is_explained(row.code)
    assert opened(row)["number"] == STRANGER
    assert [(read.person, read.result) for read in told(facts.MessageRead)] == [(None, ReadingResult.MALFORMED)]


def test_a_senders_name_in_the_place_of_a_number_is_kept(world):
    world.hears("Your code is 482193", "Bank")
    assert opened(only())["number"] == "Bank"


def test_the_same_words_within_ten_minutes_are_joined_to_the_first(world):
    text = world.text("Beodeul")
    world.hears(text)
    world.clocks.go_on(9 * 60)
    world.hears(text)
    first, second = Inbound.objects.order_by("seq")
    assert (second.state, second.first) == (InboundState.REPEATED, first.message)
    assert results() == [ReadingResult.OK]
    assert [(each.message, each.first) for each in told(facts.MessageRepeated)] == [(second.message, first.message)]


def test_the_same_words_after_ten_minutes_are_a_message_again(world):
    for _ in range(2):
        world.clocks.go_on(10 * 60 + 1)
        world.hears("482193 again")
    assert len(results()) == 2 and not told(facts.MessageRepeated)


def test_a_code_that_the_network_brings_twice_hours_apart_is_read_once(world):
    text = world.text("Beodeul")
    world.hears(text)
    world.clocks.go_on(7 * 3600)
    world.hears(text)
    first, second = Inbound.objects.order_by("seq")
    assert (second.state, second.first, second.words) == (InboundState.REPEATED, first.message, None)
    assert results() == [ReadingResult.OK]


def test_the_same_words_from_another_number_are_not_joined(world):
    world.hears("482193")
    world.hears("482193", STRANGER)
    assert not told(facts.MessageRepeated)


def test_a_replayed_text_keeps_no_window(world):
    first, second = world.text("Beodeul"), world.text("Beodeul", row=1)
    for text in (first, second):
        world.hears(text)
    assert len(told(facts.WindowKept)) == 1
    world.clocks.go_on(11 * 60)
    world.hears(first)
    last = told(facts.MessageRead)[-1]
    assert (last.result, last.window) == (ReadingResult.REPLAY, None)


def test_a_text_of_ten_kilobytes_is_kept_whole_and_only_its_start_is_read(world):
    digits = world.text("Beodeul")
    words = "가" * LONGEST + digits + "나" * (10_000 - LONGEST - 6)
    world.arrives(words)
    assert world.listen() == 1
    row = only()
    assert opened(row)["words"] == words
    world.work()
    assert row.code == "contact.too_long"
    assert is_explained(row.code)
    assert results() == [ReadingResult.MALFORMED]


@pytest.mark.parametrize("numerals", ["공일이삼사오육칠팔구", "零一二三四五六七八九", "０１２３４５６７８９"])
def test_digits_in_other_numerals_are_read(world, numerals):
    world.hears("".join(numerals[int(digit)] for digit in world.text("Beodeul", Meaning.DANGER)))
    assert [(read.result, read.meaning) for read in told(facts.MessageRead)] == [(ReadingResult.OK, Meaning.DANGER)]


def test_a_file_the_desk_may_not_read_keeps_no_other_waiting(world, monkeypatch):
    bad = world.arrives("111111")
    good = world.folder / "INz.txt"
    good.write_bytes(bad.read_bytes())
    read = type(bad).read_bytes

    def forbidden(path):
        if path == bad:
            raise PermissionError
        return read(path)

    monkeypatch.setattr(type(bad), "read_bytes", forbidden)
    world.spool.listen()
    world.clocks.go_on(0.5)
    with pytest.raises(PermissionError):  # the runner's ears stay deaf until somebody looks
        world.spool.listen()
    assert Inbound.objects.count() == 1
    assert bad.exists()
    assert not good.exists()


def test_a_locked_database_loses_nothing(world, database, monkeypatch):
    path = world.arrives(world.text("Beodeul"))
    world.spool.listen()
    world.clocks.go_on(1)
    connection.close()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    base.pool.drain()
    other = base.Database.connect(str(database), isolation_level=None)
    other.execute(keyholder.opening_statement())
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refused) as refused:
        world.spool.listen()
    other.execute("ROLLBACK")
    other.close()
    assert refused.value.code == "house.busy"
    assert is_explained("house.busy")
    assert path.exists()
    assert world.spool.listen() == 1
    world.work()
    assert results() == [ReadingResult.OK]
    assert Inbound.objects.count() == 1


def test_a_full_database_leaves_the_file_in_the_spool_until_there_is_room(world):
    path = world.arrives("쌀" * 3_000 + world.text("Beodeul"))
    world.spool.listen()
    world.clocks.go_on(1)
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        before = audit.verify()
        with pytest.raises(Refused) as refused:
            world.spool.listen()
        assert refused.value.code == "house.full"
        assert is_explained("house.full")
        assert path.exists()
        assert (Inbound.objects.count(), audit.verify()) == (0, before)
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert world.spool.listen() == 1
    assert not path.exists()
    world.work()
    assert Inbound.objects.count() == 1
    assert results() == [ReadingResult.OK]
    assert audit.verify() > before


@settings(max_examples=200)
@given(st.binary(max_size=400), st.text("0123456789ABCDEFZ", max_size=14))
def test_no_file_whatever_makes_the_reader_raise(tail, header):
    assert parse(tail) is not None
    section = f"[SMSBackup000]\nNumberUnicode = 0031\nUDH = {header}\nText00 = 0031\nLength = 1\n"
    assert parse(section.encode() + tail) is not None


def test_the_same_part_twice_is_not_a_whole_message():
    part = "[SMSBackup000]\nNumberUnicode = 0031\nUDH = 050003AA0201\nText00 = 0031\nLength = 1\n"
    assert not parse((part + part).encode()).whole
