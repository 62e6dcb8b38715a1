"""What is asked of the vault: officers, cells and grants as values."""

from ojakgyo.apps.vault.queries.cells import cells, held
from ojakgyo.apps.vault.queries.officers import (
    Bundle,
    Vouched,
    bundle,
    officer,
    officer_called,
    officer_ids,
    officers,
    public,
    public_of,
    roles,
    safety_officers,
    signed_in,
    vouched,
)
from ojakgyo.apps.vault.queries.tokens import Entry, api_token, entry

__all__ = [
    "Bundle",
    "Entry",
    "Vouched",
    "api_token",
    "bundle",
    "cells",
    "entry",
    "held",
    "officer",
    "officer_called",
    "officer_ids",
    "officers",
    "public",
    "public_of",
    "roles",
    "safety_officers",
    "signed_in",
    "vouched",
]
