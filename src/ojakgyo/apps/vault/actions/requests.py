"""What takes two: one officer makes a request and signs it, another signs the same bytes, then it is used, once."""

from typing import Final

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.vault import models, queries, rights
from ojakgyo.apps.vault.queries import Vouched
from ojakgyo.apps.vault.queries import requests as found
from ojakgyo.apps.vault.queries.hands import one_person
from ojakgyo.apps.vault.values import RequestState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.facts import RequestApproved, RequestKind, RequestLapsed, RequestMade, RequestUsed
from ojakgyo.domain.sealing import requests
from ojakgyo.domain.sealing.officers import PublicKeys, check_vouched
from ojakgyo.domain.sealing.requests import HANDS, Asked, Hand
from ojakgyo.domain.values.ids import CellId, OfficerId, PersonId, TokenId, WarningId


def make_request(
    desk: Desk, *, kind: RequestKind, about: int = 0, argument: int = 0, cells: tuple[CellId, ...] = ()
) -> TokenId:
    """Ask for something that takes two, and sign first. `about`: an officer, a person or a warning.

    `argument`: a number it needs; `cells`: those that are to leave the house.
    """
    rights.demand(rights.may_ask(kind, queries.roles(desk)))
    others = queries.active().keys() - {about, desk.officer}
    if len(others) + 1 < HANDS:
        raise Refused("vault.nobody_second")
    if about == desk.officer:
        raise Refused("vault.not_yourself")
    asked = found.new(TokenId(new_id()), kind, about, argument, by=desk.officer, now=desk.now, cells=cells)
    return keep_request(desk, asked=asked, hand=requests.sign(asked, desk.keyring.officer_keys, now=desk.now))


@action
def keep_request(desk: Desk, *, asked: Asked, hand: Hand) -> TokenId:
    """Write a request and its first hand."""
    models.Request.objects.create(
        id=asked.id,
        kind=asked.kind,
        about=asked.about,
        argument=asked.argument,
        made_by_id=asked.made_by,
        made_ms=asked.made,
        until_ms=asked.until,
        signed=asked.bytes(),
    )
    for cell in asked.cells:
        models.RequestCell.objects.create(request_id=asked.id, cell=cell)
    record(desk, _made(asked))
    _keep_hand(asked, hand)
    return asked.id


_ABOUT_A_PERSON: Final = frozenset({RequestKind.FORGET_PERSON, RequestKind.END_QUARANTINE})


def _made(asked: Asked) -> RequestMade:
    about, one_cell = asked.about, asked.cells[0] if len(asked.cells) == 1 else None
    return RequestMade(
        request=asked.id,
        asked=asked.kind,
        about_officer=OfficerId(about) if asked.kind is RequestKind.REMOVE_OFFICER else None,
        about_person=PersonId(about) if asked.kind in _ABOUT_A_PERSON else None,
        about_warning=WarningId(about) if asked.kind is RequestKind.CLOSE_WARNING else None,
        about_cell=one_cell,
    )


def approve_request(desk: Desk, *, request: TokenId) -> TokenId:
    """Be the second hand, under the very bytes that were signed first. Over, changed or signed by oneself: ``Refused``."""
    asked, hands = found.open_request(request)
    if desk.officer == asked.about:
        raise Refused("vault.not_yourself")
    if desk.officer in {hand.officer for hand in hands}:
        raise Refused("vault.second_hand")
    sitting = signers()
    for hand in hands:
        if hand.officer not in sitting:
            raise Refused("vault.request_lapsed")
        requests.check_hand(asked, hand, sitting[hand.officer])
    return keep_approval(desk, asked=asked, hand=requests.sign(asked, desk.keyring.officer_keys, now=desk.now))


@action
def keep_approval(desk: Desk, *, asked: Asked, hand: Hand) -> TokenId:
    """Write the second hand, unless the request is over or another than the one that was signed."""
    again, hands = found.open_request(asked.id)
    if again != asked:
        raise Refused("vault.request_changed")
    if hand.officer in {each.officer for each in hands}:
        raise Refused("vault.second_hand")
    if one_person(asked.made_by, hand.officer, now=desk.now):
        raise Refused("vault.young_hand")
    _keep_hand(asked, hand)
    record(desk, RequestApproved(request=asked.id, officer=desk.officer))
    return asked.id


def use_request(desk: Desk, *, request: TokenId, kind: RequestKind, about: int = 0) -> int:
    """Inside the transaction of the act it was asked for: spend the request, once; its argument.

    Of another kind or about somebody else: "vault.request_changed"; over or used: "vault.request_lapsed"; one hand
    only: "vault.second_hand"; two that may be one person's: "vault.young_hand".
    """
    asked, hands = found.open_request(request)
    if (asked.kind, asked.about) != (kind, about):
        raise Refused("vault.request_changed")
    known = signers()
    requests.check(asked, hands, known, now=desk.now)
    others = known.keys() & {hand.officer for hand in hands} - {asked.about, asked.made_by}
    if all(one_person(asked.made_by, other, now=desk.now) for other in others):
        raise Refused("vault.young_hand")
    models.Request.objects.filter(id=request).update(state=RequestState.USED)
    record(desk, RequestUsed(request=request))
    return asked.argument


def signers() -> dict[OfficerId, PublicKeys]:
    """Who may sit down and whose public keys somebody vouched for: a swapped key signs nothing."""
    return {each.officer: each.public for each in queries.vouched(frozenset(queries.active())) if _holds(each)}


def _holds(each: Vouched) -> bool:
    try:
        check_vouched(each.by_public, settings.OJAK_VAULT_ID, each.officer, each.public, each.signature)
    except Damaged:
        return False
    return True


@action
def withdraw_request(desk: Desk, *, request: TokenId) -> TokenId:
    """Take back what one has asked for; stopping takes one."""
    mine = models.Request.objects.filter(id=request, made_by=desk.officer, state=RequestState.OPEN)
    if not mine.update(state=RequestState.LAPSED):
        raise Refused("vault.request_lapsed")
    record(desk, RequestLapsed(request=request))
    return request


def lapse_requests_of(desk: Desk, officer: OfficerId) -> None:
    """Inside the transaction of an act: what an officer has signed and nobody has used yet is over."""
    signed = models.Request.objects.filter(state=RequestState.OPEN, approvals__officer=officer)
    for request in signed.values_list("id", flat=True):
        models.Request.objects.filter(id=request).update(state=RequestState.LAPSED)
        record(desk, RequestLapsed(request=TokenId(request)))


def _keep_hand(asked: Asked, hand: Hand) -> None:
    models.Approval.objects.create(
        request_id=asked.id, officer_id=hand.officer, signature=hand.signature, given_ms=hand.given
    )
