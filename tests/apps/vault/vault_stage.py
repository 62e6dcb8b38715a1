"""The officers of the vault's tests, and a browser of our own for each."""

from typing import Any

from django.test import Client

from ojakgyo.domain.names.codename import CodeName

HANEUL, BORAM, DASOM = CodeName(1), CodeName(2), CodeName(3, 4)
NOBODY = CodeName(40, 40)


def browser(**options: Any) -> Client:
    return Client(SERVER_NAME="127.0.0.1", **options)
