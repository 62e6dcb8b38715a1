"""Backups: what lies in each part, the way back, and that nothing changed, forged or older comes back."""

import errno
import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from hashlib import sha256

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from world import NOW, SECRET, night, night_kept, well

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.vault import header, models, ways
from ojakgyo.apps.vault.actions.backups import write_backup
from ojakgyo.apps.vault.actions.officers import suspend_officer
from ojakgyo.apps.vault.backup import division, laying_out, taking
from ojakgyo.apps.vault.backup import folder as storing
from ojakgyo.apps.vault.backup.bringing import bring
from ojakgyo.apps.vault.desks import command_desk, house_desk
from ojakgyo.apps.vault.queries import backups
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import age_keys, organisation, parts, primitives, vault_file
from ojakgyo.domain.sealing.manifest import Which
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant
from ojakgyo.runner import health, restoring
from ojakgyo.runner.keeper import Keeper
from ojakgyo.store import keyholder
from ojakgyo.store.sqlcipher.pool import pool

__all__ = ["night", "night_kept"]
KEYS = organisation.keys(SECRET)
IDENTITY = age_keys.identity(KEYS.exchange)
OPERATOR = organisation.keys(bytes(32))
WORDS = "words for invented people only"


@pytest.fixture
def shelf(night, tmp_path):
    """Where backups go."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def write(shelf):
    return write_backup(command_desk(), folder=shelf)


def file(shelf, part, number):
    return (shelf / f"{settings.OJAK_VAULT_ID}-{part}-{number}.age").read_bytes()


def both(shelf, *, data=1, keys=1):
    return file(shelf, "data", data), file(shelf, "keys", keys)


def by_words(file):
    return vault_file.open_by_words(file, WORDS)


def brought(files, **options):
    return bring(files, **{"identity": IDENTITY, "way": by_words, **options})


def part_of(data):
    return parts.unpacked(age_keys.decrypt(data, IDENTITY))


def told(plain, question):
    with closing(sqlite3.connect(":memory:")) as rows:
        rows.deserialize(plain)
        return rows.execute(question).fetchall()


def come_back(files, home, monkeypatch):
    """Restore into a new folder and stand in it, as `ojak restore` does in a process of its own."""
    backup = brought(files)
    with laying_out.fresh_folder(home) as made:
        laying_out.lay_out(backup, made)
        stand_in(made, monkeypatch)
        restoring.first_opening(backup)
    stand_in(home, monkeypatch)
    keyholder.unseal(backup.ring)
    return backup


def stand_in(home, monkeypatch):
    connections.close_all()
    pool.drain()
    monkeypatch.setattr(settings, "HOME", home)
    monkeypatch.setitem(connections["default"].settings_dict, "NAME", str(home / "vault.db"))
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(home / "vault.db"))


# What is written -----------------------------------------------------------------------------------------------------


def test_two_files_are_written_that_only_their_owner_reads_and_it_is_written_down(shelf):
    assert write(shelf) == 1
    assert sorted(each.name.partition("-")[2] for each in shelf.glob("*.age")) == ["data-1.age", "keys-1.age"]
    assert {each.stat().st_mode & 0o777 for each in shelf.iterdir()} == {0o600}
    (row,) = models.Backup.objects.all()
    (said,) = audit.every(facts.BackupWritten)
    assert (row.number, row.taken_ms, said.number) == (1, NOW, 1)
    assert row.seq == audit.head()[0] - 1


def test_the_data_opens_no_name_and_the_keys_tell_no_story(shelf):
    write(shelf)
    data, keys = (part_of(each).members for each in both(shelf))
    plain = data[division.DATA]
    for table in division.KEYS_ONLY:
        assert told(plain, f"SELECT count(*) FROM {table}") == [(0,)]
    assert told(plain, "SELECT max(length(bundle)) FROM vault_officer") == [(0,)]
    assert set(keys) == {division.KEYS, header.NAME, header.DEMO_KEY, parts.SIGNERS}
    assert header.NAME not in data
    tables = {name for (name,) in told(keys[division.KEYS], "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - {"sqlite_sequence"} == set(division.WITH_KEYS)
    assert told(keys[division.KEYS], "SELECT count(*) FROM vault_grant")[0][0] > 0


def test_of_the_keys_only_the_newest_two_are_kept_and_of_the_data_all(shelf):
    for number in (1, 2, 3, 4):
        assert write(shelf) == number
    names = sorted(each.name.partition("-")[2] for each in shelf.glob("*.age"))
    assert names == [*(f"data-{number}.age" for number in (1, 2, 3, 4)), "keys-3.age", "keys-4.age"]


def test_files_of_another_vault_in_the_folder_are_left_alone(shelf):
    others = [shelf / f"00112233aabbccdd-keys-{number}.age" for number in (1, 2, 3)]
    for other in others:
        other.write_bytes(b"theirs")
    for _ in range(3):
        write(shelf)
    assert all(other.read_bytes() == b"theirs" for other in others)


def test_a_number_is_never_used_twice_in_a_folder(shelf):
    (shelf / f"{settings.OJAK_VAULT_ID}-data-8.age").write_bytes(b"written by a vault that was brought back since")
    assert write(shelf) == 9


def test_who_writes_while_somebody_else_does_waits_and_is_refused_after_a_while(shelf, monkeypatch):
    monkeypatch.setattr(storing, "PATIENCE_S", 0.1)
    with storing.one_at_a_time(shelf), pytest.raises(Refused, match=r"house\.busy"):
        write(shelf)
    assert not models.Backup.objects.exists()
    assert write(shelf) == 1


def test_writers_at_the_same_moment_write_one_after_the_other(shelf, tmp_path):
    """The page, the keeper and a command, into the same folder and another one."""
    other = tmp_path / "other"
    other.mkdir()
    folders, numbers, start = [shelf, other, shelf, shelf], [], threading.Barrier(4)

    def writer(folder):
        start.wait()
        try:
            numbers.append(write(folder))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=(folder,)) for folder in folders]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(numbers) == [1, 2, 3, 4]
    for row in models.Backup.objects.all():
        folder = next(each for each in folders if (each / f"{settings.OJAK_VAULT_ID}-data-{row.number}.age").exists())
        assert sha256(file(folder, "data", row.number)).digest() == row.data_digest


def test_a_file_that_lies_there_is_never_written_over(shelf):
    taken = shelf / storing.name("0011223344556677", Which.KEYS, 1)
    taken.write_bytes(b"mine")
    with pytest.raises(Refused, match=r"vault\.backup_not_written"):
        storing.keep(shelf, "0011223344556677", 1, {Which.KEYS: b"another"})
    assert taken.read_bytes() == b"mine"


def test_on_a_stick_that_knows_no_links_both_files_are_written(shelf, monkeypatch):
    def refuses(*_):
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refuses)
    assert write(shelf) == 1
    assert brought(both(shelf)).about.number == 1
    assert not list(shelf.glob(".*.age"))


def test_the_doctor_sees_whether_the_newest_files_are_as_they_were_written(shelf, monkeypatch):
    assert backups.newest_files() is None
    monkeypatch.setattr(settings, "TOML", {"backup": {"to": str(shelf)}})
    write(shelf)
    assert "files of the newest backup" not in found_wrong()
    newest = shelf / storing.name(settings.OJAK_VAULT_ID, Which.KEYS, 1)
    newest.write_bytes(newest.read_bytes()[:-1])
    assert "files of the newest backup" in found_wrong()
    for each in shelf.glob("*.age"):
        each.unlink()
    assert backups.newest_files() is None, "carried elsewhere"


def found_wrong():
    return {each.check for each in health.look(settings.HOME, deep=False) if not each.ok}


def test_without_keys_of_the_organisation_nothing_is_written(night, tmp_path):
    models.Organisation.objects.all().delete()
    with pytest.raises(Refused, match=r"vault\.recipient_unknown"):
        write_backup(command_desk(), folder=tmp_path)
    assert not list(tmp_path.glob("*.age"))


def test_a_folder_that_is_not_there_is_not_made_up(shelf, tmp_path):
    before = audit.head()
    with pytest.raises(Refused, match=r"vault\.backup_not_written"):
        write_backup(command_desk(), folder=tmp_path / "unplugged")
    assert not (tmp_path / "unplugged").exists()
    assert audit.head() == before


def test_an_operator_named_in_the_settings_opens_it_too(shelf, monkeypatch):
    operator = age_keys.recipient(primitives.exchange_public(OPERATOR.exchange))
    monkeypatch.setattr(settings, "TOML", {"backup": {"recipient": operator}})
    write(shelf)
    assert brought(both(shelf), identity=age_keys.identity(OPERATOR.exchange)).about.number == 1


# When it is due ------------------------------------------------------------------------------------------------------


def test_a_reminder_stands_from_the_first_day_and_48_hours_after_the_last(shelf):
    assert backups.overdue(NOW)
    write(shelf)
    assert not backups.overdue(Instant(NOW + 2 * DAY_MS))
    assert backups.overdue(Instant(NOW + 2 * DAY_MS + 1))


def test_the_house_writes_by_itself_as_often_as_it_is_told(night, shelf, monkeypatch):
    monkeypatch.setattr(settings, "TOML", {"backup": {"to": str(shelf), "every_hours": 6}})
    keeper = Keeper(house_desk)
    for hours, written in ((0, 1), (5, 1), (6, 2), (7, 2)):
        night.clock.at(NOW + hours * HOUR_MS)
        keeper.go_round()
        assert models.Backup.objects.count() == written


def test_after_a_name_was_forgotten_the_house_writes_at_once(night, shelf, monkeypatch):
    monkeypatch.setattr(settings, "TOML", {"backup": {"to": str(shelf)}})
    write(shelf)
    assert not backups.is_due(NOW)
    forget_in_facts(night.person("Yeoul"))
    assert backups.is_due(NOW)


def test_a_folder_that_has_gone_is_tried_again_later_and_harms_nothing_else(night, shelf, monkeypatch):
    monkeypatch.setattr(settings, "TOML", {"backup": {"to": str(shelf / "unplugged")}})
    keeper = Keeper(house_desk)
    keeper.go_round()
    assert not models.Backup.objects.exists()
    (shelf / "unplugged").mkdir()
    keeper.go_round()
    assert not models.Backup.objects.exists()
    night.clock.at(NOW + HOUR_MS)
    keeper.go_round()
    assert models.Backup.objects.count() == 1


def test_without_a_folder_the_house_writes_nothing(shelf):
    Keeper(house_desk).go_round()
    assert not models.Backup.objects.exists()


# The way back --------------------------------------------------------------------------------------------------------


def test_what_was_written_comes_back_into_a_new_folder(night, shelf, tmp_path, monkeypatch):
    write(shelf)
    night.hears("Beodeul", well)
    home = tmp_path / "new"
    come_back(both(shelf), home, monkeypatch)
    assert home.stat().st_mode & 0o777 == 0o700
    found = {each.name: each.stat().st_mode & 0o777 for each in home.iterdir() if each.is_file()}
    assert found == dict.fromkeys(("vault.json", "vault.db", "demo.key"), 0o600)
    assert audit.verify() == part_of(file(shelf, "data", 1)).manifest.seq + 1
    assert ways.check(keyholder.ring()) is None
    assert night.desk("Haneul").keyring.holds(night.ids.cells["N-2"])
    assert [said.number for said in audit.every(facts.BackupRestored)] == [1]
    assert write(shelf) == 2


def test_the_files_are_known_by_what_is_in_them_whichever_comes_first(shelf):
    write(shelf)
    data, keys = both(shelf)
    assert brought((keys, data)).about.number == 1


def test_old_data_comes_back_with_the_newest_keys_and_who_was_suspended_since_stays_so(
    night, shelf, tmp_path, monkeypatch
):
    write(shelf)
    suspend_officer(night.desk("Haneul"), officer=night.officer("Boram"))
    for _ in range(3):
        write(shelf)
    come_back(both(shelf, data=1, keys=4), tmp_path / "new", monkeypatch)
    assert models.Officer.objects.get(id=night.officer("Boram")).state == "suspended"
    assert not list(audit.every(facts.OfficerSuspended))


def forget_in_facts(person):
    from ojakgyo.apps.contact.forgetting import forget_again

    forget_again(command_desk(), persons=[person])


def test_whose_name_was_forgotten_since_has_none_when_old_data_comes_back(night, shelf, tmp_path, monkeypatch):
    from ojakgyo.apps.network.models import Line
    from ojakgyo.apps.people.models import Person, PersonKey, RealName

    gone, kept = night.person("Beodeul"), night.person("Yeoul")
    cell = night.ids.cells["N-2"]
    PersonKey.objects.exclude(person__in=()).delete()
    RealName.objects.all().delete()
    for person in (gone, kept):
        RealName.objects.create(person_id=person, ident=b"sealed")
        PersonKey.objects.create(person_id=person, cell_id=cell, epoch=1, wrapped=b"wrapped", drawn_ms=NOW)
    write(shelf)
    forget_in_facts(gone)
    write(shelf)
    write(shelf)
    assert brought(both(shelf, data=1, keys=3)).erased_since == (gone,)
    come_back(both(shelf, data=1, keys=3), tmp_path / "new", monkeypatch)
    assert set(PersonKey.objects.values_list("person", flat=True)) == {kept}
    assert set(RealName.objects.values_list("person", flat=True)) == {kept}
    assert Person.objects.get(id=gone).forgotten_ms == NOW
    assert Line.objects.get(holder=gone).number is None
    assert Line.objects.get(holder=kept).number is not None
    assert [said.person for said in audit.every(facts.PersonForgotten)] == [gone]
    assert taking.erased() == (gone,)


def test_keys_older_than_the_data_are_refused(night, shelf):
    write(shelf)
    night.hears("Beodeul", well)
    write(shelf)
    with pytest.raises(Refused, match=r"vault\.backup_older"):
        brought(both(shelf, data=2, keys=1))


def signed_anew(data, **changed):
    """The same members under another manifest, signed by the house itself: as a mistake of its own would be."""
    part = part_of(data)
    members = {name: held for name, held in part.members.items() if name != parts.SIGNERS}
    manifest = replace(part.manifest, **changed)
    return age_keys.encrypt(parts.packed(manifest, members, audit=keyholder.ring().audit), backups.recipients())


def test_keys_whose_generation_is_not_that_of_the_vault_file_in_them_are_damaged(shelf):
    write(shelf)
    data, keys = both(shelf)
    for other in (-1, 1):
        generation = part_of(keys).manifest.generation + other
        with pytest.raises(Damaged, match=r"vault\.backup_damaged number=1"):
            brought((data, signed_anew(keys, generation=generation)))


def test_keys_of_an_earlier_generation_than_the_data_are_refused_though_no_fact_lies_between(shelf):
    """An anchor, or new keys, make another vault.json and no fact."""
    write(shelf)
    data, keys = both(shelf)
    later = part_of(data).manifest.generation + 1
    with pytest.raises(Refused, match=r"vault\.backup_older"):
        brought((signed_anew(data, generation=later), keys))
    assert brought((signed_anew(data, generation=later - 2), keys)).about.number == 1


def test_twice_the_same_part_is_refused(shelf):
    write(shelf)
    write(shelf)
    for part in ("data", "keys"):
        with pytest.raises(Refused, match=r"vault\.backup_another"):
            brought((file(shelf, part, 1), file(shelf, part, 2)))


def test_a_part_that_anybody_could_have_made_is_refused(shelf):
    """Whoever knows the organisation's public key can encrypt for it; nobody without RING.audit can sign."""
    write(shelf)
    data, keys = both(shelf)
    recipient = backups.recipients()
    part = part_of(data)
    members = {name: data for name, data in part.members.items() if name != parts.SIGNERS}
    forged = age_keys.encrypt(parts.packed(part.manifest, members, audit=bytes(32)), recipient)
    with pytest.raises(Damaged, match=r"vault\.backup_unsigned"):
        brought((forged, keys))


def test_it_says_whose_hand_it_is_so_that_a_house_that_was_made_up_is_told_from_ours(shelf, tmp_path):
    """The shares open whatever was wrapped for their public half, which stands in vault.json."""
    write(shelf)
    ours = brought(both(shelf))
    assert ours.signer == backups.backups(command_desk()).signer == parts.signer(keyholder.ring().audit)
    assert ours.signer != parts.signer(header.found(tmp_path / "another_house", WORDS, demo=True).audit)


def test_a_part_of_another_vault_is_refused(shelf, monkeypatch):
    write(shelf)
    _, keys = both(shelf)
    monkeypatch.setattr(settings, "OJAK_VAULT_ID", "0011223344556677")
    other = taking.take(command_desk(), number=1, recipients=backups.recipients())
    with pytest.raises(Refused, match=r"vault\.backup_another"):
        brought((other.data, keys))


def test_the_passphrase_of_another_vault_opens_nothing(shelf):
    write(shelf)
    with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
        brought(both(shelf), way=lambda file: vault_file.open_by_words(file, "other words"))


@pytest.mark.parametrize("which", [0, 1])
def test_a_flipped_byte_anywhere_is_refused_before_anything_is_written(shelf, which):
    write(shelf)
    files = both(shelf)
    size = len(files[which])
    for at in sorted({0, 1, 21, 50, size - 1, size - 16, size - 17, *range(60, size, size // 60)}):
        changed = list(files)
        changed[which] = files[which][:at] + bytes([files[which][at] ^ 1]) + files[which][at + 1 :]
        with pytest.raises(Damaged, match=r"vault\.backup_damaged"):
            brought(tuple(changed))


@pytest.mark.parametrize("which", [0, 1])
def test_a_file_that_was_cut_off_is_refused(shelf, which):
    write(shelf)
    files = both(shelf)
    size = len(files[which])
    for length in (0, 1, 20, size // 2, 65_536 + 200, size - 16, size - 1):
        cut = list(files)
        cut[which] = files[which][: min(length, size - 1)]
        with pytest.raises(Damaged, match=r"vault\.backup_damaged"):
            brought(tuple(cut))


def test_data_whose_chain_does_not_hold_leaves_no_folder(night, shelf, tmp_path, monkeypatch):
    """Signed by this house, and yet not whole: as if it had been taken of a damaged database."""
    from ojakgyo.apps.chronicle.models import Head

    Head.objects.update(hash=bytes(32))
    write_only = taking.take(command_desk(), number=1, recipients=backups.recipients())
    with pytest.raises(Damaged, match=r"chronicle\.damaged"):
        come_back((write_only.data, write_only.keys), tmp_path / "new", monkeypatch)
    assert [each.name for each in tmp_path.iterdir() if "new" in each.name] == []


def test_a_backup_of_a_newer_version_leaves_no_folder(shelf, tmp_path, monkeypatch):
    monkeypatch.setattr(taking, "schema", lambda: ("vault.9999_of_tomorrow",))
    made = taking.take(command_desk(), number=1, recipients=backups.recipients())
    monkeypatch.undo()
    with pytest.raises(Refused, match=r"vault\.backup_version"):
        come_back((made.data, made.keys), tmp_path / "new", monkeypatch)
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_over(shelf, tmp_path):
    filled = tmp_path / "filled"
    filled.mkdir()
    (filled / "something").write_text("mine")
    with pytest.raises(Refused, match=r"vault\.backup_not_empty"), laying_out.fresh_folder(filled):
        pass
    assert (filled / "something").read_text() == "mine"


def test_every_table_that_is_divided_is_there():
    from django.apps import apps

    tables = {model._meta.db_table: {field.column for field in model._meta.fields} for model in apps.get_models()}
    assert set(division.WITH_KEYS) | set(division.OF_A_PERSON) <= set(tables)
    assert all("person_id" in tables[table] for table in division.OF_A_PERSON)


# The page ------------------------------------------------------------------------------------------------------------


def seated(name):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": name, "password": f"of {name}"})
    return client


def test_the_page_says_that_there_is_none_and_writes_one_where_the_settings_say(shelf, monkeypatch):
    client = seated("Haneul")
    assert 'action="/vault/backups/write/"' not in client.get("/vault/backups/").content.decode()
    monkeypatch.setattr(settings, "TOML", {"backup": {"to": str(shelf)}})
    assert 'action="/vault/backups/write/"' in client.get("/vault/backups/").content.decode()
    assert client.get("/vault/backups/write/").status_code == 405
    assert client.post("/vault/backups/write/").status_code == 302
    assert models.Backup.objects.count() == 1


def test_who_does_not_manage_writes_none_and_is_shown_no_button(shelf, monkeypatch):
    monkeypatch.setattr(settings, "TOML", {"backup": {"to": str(shelf)}})
    client = seated("Boram")
    assert 'action="/vault/backups/write/"' not in client.get("/vault/backups/").content.decode()
    assert client.post("/vault/backups/write/").status_code == 409
    assert not models.Backup.objects.exists()
