"""What lies outside the house, on loopback: a mail server that keeps what it is given, and a watcher that counts pings."""

import threading
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

from aiosmtpd.controller import Controller
from processes import free_port


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
def mail_server():
    """The server's letters and its port."""
    letters = Letters()
    port = free_port()
    server = Controller(letters, hostname="127.0.0.1", port=port)
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
