"""The house as an ASGI application."""

from django.core.asgi import get_asgi_application

from ojakgyo.web.uploads import bounded

application = bounded(get_asgi_application())
