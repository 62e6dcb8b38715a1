"""Which table lies in which part of a backup. Names of tables, not of classes: they stand in files that are kept."""

from typing import Final

KEYS_ONLY: Final = ("vault_grant", "vault_cellepoch", "vault_organisationgrant", "people_personkey")
"""Their rows are in no copy of the data."""
WITH_KEYS: Final = (
    "vault_officer",
    "vault_officerrole",
    "vault_secondfactor",
    "vault_organisation",
    "vault_cell",
    *KEYS_ONLY,
)
"""What the keys part holds. Newer keys win: who was removed since then stays removed."""
BLANKED: Final = {
    "vault_officer": ("bundle",),
    "intake_batch": ("content",),
    "home_shift": ("words", "for_by", "for_to"),
}
"""Left empty in the data: an officer's own keys, which lie under a password; a file that was read and counts not yet; the
one line of a shift, which is for two and dies with the next.
"""
OF_A_PERSON: Final = ("people_realname", "people_personkey")
"""What goes when a person's name is forgotten; each row has its `person_id`."""
DATA: Final = "data.sqlite3"
KEYS: Final = "keys.sqlite3"
