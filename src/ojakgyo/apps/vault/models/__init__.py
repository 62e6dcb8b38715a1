"""Rows of the vault."""

from ojakgyo.apps.vault.models.backups import Backup
from ojakgyo.apps.vault.models.cells import Cell, CellEpoch, Grant, Organisation, OrganisationGrant
from ojakgyo.apps.vault.models.officers import Officer, OfficerRole, SecondFactor
from ojakgyo.apps.vault.models.requests import Approval, Request, RequestCell
from ojakgyo.apps.vault.models.tokens import ApiScope, ApiToken, EntryToken

__all__ = [
    "ApiScope",
    "ApiToken",
    "Approval",
    "Backup",
    "Cell",
    "CellEpoch",
    "EntryToken",
    "Grant",
    "Officer",
    "OfficerRole",
    "Organisation",
    "OrganisationGrant",
    "Request",
    "RequestCell",
    "SecondFactor",
]
