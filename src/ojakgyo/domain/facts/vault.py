"""The house, its officers, cells, keys and copies."""

from ojakgyo.domain.facts.bodies import Plain, upcaster
from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import RequestKind, SlotKind
from ojakgyo.domain.values.ids import AreaId, CellId, OfficerId, PersonId, Seq, TokenId, WarningId
from ojakgyo.domain.values.roles import OfficerRole


@fact("vault.founded")
class VaultFounded(Fact):
    demo: bool


@fact("vault.unsealed")
class VaultUnsealed(Fact):
    run: int


@fact("vault.sealed")
class VaultSealed(Fact):
    run: int


@fact("vault.officer_enrolled")
class OfficerEnrolled(Fact):
    officer: OfficerId


@fact("vault.role_given")
class RoleGiven(Fact):
    officer: OfficerId
    role: OfficerRole


@fact("vault.cell_founded")
class CellFounded(Fact):
    cell: CellId
    area: AreaId


@fact("vault.cell_removed")
class CellRemoved(Fact):
    """A cell that came with an import and in which nobody is left is gone, and every grant of its key."""

    cell: CellId


@fact("vault.key_granted")
class KeyGranted(Fact):
    cell: CellId
    officer: OfficerId
    epoch: int


@fact("vault.signed_in")
class SignedIn(Fact):
    officer: OfficerId


@fact("vault.session_ended")
class SessionEnded(Fact):
    officer: OfficerId


@fact("vault.token_issued")
class TokenIssued(Fact):
    token: TokenId


# Ways in, and the keys of the house ---------------------------------------------------------------------------------


@fact("vault.slot_made")
class SlotMade(Fact):
    """`generation` counts the states of vault.json: a file of a lower one is known as old."""

    slot: SlotKind
    officer: OfficerId | None
    generation: int


@fact("vault.slot_removed")
class SlotRemoved(Fact):
    """`generation` counts the states of vault.json: a file of a lower one is known as old."""

    slot: SlotKind
    officer: OfficerId | None
    generation: int


@fact("vault.keys_rotated")
class KeysRotated(Fact):
    """The ring was drawn anew, and under `new_root` what opens it as well; `generation` counts the states of vault.json."""

    generation: int
    new_root: bool


@fact("vault.loss_accepted")
class LossAccepted(Fact):
    """The database ends before the last anchor, and an officer chose to go on from there."""

    anchored: Seq
    found: Seq


@fact("vault.machine_lost")
class MachineLost(Fact):
    """Cards, lines and windows of this vault are burnt: the machine that knew them is in other hands."""


@fact("vault.backup_written")
class BackupWritten(Fact):
    number: int


@fact("vault.backup_restored")
class BackupRestored(Fact):
    number: int


# Officers, cells and who holds which key -----------------------------------------------------------------------------


@fact("vault.role_withdrawn")
class RoleWithdrawn(Fact):
    officer: OfficerId
    role: OfficerRole


@fact("vault.officer_suspended")
class OfficerSuspended(Fact):
    officer: OfficerId


@fact("vault.officer_resumed")
class OfficerResumed(Fact):
    officer: OfficerId


@fact("vault.officer_removed")
class OfficerRemoved(Fact):
    """`chance_percent`: how likely whoever removed the officer holds it that what the officer knew is known to others."""

    officer: OfficerId
    chance_percent: int
    opener: bool


@fact("vault.officer_keys_renewed")
class OfficerKeysRenewed(Fact):
    """A new pair of keys after a lost password; every cell is granted anew."""

    officer: OfficerId


@fact("vault.password_changed")
class PasswordChanged(Fact):
    officer: OfficerId


@fact("vault.second_factor_set")
class SecondFactorSet(Fact):
    officer: OfficerId


@fact("vault.second_factor_removed")
class SecondFactorRemoved(Fact):
    officer: OfficerId


@fact("vault.grant_withdrawn")
class GrantWithdrawn(Fact):
    cell: CellId
    officer: OfficerId


@fact("vault.epoch_begun")
class EpochBegun(Fact):
    cell: CellId
    epoch: int


@fact("vault.token_voided")
class TokenVoided(Fact):
    token: TokenId


# What takes two -------------------------------------------------------------------------------------------------------


@fact("vault.request_made", v=2)
class RequestMade(Fact):
    """`about_cell`: the cell that is to leave the house, where it is one alone."""

    request: TokenId
    asked: RequestKind
    about_officer: OfficerId | None
    about_person: PersonId | None
    about_warning: WarningId | None
    about_cell: CellId | None


@upcaster("vault.request_made", 1)
def _about_more(held: Plain) -> Plain:
    """At first nothing was asked for about a warning or a cell."""
    return {**held, "about_warning": None, "about_cell": None}


@fact("vault.request_approved")
class RequestApproved(Fact):
    request: TokenId
    officer: OfficerId


@fact("vault.request_used")
class RequestUsed(Fact):
    request: TokenId


@fact("vault.request_lapsed")
class RequestLapsed(Fact):
    request: TokenId


@fact("vault.audit_exported")
class AuditExported(Fact):
    first: Seq
    last: Seq
