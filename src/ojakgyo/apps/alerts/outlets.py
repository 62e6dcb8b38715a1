"""Ways out of the house for a wake-up call and for the watcher's ping. All content-free, none to a phone in the field."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from typing import Final, Protocol

from ojakgyo.apps.alerts.models import Sunk, SunkKind

TIMEOUT_S: Final = 10.0
SUBJECT: Final = "데스크를 봐 주세요 · Please look at the desk"
BODY: Final = "데스크를 봐 주세요.\nPlease look at the desk.\n"


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


class Outlet(Protocol):
    """Raises `Unreachable` where the other side did not take it."""

    def wake(self, officer: int, address: str, *, key: str, now: int, manner: Manner = PLAIN) -> None: ...

    def ping(self, address: str, *, now: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Outside:
    """The real one: an SMTP server for mail, an HTTP request for the watcher."""

    host: str
    port: int
    sender: str

    def wake(self, officer: int, address: str, *, key: str, now: int, manner: Manner = PLAIN) -> None:
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

    def wake(self, officer: int, address: str, *, key: str, now: int, manner: Manner = PLAIN) -> None:
        Sunk.objects.create(kind=SunkKind.MAIL, officer=officer, at_ms=now)

    def ping(self, address: str, *, now: int) -> None:
        Sunk.objects.filter(kind=SunkKind.PING).delete()  # the last one is all that is shown
        Sunk.objects.create(kind=SunkKind.PING, officer=None, at_ms=now)
