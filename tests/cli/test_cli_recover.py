"""`ojak recover` and `ojak rekey`: what enough shares bring back, and new keys under the same ways in."""

import json
import sys
from functools import partial

import httpx
import pytest
from keyboard import Keyboard
from processes import OJAK, Done, House
from processes import ojak as ojak_at_full_price
from real_vault import FLOOR, PASSWORD, TOKEN, WORDS, type_in

from ojakgyo.apps.vault import header, paper
from ojakgyo.domain.sealing import shares, vault_file

ojak = partial(ojak_at_full_price, program=FLOOR)
"""What it makes new is at the floor of the key derivation, as the vault itself is."""


def verified(vault, words: str) -> int:
    return ojak("audit", "verify", "--secrets-file", vault.secrets(words), home=vault.home).code


def test_two_shares_give_a_new_passphrase_and_the_old_one_opens_nothing(vault):
    shares_given = vault.secrets(*vault.shares[1:])
    done = ojak_at_full_price("recover", "words", "--secrets-file", shares_given, "--json", home=vault.home)
    (told,) = done.lines
    assert done.code == 0 and len(told["passphrase"].split()) == 6
    assert verified(vault, told["passphrase"]) == 0
    assert verified(vault, WORDS) == 3
    assert verified(vault, PASSWORD) == 0, "an opener's own way in stays"
    facts = ojak("chronicle", "--secrets-file", vault.secrets(told["passphrase"]), "--json", home=vault.home).lines
    made = [each["fields"] for each in facts if each["kind"] == "vault.slot_made"]
    assert (made[-1]["slot"], made[-1]["officer"]) == ("passphrase", None)


def test_an_officer_comes_back_with_new_keys_and_every_cell(vault):
    given = ojak(
        "recover", "officer", "하늘", "--secrets-file", vault.secrets(*vault.shares[:2]), "--json", home=vault.home
    )
    assert given.code == 0, given.prose
    password, cells = given.lines[0]["password"], given.lines[1]["cells"]
    assert cells == 1
    assert verified(vault, PASSWORD) == 3, "the lost password opens nothing any more"
    with House("serve", home=vault.home) as house, httpx.Client(base_url=house.wait().url, timeout=60) as visitor:
        assert type_in(visitor, password).status_code == 302
        assert visitor.get("/now/").status_code == 200
        token = TOKEN.search(visitor.get("/now/").text)[1]
        visitor.post("/lock/", data={"csrfmiddlewaretoken": token})
        way_in = TOKEN.search(visitor.get("/enter/").text)[1]
        typed = {"code_name": "Haneul", "password": password, "csrfmiddlewaretoken": way_in}
        assert visitor.post("/enter/", data=typed).headers["location"] == "/"
        kinds = [each["kind"] for each in house.ask("chronicle")]
    assert "vault.officer_keys_renewed" in kinds


@pytest.mark.slow
def test_a_code_name_that_nobody_has_brings_nobody_back(vault):
    secrets = vault.secrets(*vault.shares[:2])
    for name in ("Dasom", "Nobody"):
        done = ojak("recover", "officer", name, "--secrets-file", secrets, home=vault.home)
        assert done.code == 1 and "people.unknown_code_name" in done.prose
    assert verified(vault, PASSWORD) == 0


@pytest.mark.slow
def test_another_set_of_shares_opens_the_same_vault(vault):
    secrets = vault.secrets(*vault.shares[:2])
    done = ojak("recover", "shares", "--shares", "3of5", "--secrets-file", secrets, "--json", home=vault.home)
    fresh = done.lines[0]["shares"]
    assert len(fresh) == 5 and not set(fresh) & set(vault.shares)
    assert shares.combine(fresh[:3]) == shares.combine(vault.shares[:2])
    again = ojak("recover", "words", "--secrets-file", vault.secrets(*fresh[2:]), "--json", home=vault.home)
    assert again.code == 0
    mixed = ojak("recover", "words", "--secrets-file", vault.secrets(fresh[0], vault.shares[0]), home=vault.home)
    assert mixed.code == 1 and "vault.shares_mixed" in mixed.prose


def typo(share: str) -> str:
    words = share.split()
    return " ".join([*words[:4], "lanternn", *words[5:]])


def swapped(share: str) -> str:
    words = share.split()
    return " ".join([*words[:4], words[5], words[4], *words[6:]])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (lambda held: [held[0]], "vault.shares_few needed=2"),
        (lambda held: [held[0], held[0]], "vault.shares_few needed=2"),
        (lambda held: [held[0], typo(held[1])], "vault.share_word share=2 word=5"),
        (lambda held: [swapped(held[0]), held[1]], "vault.share_broken share=1"),
        (lambda held: [held[0], "acid acne"], "vault.share_broken share=2"),
    ],
)
def test_what_is_wrong_with_a_share_is_named_and_nothing_changes(vault, lines, said):
    before = (vault.home / "vault.json").read_bytes(), (vault.home / "vault.db").read_bytes()
    done = ojak("recover", "words", "--secrets-file", vault.secrets(*lines(vault.shares)), home=vault.home)
    assert done.code == 1 and said in done.prose
    assert ((vault.home / "vault.json").read_bytes(), (vault.home / "vault.db").read_bytes()) == before


@pytest.mark.slow
def test_shares_of_another_vault_open_nothing_here(vault):
    strange = paper.split(b"another secret of another vault.")
    done = ojak("recover", "words", "--secrets-file", vault.secrets(*strange[:2]), home=vault.home)
    assert done.code == 1 and "vault.shares_mixed" in done.prose


@pytest.mark.slow
def test_four_letters_of_each_word_are_enough(vault):
    short = [" ".join(word[:4] for word in share.split()) for share in vault.shares[:2]]
    assert ojak("recover", "words", "--secrets-file", vault.secrets(*short), home=vault.home).code == 0


def test_nothing_is_recovered_or_rekeyed_while_a_desk_serves(vault):
    with House("serve", home=vault.home) as house:
        house.wait()
        secrets = vault.secrets(*vault.shares[:2])
        for command in (("recover", "words"), ("recover", "officer", "Haneul"), ("recover", "shares"), ("rekey",)):
            done = ojak(*command, "--secrets-file", secrets, home=vault.home)
            assert done.code == 1 and "vault.in_use" in done.prose


def test_rekey_draws_every_key_anew_and_every_way_in_stays(vault):
    before, database = header.unseal(vault.home, WORDS).ring, (vault.home / "vault.db").read_bytes()
    done = ojak("rekey", "--secrets-file", vault.secrets(), "--json", home=vault.home)
    assert (done.code, done.lines) == (0, [{"rekeyed": True, "lines_left": True}])
    after = header.unseal(vault.home, WORDS).ring
    assert after.root == before.root
    for name in ("db", "sys", "cards", "transit", "audit", "lines"):
        assert getattr(after, name) != getattr(before, name)
    assert set(after.before) == {"lines"}, "nothing else lies under an earlier key"
    assert (vault.home / "vault.db").read_bytes()[:4096] != database[:4096]
    assert verified(vault, WORDS) == verified(vault, PASSWORD) == 0
    with House("serve", "--secrets-file", vault.secrets(), home=vault.home) as house:
        assert httpx.get(f"{house.wait().url}/health/ready").json() == {"ready": True}


@pytest.mark.slow
def test_rekey_can_put_a_new_passphrase_in_as_well(vault):
    done = ojak("rekey", "--new-passphrase", "--secrets-file", vault.secrets(), "--json", home=vault.home)
    assert verified(vault, done.lines[0]["passphrase"]) == 0
    assert verified(vault, WORDS) == 3


@pytest.mark.slow
def test_after_a_loss_rekey_draws_what_the_ways_in_open_as_well(vault):
    """The passphrase is a new one, the shares go on opening, and an opener's own password does not until they sign in."""
    before = header.unseal(vault.home, WORDS).ring
    done = ojak("rekey", "--new-root", "--secrets-file", vault.secrets(), "--json", home=vault.home)
    words = done.lines[0]["passphrase"]
    after = header.unseal(vault.home, words).ring
    assert after.root != before.root
    assert (verified(vault, words), verified(vault, WORDS), verified(vault, PASSWORD)) == (0, 3, 3)
    assert header.unseal_by_secret(vault.home, shares.combine(vault.shares[:2])).ring.root == after.root


@pytest.mark.slow
def test_rekey_takes_a_passphrase_of_ones_own_from_the_file(vault):
    own = "seven rivers under a paper lantern"
    secrets = vault.secrets(f'passphrase = "{WORDS}"', f'new_passphrase = "{own}"')
    done = ojak("rekey", "--new-passphrase", "--secrets-file", secrets, "--json", home=vault.home)
    assert done.code == 0 and own not in json.dumps(done.lines) + done.prose
    assert verified(vault, own) == 0


@pytest.mark.slow
def test_rekey_by_wrong_words_changes_nothing(vault):
    before = (vault.home / "vault.json").read_bytes()
    done = ojak("rekey", "--secrets-file", vault.secrets("not these words"), home=vault.home)
    assert done.code == 3
    assert (vault.home / "vault.json").read_bytes() == before


FULL = """
import errno, os, shutil, sys
from ojakgyo.domain.sealing import stretching
stretching.UNSEAL = stretching.FLOOR
moment = sys.argv.pop(1)
def refuses(source, target):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
if moment == "before":
    shutil.disk_usage = lambda path: shutil._ntuple_diskusage(1 << 30, 1 << 30, 4096)
elif moment == "copying":
    shutil.copyfile = refuses
elif moment == "noting":
    from ojakgyo.cli import rekey
    from ojakgyo.domain.errors import Refused
    put = rekey.put_passphrase
    def put_passphrase(*words):
        from ojakgyo.apps.vault.actions import organisation
        def note_slot(*told, **more):
            raise Refused("house.full")
        organisation.note_slot = note_slot
        put(*words)
    rekey.put_passphrase = put_passphrase
    from ojakgyo.cli import recover
    recover.put_passphrase = put_passphrase
from ojakgyo.cli import main
main()
"""


def on_a_full_disk(moment: str, *words: str, vault) -> Done:
    """A command on a disk that is full before it begins, when the copy is written, or when the last fact is."""
    program = vault.folder / "full.py"
    program.write_text(FULL)
    return ojak_at_full_price(*words, home=vault.home, program=(sys.executable, str(program), moment))


@pytest.mark.slow
@pytest.mark.parametrize("option", ["--new-root", "--new-passphrase"])
def test_where_there_is_no_room_for_the_copy_nothing_is_changed_and_no_words_are_shown(vault, option):
    before = (vault.home / "vault.json").read_bytes()
    done = on_a_full_disk("before", "rekey", option, "--secrets-file", vault.secrets(), "--json", vault=vault)
    assert (done.code, done.lines) == (1, [])
    assert "house.full" in done.prose
    assert header.label(vault.home).slots == vault_file.label(before).slots
    assert verified(vault, WORDS) == 0


@pytest.mark.slow
def test_on_a_disk_that_fills_up_meanwhile_the_new_words_are_told_and_open_what_is_left(vault):
    done = on_a_full_disk("copying", "rekey", "--new-root", "--secrets-file", vault.secrets(), "--json", vault=vault)
    assert done.code == 1 and "house.full" in done.prose and "Traceback" not in done.prose
    assert "counts already" in done.prose
    words = done.lines[0]["passphrase"]
    assert (verified(vault, words), verified(vault, WORDS)) == (0, 3)
    assert set(header.unseal(vault.home, words).ring.before) == {"lines"}, "that opening has done the rest"


@pytest.mark.slow
@pytest.mark.parametrize("command", [("recover", "words"), ("rekey", "--new-passphrase")])
def test_new_words_are_told_before_they_count_whatever_fails_afterwards(vault, command):
    secrets = vault.secrets(*vault.shares[:2]) if command[0] == "recover" else vault.secrets()
    done = on_a_full_disk("noting", *command, "--secrets-file", secrets, "--json", vault=vault)
    assert done.code == 1 and "house.full" in done.prose and "counts already" in done.prose
    assert (verified(vault, done.lines[0]["passphrase"]), verified(vault, WORDS)) == (0, 3)


@pytest.mark.slow
def test_who_sits_at_the_keyboard_types_the_new_words_back_before_anything_is_changed(vault):
    before = (vault.home / "vault.json").read_bytes()
    person = Keyboard(OJAK, "rekey", "--new-root", home=vault.home)
    person.answer("Passphrase", WORDS)
    shown = person.answer("Type it back", "some other words")
    words = shown.split("shown again.")[1].strip()
    person.wait("These are other words.")
    assert header.label(vault.home).slots == vault_file.label(before).slots
    person.answer("Type it back", f" {words.replace(' ', '  ')} ")
    assert person.end() == 0
    assert header.unseal(vault.home, words)
