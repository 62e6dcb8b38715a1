"""Rows of the vault."""

from ojakgyo.apps.vault.models.cells import Cell, Grant
from ojakgyo.apps.vault.models.officers import Officer, OfficerRole
from ojakgyo.apps.vault.models.tokens import ApiScope, ApiToken, EntryToken

__all__ = ["ApiScope", "ApiToken", "Cell", "EntryToken", "Grant", "Officer", "OfficerRole"]
