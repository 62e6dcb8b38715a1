"""The live stream `/_live/`: says that something changed, never what; the officer's own rights fetch the part."""

from typing import Final

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from ojakgyo.web.bell import bell

HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def live(request: HttpRequest) -> HttpResponseBase:
    """A stream for who is signed in; 204 for others, after which a browser does not ask again by itself."""
    if getattr(request, "officer", None) is None:
        return HttpResponse(status=204, headers=HEADERS)
    await sync_to_async(connections.close_all)()  # an open stream would keep its connection for hours
    said = bell.listen(sitting=getattr(request, "sitting", None))
    return StreamingHttpResponse(said, content_type="text/event-stream", headers=HEADERS)
