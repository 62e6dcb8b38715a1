"""What lies outside the house, on loopback: a mail server that keeps what it is given, and a watcher that counts pings."""

import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from processes import free_port


class Doorman:
    """Lets in whoever says this user and password, and keeps what was said."""

    def __init__(self, user: str, password: str) -> None:
        self.right, self.said = (user.encode(), password.encode()), []

    def __call__(self, server, session, envelope, mechanism, said):
        self.said.append((said.login, said.password))
        return AuthResult(success=self.said[-1] == self.right, handled=False)


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for 127.0.0.1, and the file of who vouches for it: itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post.invalid")])
    held = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
    made = made.not_valid_after(datetime(2120, 1, 1, tzinfo=UTC)).add_extension(held, critical=False)
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    vouched = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    whole, public = folder / "server.pem", folder / "trusted.pem"
    whole.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + vouched)
    public.write_bytes(vouched)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(whole)
    return context, public


class Letters:
    """Takes every mail, or refuses all while `full`."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], Message]] = []
        self.full = False

    async def handle_DATA(self, server, session, envelope):
        if self.full:
            return "452 later"
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 kept"

    @property
    def addresses(self) -> list[str]:
        return [address for to, _ in self.taken for address in to]

    @property
    def keys(self) -> list[str]:
        return [letter["Message-ID"] for _, letter in self.taken]


@contextmanager
def mail_server(**ways):
    """The server's letters and its port. `ways`: what the server asks for, as its Controller takes it."""
    letters = Letters()
    port = free_port()
    server = Controller(letters, hostname="127.0.0.1", port=port, **ways)
    server.start()
    try:
        yield letters, port
    finally:
        server.stop()


@contextmanager
def watching():
    """The address to ping, and the requests that came."""
    asked: list[str] = []

    class Watcher(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(f"{self.requestline} {self.rfile.read(int(self.headers.get('Content-Length', 0))).decode()}")
            self.send_response(503 if "broken" in self.path else 204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Watcher)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
