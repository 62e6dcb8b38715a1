"""What is sent to a page stays in memory: no temporary file, and never more than so much of it.

Django would write a large body to a temporary file twice over: the server's side of it, and each file in a form. Here the
body ends after `BODY_BYTES`, and of a file at most `FILE_BYTES` are kept; whoever sent more is told so by the page.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

FILE_BYTES: Final = 8 * 1024 * 1024
BODY_BYTES: Final = FILE_BYTES + 1024 * 1024
"""A file that is a little too large is still seen to be. Below what Django would begin to write to a temporary file."""
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


class InMemory(FileUploadHandler):
    """One file of a form. More than `FILE_BYTES`: it is let go of, and `request.too_large` says so."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.too_large = BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.too_large or start + len(raw_data) > FILE_BYTES:
            self.kept, self.too_large = BytesIO(), True
            self.request.too_large = True
        else:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if self.too_large:
            return None
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def bounded(application: Application) -> Application:
    """The application, handed at most `BODY_BYTES` of a body; the rest is taken off the wire and let go of."""

    async def run(scope: Message, receive: Receive, send: Send) -> None:
        await application(scope, _cut(receive), send)

    return run


def _cut(receive: Receive) -> Receive:
    taken = 0

    async def cut() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] != "http.request":
            return message
        body = message.get("body", b"")
        kept, taken = body[: max(0, BODY_BYTES - taken)], taken + len(body)
        return {**message, "body": kept}

    return cut
