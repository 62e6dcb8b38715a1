"""The house from outside: how it is founded, opened, shut, broken off and found damaged; and what its commands end with."""

import signal
import time
from pathlib import Path

import httpx
import pytest
from processes import House, copy_of, ojak, secrets_file

from stories.visiting import TOKEN, Visitor

WORDS = "lantern orchard river seven quiet mountain paper boat"
PASSWORD = "an invented password for an invented officer"
READY_S, SEALED_S = 5.0, 2.0
PARTS = ("  vault", "  officers", "  people", "  lines and cards", "  links and windows")
KILLED_AT = ("Building", "  vault", "  people", "  links and windows")


@pytest.fixture
def closed(founded, tmp_path):
    """A practice home that nobody serves."""
    return copy_of(founded.home, tmp_path / "home")


@pytest.fixture
def tell(capsys):
    """Print a figure although the test passes."""

    def print_it(figure: str) -> None:
        with capsys.disabled():
            print(f"\n{figure}")

    return print_it


def test_the_first_start_says_how_far_it_is(founded, tell):
    said = ["Building", *PARTS, "Open http", "Sealed."]
    at = [founded.told["prose"].index(part) for part in said]
    assert at == sorted(at)
    tell(f"first start, founding included: {founded.told['ready_s']:.1f} s")


def test_the_second_start_takes_less_than_five_seconds(closed, tell):
    """Time in which other programs had the processor is not the house's."""
    with House("demo", home=closed, afresh=True) as house:
        house.wait()
    tell(f"second start: {house.ready_s:.1f} s, of them {house.queued_s:.1f} s behind other programs")
    assert "Building" not in house.prose
    assert house.ready_s - house.queued_s < READY_S


def test_asked_to_end_it_seals_as_after_ctrl_c(house):
    """As a service manager does; a practice world goes on at its hour."""
    house.stop(by=signal.SIGTERM)
    assert house.process.returncode == 0 and house.prose.endswith("Sealed.\n")


def test_ctrl_c_seals_within_two_seconds_though_pages_are_open(house, tell):
    with Visitor(house, "Haneul") as visitor:
        streams = [visitor.http.send(visitor.http.build_request("GET", "/_live/"), stream=True) for _ in range(3)]
        assert [next(stream.iter_lines()) for stream in streams] == ["retry: 1000"] * 3
        took = house.stop()
        for stream in streams:
            stream.close()
    tell(f"Ctrl-C to sealed, three pages open: {took:.2f} s")
    assert took < SEALED_S
    assert house.process.returncode == 0 and house.prose.endswith("Sealed.\n")
    assert ojak("audit", "verify", home=house.home).code == 0


@pytest.mark.slow
def test_a_set_up_that_is_killed_is_made_good_by_the_same_command(tmp_path):
    home = tmp_path / "home"
    for said in KILLED_AT:
        house = House("demo", home=home)
        house.wait_to_say(said)
        house.stop(signal.SIGKILL)
        assert not house.ready
    with House("demo", home=home) as house:
        house.wait()
        assert len(house.ask("demo", "cast")) == 64
    assert ojak("audit", "verify", home=home).code == 0


def test_a_house_that_is_killed_opens_again_with_all_it_had_heard(house):
    house.ask("demo", "say", "Beodeul", "duress")
    house.warning_about("Yeoul")
    before = house.board()
    house.stop(signal.SIGKILL)
    with House("demo", home=house.home) as again:
        again.wait()
        assert {each["subject"] for each in before["warnings"]} <= {
            each["subject"] for each in again.board()["warnings"]
        }
    assert ojak("audit", "verify", home=house.home).code == 0


@pytest.mark.slow
def test_a_real_vault_is_made_shut_and_opened_by_its_passphrase(tmp_path, tell):
    """The one test with the real, slow key derivation of a gibibyte."""
    home, secrets = tmp_path / "home", secrets_file(tmp_path, WORDS, PASSWORD)
    made = ojak("init", "--officer", "Haneul", "--secrets-file", str(secrets), "--json", home=home)
    assert (made.code, made.lines[0]["officer"]) == (0, "Haneul")
    with House("serve", home=home) as house:
        house.wait()
        assert set(house.ready) == {"ready", "url", "home", "pid", "spool"}
        with httpx.Client(base_url=house.url, timeout=60) as visitor:
            gate = visitor.get("/now/")
            assert gate.status_code == 503 and 'name="words"' in gate.text
            shut = visitor.get("/health/ready")
            assert (shut.status_code, shut.json()) == (503, {"code": "vault.sealed"})
            assert visitor.get("/health/live").status_code == 200
            began = time.monotonic()
            opened = visitor.post("/", data={"csrfmiddlewaretoken": TOKEN.search(gate.text)[1], "words": WORDS})
            opened_s = time.monotonic() - began
            assert (opened.status_code, opened.headers["location"]) == (302, "/")
            assert visitor.get("/health/ready").status_code == 200
            way_in = visitor.get("/enter/")
            typed = {"code_name": "하늘", "password": PASSWORD, "csrfmiddlewaretoken": TOKEN.search(way_in.text)[1]}
            assert visitor.post("/enter/", data=typed).headers["location"] == "/"
            assert visitor.get("/now/").status_code == 200
            assert visitor.get("/practice/sink/").status_code == 404
    tell(f"the gate, by the real key derivation: {opened_s:.1f} s")


def test_the_gate_says_that_words_are_wrong_and_takes_the_right_ones(closed):
    with House("serve", home=closed) as house, httpx.Client(base_url=house.wait().url, timeout=20) as visitor:

        def type_in(words: str) -> httpx.Response:
            token = TOKEN.search(visitor.get("/").text)[1]
            return visitor.post("/", data={"csrfmiddlewaretoken": token, "words": words})

        token = TOKEN.search(visitor.get("/").text)[1]
        visitor.post("/language/", data={"csrfmiddlewaretoken": token, "language": "en", "next": "/"})
        wrong = type_in("these are not the words")
        assert wrong.status_code == 503 and "These words do not open the vault." in wrong.text
        assert visitor.get("/health/ready").status_code == 503
        assert type_in((closed / "demo.key").read_text().strip()).status_code == 302
        assert visitor.get("/health/ready").status_code == 200


def test_a_practice_world_that_is_sealed_ends(house):
    assert ojak("seal", home=house.home).code == 0
    assert house.process.wait(20) == 0
    assert house.prose.endswith("Sealed.\n")


def test_a_passphrase_from_a_file_opens_the_house_at_once(closed, tmp_path):
    secrets = secrets_file(tmp_path, (closed / "demo.key").read_text().strip())
    with House("serve", "--secrets-file", str(secrets), home=closed) as house:
        assert httpx.get(f"{house.wait().url}/health/ready").json() == {"ready": True}


def test_one_desk_serves_a_vault(night):
    for word in ("serve", "demo"):
        second = ojak(word, "--port", "1", home=night.home)
        assert second.code == 1 and "vault.in_use" in second.prose
    assert night.board()["seq"] > 0


def test_exit_codes_of_what_is_refused_mistyped_and_sealed(closed, tmp_path):
    assert ojak("doctor", home=closed).code == 0
    assert ojak("doctor", home=tmp_path / "nowhere").code == 1
    assert ojak("demo", "cast", home=closed).code == 1
    assert ojak("chronicle", "--since", "many", home=closed).code == 2
    wrong = ojak("audit", "verify", "--secrets-file", str(secrets_file(tmp_path, "other words")), home=closed)
    assert wrong.code == 3 and "vault.wrong_passphrase" in wrong.prose


def test_a_secrets_file_that_others_may_read_is_refused(closed, tmp_path):
    secrets = secrets_file(tmp_path, WORDS)
    secrets.chmod(0o644)
    refused = ojak("audit", "verify", "--secrets-file", str(secrets), home=closed)
    assert refused.code == 1 and "vault.secrets_readable" in refused.prose


def test_what_is_damaged_is_said_with_exit_code_four(closed, tmp_path):
    header = copy_of(closed, tmp_path / "header") / "vault.json"
    header.write_bytes(header.read_bytes()[:-40])
    assert ojak("doctor", home=header.parent).code == 4
    assert ojak("serve", home=header.parent).code == 4
    database = closed / "vault.db"
    flip(database, at=database.stat().st_size // 2)
    assert ojak("doctor", "--deep", home=closed).code == 4
    flip(database, at=100)
    assert ojak("audit", "verify", home=closed).code == 4


def flip(file: Path, *, at: int) -> None:
    written = bytearray(file.read_bytes())
    written[at] ^= 0x01
    file.write_bytes(written)


def test_a_demo_in_a_folder_of_something_else_touches_nothing(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "letters.txt").write_text("kept")
    assert ojak("demo", home=home).code == 1
    assert (home / "letters.txt").read_text() == "kept"
