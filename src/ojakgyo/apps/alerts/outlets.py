"""Ways out of the house for a wake-up call and for the watcher's ping. All content-free, none to a phone in the field."""

import ipaddress
import json
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from typing import Final, Protocol
from urllib.parse import urlsplit

from ojakgyo.apps.alerts import carried
from ojakgyo.apps.alerts.models import Sunk, SunkKind
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.sealing.webhooks import signature

TIMEOUT_S: Final = 10.0
SUBJECT: Final = "데스크를 봐 주세요 · Please look at the desk"
BODY: Final = "데스크를 봐 주세요.\nPlease look at the desk.\n"
TIME_HEADER: Final = "X-Ojakgyo-Timestamp"
SIGNATURE_HEADER: Final = "X-Ojakgyo-Signature"
LONGEST: Final = 1_000
"""Letters of an address."""


def webhook_body(key: str) -> bytes:
    """All that a webhook is told: one key for a call, the same at every try, and the sentence of the mail."""
    return json.dumps({"id": key, "say": SUBJECT}, ensure_ascii=False, separators=(",", ":")).encode()


def check(way: WayKind, address: str) -> str:
    """The address as it is kept; one that cannot be of this way: ``Refused``. Whether it wakes, only a test says."""
    written = address.strip()
    known = {WayKind.MAIL: _is_mail, WayKind.WEBHOOK: _is_webhook, WayKind.APPRISE: carried.understands}
    if not 0 < len(written) <= LONGEST or any(not each.isprintable() for each in written):
        raise Refused("alerts.address_form")
    if way not in known or not known[way](written):
        raise Refused("alerts.address_form")
    return written


def check_here(way: WayKind) -> None:
    """Whether this installation can send this way; a part that is missing: ``Refused``."""
    if way is WayKind.APPRISE and not carried.is_here():
        raise Refused("alerts.apprise_missing")


def _is_mail(written: str) -> bool:
    name, _, domain = written.rpartition("@")
    return bool(name and domain) and not any(each.isspace() for each in written)


def _is_webhook(written: str) -> bool:
    """Under TLS, or on this machine."""
    try:
        parts = urlsplit(written)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username is not None or any(each.isspace() for each in written):
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host)))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Unreachable(Exception):
    """It could not be sent now; it may be later."""


class Security(StrEnum):
    """Of the way to the mail server. Under the last two its certificate must hold, or nothing is sent."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Login:
    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the mail server is spoken to. A login is never said in the clear."""

    security: Security = Security.NONE
    login: Login | None = None


PLAIN: Final = Manner()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes, and for a webhook the key it is signed with."""

    way: WayKind
    address: str = field(repr=False)
    secret: str = field(default="", repr=False)


class Outlet(Protocol):
    """Raises `Unreachable` where the other side did not take it."""

    def wake(self, officer: int, target: Target, *, key: str, now: int, manner: Manner = PLAIN) -> None: ...

    def ping(self, address: str, *, now: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Outside:
    """The real one: an SMTP server for mail, HTTP requests for webhooks and the watcher, and whatever apprise carries."""

    host: str
    port: int
    sender: str

    def wake(self, officer: int, target: Target, *, key: str, now: int, manner: Manner = PLAIN) -> None:
        match target.way:
            case WayKind.WEBHOOK:
                self._post(target, key=key, now=now)
            case WayKind.APPRISE:
                if not carried.notify(target.address, subject=SUBJECT, body=BODY):
                    raise Unreachable
            case _:
                self._mail(target.address, key=key, manner=manner)

    def _post(self, target: Target, *, key: str, now: int) -> None:
        """Signed over the time and the very bytes; an answer other than 2xx is none, and nobody is followed elsewhere."""
        import httpx  # it costs every command a third of a second, and only the house calls

        seconds, body = now // 1_000, webhook_body(key)
        headers = {
            "Content-Type": "application/json",
            TIME_HEADER: str(seconds),
            SIGNATURE_HEADER: signature(target.secret, seconds, body),
        }
        try:
            httpx.post(target.address, content=body, headers=headers, timeout=TIMEOUT_S).raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise Unreachable from error

    def _mail(self, address: str, *, key: str, manner: Manner) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = SUBJECT, self.sender, address
        mail["Message-ID"] = f"<{key}@ojakgyo.invalid>"
        mail.set_content(BODY)
        try:
            with self._server(manner.security) as server:
                if manner.login is not None and manner.security is not Security.NONE:
                    server.login(manner.login.user, manner.login.password)
                server.send_message(mail)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            raise Unreachable from error

    def _server(self, security: Security) -> smtplib.SMTP:
        """Connected and, where it is asked for, under TLS; a server that does not offer it is not spoken to."""
        if security is Security.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=ssl.create_default_context())
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)
        if security is Security.STARTTLS:
            try:
                server.starttls(context=ssl.create_default_context())
            except (OSError, smtplib.SMTPException):
                server.close()
                raise
        return server

    def ping(self, address: str, *, now: int) -> None:
        import httpx  # it costs every command a third of a second, and only the house pings

        try:
            httpx.get(address, timeout=TIMEOUT_S).raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise Unreachable from error


@dataclass(frozen=True, slots=True)
class Sink:
    """The practice world's: what would have left is noted, and nothing leaves."""

    def wake(self, officer: int, target: Target, *, key: str, now: int, manner: Manner = PLAIN) -> None:
        Sunk.objects.create(kind=SunkKind(target.way), officer=officer, at_ms=now)

    def ping(self, address: str, *, now: int) -> None:
        Sunk.objects.filter(kind=SunkKind.PING).delete()  # the last one is all that is shown
        Sunk.objects.create(kind=SunkKind.PING, officer=None, at_ms=now)
