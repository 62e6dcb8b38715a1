"""What takes two: the exact bytes that two officers sign, and whether two good hands stand under them.

It is a rule of this program with evidence that outlives it, and no cryptographic lock: who could rewrite the program
could leave it out. What cannot be done is to have a colleague's hand under something the colleague did not see.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts.vocabulary import RequestKind
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.officers import OfficerKeys, PublicKeys
from ojakgyo.domain.values.ids import CellId, OfficerId, TokenId
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

LIFE_MS: Final = 30 * MINUTE_MS
HANDS: Final = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `about`: whom it concerns, or who receives; `argument`: the one number it needs besides (0: none).

    `cells`: of what leaves the house, exactly these, by id; none for any other request.
    """

    vault: str
    id: TokenId
    kind: RequestKind
    about: int
    argument: int
    made_by: OfficerId
    made: Instant
    cells: tuple[CellId, ...] = ()

    @property
    def until(self) -> Instant:
        return Instant(self.made + LIFE_MS)

    def bytes(self) -> bytes:
        """What both officers sign: nothing of it can be changed afterwards."""
        what = (str(self.kind), self.about, self.argument)
        told = (self.vault, self.id, *what, self.made_by, self.made, self.until)
        return canon("request/2", *told, *self.cells) if self.cells else canon("request/1", *told)


@dataclass(frozen=True, slots=True)
class Hand:
    """One officer's signature under a request, and when it was put there."""

    officer: OfficerId
    signature: bytes
    given: Instant


def sign(asked: Asked, by: OfficerKeys, *, now: Instant) -> Hand:
    """Over: ``Refused``."""
    _check_time(asked, now)
    return Hand(by.officer, primitives.sign(by.signing, asked.bytes()), now)


def check(asked: Asked, hands: Collection[Hand], active: Mapping[OfficerId, PublicKeys], *, now: Instant) -> None:
    """Whether two different officers who may sit down signed exactly this, the maker among them, within its time.

    ``Refused``: "vault.request_lapsed" when it is over, "vault.request_changed" when a hand is not under these bytes,
    "vault.second_hand" when one is missing. The hand of whom it concerns does not count.
    """
    _check_time(asked, now)
    counted = [hand for hand in hands if hand.officer in active and hand.officer != asked.about]
    for hand in counted:
        check_hand(asked, hand, active[hand.officer])
    signed = {hand.officer for hand in counted}
    if asked.made_by not in signed or len(signed) < HANDS:
        raise Refused("vault.second_hand")


def check_hand(asked: Asked, hand: Hand, public: PublicKeys) -> None:
    """Not under these bytes, or not given in the request's own time: ``Refused``."""
    try:
        primitives.check(public.signing, hand.signature, asked.bytes())
    except primitives.Unsound:
        raise Refused("vault.request_changed") from None
    if not asked.made <= hand.given < asked.until:
        raise Refused("vault.request_changed")


def _check_time(asked: Asked, now: Instant) -> None:
    if not asked.made <= now < asked.until:
        raise Refused("vault.request_lapsed")
