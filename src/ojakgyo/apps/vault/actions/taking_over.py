"""What an officer had signed, put under a colleague's hand: their keys are about to go, or are trusted no longer.

Each signature is looked at first, and only what holds is signed again: officers they had enrolled, grants they had given
to others and to the organisation. Afterwards nothing of the house rests on that officer's hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings

from ojakgyo.apps.vault import models, queries
from ojakgyo.apps.vault.queries.cells import given_by, given_to_organisation_by
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.sealing.grants import Grant
from ojakgyo.domain.sealing.officers import OfficerKeys, PublicKeys, take_over_vouching
from ojakgyo.domain.values.ids import OfficerId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Signatures in the place of another's, ready to be written; `left`: how many did not hold, and stay as they are."""

    enrolled: tuple[tuple[OfficerId, bytes], ...]
    given: tuple[Grant, ...]
    to_organisation: tuple[Grant, ...]
    left: int


def taken_over(desk: Desk, officer: OfficerId) -> TakenOver:
    """Look at everything the officer had signed and sign it again. Writes nothing; what does not hold stays as it is."""
    return signed_again(officer, by=desk.keyring.officer_keys, organisation=queries.organisation())


def signed_again(officer: OfficerId, *, by: OfficerKeys, organisation: PublicKeys | None) -> TakenOver:
    """The same under any hand: an officer's own new one too."""
    old, enrolled = queries.public(officer), models.Officer.objects.filter(enrolled_by=officer).exclude(id=officer)
    to_organisation = [(each, organisation) for each in given_to_organisation_by(officer)] if organisation else []
    vouched = [_vouched_again(row, old, by) for row in enrolled]
    given = [_signed_again(each, to, old, by) for each, to in given_by(officer)]
    for_all = [_signed_again(each, to, old, by) for each, to in to_organisation]
    left = sum(each is None for each in (*vouched, *given, *for_all))
    return TakenOver(_holding(vouched), _holding(given), _holding(for_all), left)


def _holding(tried: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(each for each in tried if each is not None)


def write_taken_over(desk: Desk, taken: TakenOver) -> None:
    """Inside the transaction of an act. A grant that went meanwhile: ``Refused``."""
    for officer, vouched in taken.enrolled:
        models.Officer.objects.filter(id=officer).update(enrolled_by=desk.officer, vouched=vouched)
    for grant in taken.given:
        same = models.Grant.objects.filter(cell=grant.cell, epoch=grant.epoch, officer=grant.officer)
        _write(desk, same.filter(wrapped=grant.wrapped), grant)
    for grant in taken.to_organisation:
        same = models.OrganisationGrant.objects.filter(cell=grant.cell, epoch=grant.epoch)
        _write(desk, same.filter(wrapped=grant.wrapped), grant)


def _write(desk: Desk, row, grant: Grant) -> None:  # type: ignore[no-untyped-def]
    if not row.update(granted_by=desk.officer, signature=grant.signature):
        raise Refused("house.busy")


def _signed_again(grant: Grant, public: PublicKeys, old: PublicKeys, by: OfficerKeys) -> Grant | None:
    try:
        return grants.take_over(grant, public=public, giver=old, by=by)
    except Damaged:
        return None


def _vouched_again(row: models.Officer, old: PublicKeys, by: OfficerKeys) -> tuple[OfficerId, bytes] | None:
    id, public = OfficerId(row.id), queries.public_of(row)
    try:
        return id, take_over_vouching(by, old, settings.OJAK_VAULT_ID, id, public, row.vouched)
    except Damaged:
        return None
