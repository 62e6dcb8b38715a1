"""The way to the mail server: plain to one on this machine, else under TLS and with a login that is never in the clear."""

import shutil
import subprocess

import practice_vault
import pytest
from apps.alerts.outside import Doorman, certificate, mail_server
from django.conf import settings
from processes import OJAK, PATIENCE_S
from world import duress, told

from ojakgyo.apps.alerts import queries, sending
from ojakgyo.apps.alerts.actions import keep_relay
from ojakgyo.apps.alerts.models import Relay
from ojakgyo.apps.alerts.outlets import Outside
from ojakgyo.apps.vault import header
from ojakgyo.apps.vault.desks import command_desk, house_desk
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.runner import health

USER, PASSWORD = "desk@house.invalid", "a password nobody has"
RUN = 11


@pytest.fixture
def red(night):
    """One call waits to be sent."""
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - 6 * HOUR_MS)
    return night


@pytest.fixture
def post(tmp_path, monkeypatch):
    """The server's side of TLS, whose certificate this machine trusts."""
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return context


def secure(monkeypatch, security):
    monkeypatch.setattr(settings, "TOML", {"wake": {"smtp_security": security}})


def send(port):
    return sending.send_waiting(house_desk(), Outside("127.0.0.1", port, "desk@house.invalid"), run=RUN)


def keep_login():
    keep_relay(command_desk(), user=USER, password=PASSWORD)


def test_by_starttls_a_call_goes_out_with_the_login_that_is_kept(red, post, monkeypatch):
    keep_login()
    secure(monkeypatch, "starttls")
    doorman = Doorman(USER, PASSWORD)
    asked = {"tls_context": post, "require_starttls": True, "auth_required": True, "authenticator": doorman}
    with mail_server(**asked) as (letters, port):
        assert send(port) == 1
    assert letters.addresses == ["haneul@desk.invalid"]
    assert doorman.said == [(USER.encode(), PASSWORD.encode())]


def test_by_tls_from_the_first_byte_on_as_well(red, post, monkeypatch):
    keep_login()
    secure(monkeypatch, "tls")
    doorman = Doorman(USER, PASSWORD)
    with mail_server(ssl_context=post, auth_require_tls=False, authenticator=doorman) as (letters, port):
        assert send(port) == 1
    assert letters.addresses == ["haneul@desk.invalid"] and len(doorman.said) == 1


def test_tls_without_a_login_is_enough_where_the_server_asks_for_none(red, post, monkeypatch):
    secure(monkeypatch, "starttls")
    with mail_server(tls_context=post, require_starttls=True) as (letters, port):
        assert send(port) == 1
    assert len(letters.taken) == 1


def test_a_server_that_does_not_offer_tls_gets_neither_the_login_nor_the_mail(red, monkeypatch):
    keep_login()
    secure(monkeypatch, "starttls")
    doorman = Doorman(USER, PASSWORD)
    with mail_server(auth_require_tls=False, authenticator=doorman) as (letters, port):
        assert send(port) == 0
    assert (letters.taken, doorman.said) == ([], [])
    assert [fact.round for fact in told(facts.WakeFailed)] == [1]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_gets_nothing(red, tmp_path, monkeypatch, security):
    keep_login()
    secure(monkeypatch, security)
    context, _ = certificate(tmp_path)
    with mail_server(**{"tls_context" if security == "starttls" else "ssl_context": context}) as (letters, port):
        assert send(port) == 0
    assert letters.taken == []


def test_in_the_clear_a_login_is_never_said(red, monkeypatch):
    keep_login()
    secure(monkeypatch, "none")
    doorman = Doorman(USER, PASSWORD)
    with mail_server(auth_require_tls=False, authenticator=doorman) as (letters, port):
        assert send(port) == 1
    assert doorman.said == [] and len(letters.taken) == 1


def test_a_wrong_password_is_tried_again_later_and_stands_in_no_log(red, post, monkeypatch, caplog):
    keep_relay(command_desk(), user=USER, password="another")
    secure(monkeypatch, "starttls")
    asked = {"tls_context": post, "require_starttls": True, "auth_required": True}
    with mail_server(**asked, authenticator=Doorman(USER, PASSWORD)) as (letters, port):
        assert send(port) == 0
        keep_login()
        red.goes_on(minutes=1)
        assert send(port) == 1
    assert len(letters.taken) == 1
    assert "another" not in caplog.text and USER not in caplog.text


def test_a_security_nobody_knows_sends_nothing_and_doctor_says_so(red, monkeypatch, tmp_path, caplog):
    secure(monkeypatch, "ssl")
    with pytest.raises(Refused, match=r"alerts\.security_unknown"):
        queries.manner(house_desk())
    with mail_server() as (letters, port):
        assert send(port) == 0
    assert letters.taken == [] and "alerts.security_unknown" in caplog.text
    assert _found(tmp_path) == (False, "alerts.security_unknown")


def test_doctor_says_that_a_login_is_not_used_without_tls(night, monkeypatch, tmp_path):
    secure(monkeypatch, "none")
    assert _found(tmp_path) == (True, "none")
    keep_login()
    assert _found(tmp_path) == (False, "alerts.login_unused")
    secure(monkeypatch, "tls")
    assert _found(tmp_path) == (True, "tls")


def _found(home):
    for name in ("vault.json", "vault.db"):
        (home / name).touch(mode=0o600)
    (finding,) = [each for each in health.look(home, deep=False) if each.check == "mail server"]
    return finding.ok, finding.found


def test_the_login_is_sealed_and_no_fact_or_repr_holds_it(night, database):
    keep_login()
    files = [path.read_bytes() for path in database.parent.iterdir() if path.is_file()]
    for held in (bytes(Relay.objects.get().login), *files, repr(queries.manner(house_desk())).encode()):
        assert PASSWORD.encode() not in held and USER.encode() not in held
    assert len(told(facts.RelayKept)) == 1
    assert queries.manner(house_desk()).login.password == PASSWORD


def test_the_login_is_piped_in_and_stands_readable_in_no_file(empty_file, tmp_path):
    for file in (empty_file, practice_vault.HOME / header.NAME, practice_vault.HOME / header.DEMO_KEY):
        shutil.copyfile(file, tmp_path / file.name)

    def relay(typed):
        asked = [*OJAK, "wake", "relay", "--home", str(tmp_path)]
        return subprocess.run(asked, input=typed, capture_output=True, text=True, timeout=PATIENCE_S)

    kept = relay(f"{USER}\n{PASSWORD}\n")
    assert (kept.returncode, "Kept, sealed." in kept.stderr) == (0, True), kept.stderr
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in held and USER.encode() not in held
    half = relay(f"{USER}\n")
    assert half.returncode == 1 and "house.field_missing" in half.stderr
