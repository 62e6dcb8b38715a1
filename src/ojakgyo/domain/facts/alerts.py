"""Waking officers, and what got stuck."""

from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import WakeKind
from ojakgyo.domain.values.ids import OfficerId, Seq, WarningId


@fact("alerts.address_kept")
class AddressKept(Fact):
    officer: OfficerId


@fact("alerts.wake_due")
class WakeDue(Fact):
    warning: WarningId
    officer: OfficerId
    wake: WakeKind
    round: int


@fact("alerts.wake_sent")
class WakeSent(Fact):
    officer: OfficerId
    wake: WakeKind
    round: int


@fact("alerts.wake_failed")
class WakeFailed(Fact):
    officer: OfficerId
    wake: WakeKind
    round: int


@fact("alerts.nobody_to_wake")
class NobodyToWake(Fact):
    """A red, and no address is known."""

    warning: WarningId


@fact("alerts.watcher_kept")
class WatcherKept(Fact):
    pass


@fact("chronicle.stuck_settled")
class StuckSettled(Fact):
    stuck_seq: Seq
    officer: OfficerId


@fact("chronicle.stuck_tried_again")
class StuckTriedAgain(Fact):
    """An officer had something that was stuck tried once more."""

    stuck_seq: Seq
    officer: OfficerId


@fact("alerts.relay_kept")
class RelayKept(Fact):
    """The login for the mail server."""
