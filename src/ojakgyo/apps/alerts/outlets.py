"""Ways out of the house for a wake-up call and for the watcher's ping. All content-free, none to a phone in the field."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final, Protocol

import httpx

from ojakgyo.apps.alerts.models import Sunk, SunkKind

TIMEOUT_S: Final = 10.0
SUBJECT: Final = "Please look at the desk"
BODY: Final = "Please look at the desk.\n책상을 봐 주세요.\n"


class Unreachable(Exception):
    """It could not be sent now; it may be later."""


class Outlet(Protocol):
    """Raises `Unreachable` where the other side did not take it."""

    def wake(self, officer: int, address: str, *, key: str, now: int) -> None: ...

    def ping(self, address: str, *, now: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Outside:
    """The real one: an SMTP server for mail, an HTTP request for the watcher."""

    host: str
    port: int
    sender: str

    def wake(self, officer: int, address: str, *, key: str, now: int) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = SUBJECT, self.sender, address
        mail["Message-ID"] = f"<{key}@ojakgyo.invalid>"
        mail.set_content(BODY)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S) as server:
                server.send_message(mail)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            raise Unreachable from error

    def ping(self, address: str, *, now: int) -> None:
        try:
            httpx.get(address, timeout=TIMEOUT_S).raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise Unreachable from error


@dataclass(frozen=True, slots=True)
class Sink:
    """The practice world's: what would have left is noted, and nothing leaves."""

    def wake(self, officer: int, address: str, *, key: str, now: int) -> None:
        Sunk.objects.create(kind=SunkKind.MAIL, officer=officer, at_ms=now)

    def ping(self, address: str, *, now: int) -> None:
        Sunk.objects.filter(kind=SunkKind.PING).delete()  # the last one is all that is shown
        Sunk.objects.create(kind=SunkKind.PING, officer=None, at_ms=now)
