"""What a person, a command or the house does to the vault."""

from ojakgyo.apps.vault.actions.cells import found_cell
from ojakgyo.apps.vault.actions.house import note_founded, note_sealed, note_unsealed
from ojakgyo.apps.vault.actions.officers import enrol_officer
from ojakgyo.apps.vault.actions.sessions import open_bundle, sign_in, sign_in_by_entry, sign_out, tend_sessions
from ojakgyo.apps.vault.actions.tokens import Issued, issue_entry, issue_token

__all__ = [
    "Issued",
    "enrol_officer",
    "found_cell",
    "issue_entry",
    "issue_token",
    "note_founded",
    "note_sealed",
    "note_unsealed",
    "open_bundle",
    "sign_in",
    "sign_in_by_entry",
    "sign_out",
    "tend_sessions",
]
