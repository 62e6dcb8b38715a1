"""Cells, and the grants that lead into them."""

from collections import Counter
from functools import partial

from django.conf import settings
from django.db.models import Count, F

from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.queries import memberships
from ojakgyo.apps.vault.queries.officers import officers, public_of
from ojakgyo.apps.vault.values import CellLine, CellListed, CellMember, CellPage, OfficerState, Side
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.grants import Grant
from ojakgyo.domain.sealing.keyring import Held, HeldGrant
from ojakgyo.domain.sealing.officers import PublicKeys
from ojakgyo.domain.sealing.organisation import ORGANISATION
from ojakgyo.domain.values.ids import AreaId, CellId, OfficerId


def cells(desk: Desk) -> tuple[CellLine, ...]:
    """Every cell, by its code."""
    return tuple(_line(row) for row in models.Cell.objects.order_by("side", "number"))


def held(id: OfficerId) -> Held:
    """The grants that lead an officer into cells in their present epoch; each is worth what its opening shows.

    A removed officer's hand gives nothing: what they had given stands under the hand of who removed them.
    """
    rows = models.Grant.objects.filter(officer=id, epoch=F("cell__epoch"))
    rows = rows.exclude(granted_by__state=OfficerState.REMOVED)
    giver = ("granted_by__exchange_public", "granted_by__signing_public")
    found = rows.values_list("cell", "epoch", "wrapped", "granted_by", "signature", *giver)
    return {
        CellId(cell): HeldGrant(
            Grant(settings.OJAK_VAULT_ID, CellId(cell), epoch, id, wrapped, OfficerId(by), signature),
            PublicKeys(exchange, signing),
            partial(before, CellId(cell)),
        )
        for cell, epoch, wrapped, by, signature, exchange, signing in found
    }


def cell_page(desk: Desk, *, id: CellId) -> CellPage:
    """One cell: who holds it, by whose hand, since when."""
    row = models.Cell.objects.filter(id=id).first()
    if row is None:
        raise Refused("house.not_found")
    known = {each.id: each for each in officers(desk)}
    given = models.Grant.objects.filter(cell=id, epoch=row.epoch).order_by("id")
    since = memberships.since(id)
    members = tuple(
        CellMember(
            known[OfficerId(each.officer_id)],
            known[OfficerId(each.granted_by_id)].code_name,
            since.get(OfficerId(each.officer_id)),
        )
        for each in given
    )
    holding = {member.officer.id for member in members}
    return CellPage(
        line=_line(row),
        members=members,
        others=tuple(each for each in known.values() if each.state is OfficerState.ACTIVE and each.id not in holding),
        began=memberships.began(id),
        organisation=row.epoch in organisation_epochs(id),
        must_rotate=row.must_rotate,
        mine=desk.keyring.holds(id),
    )


def cells_listed(desk: Desk) -> tuple[CellListed, ...]:
    """Every cell, by its code, with how many hold it."""
    counts, mine = member_counts(), cells_open_at(desk)
    return tuple(CellListed(line, counts.get(line.id, 0), line.id in mine) for line in cells(desk))


def cells_open_at(desk: Desk) -> frozenset[CellId]:
    """Cells that the keys at this desk have a grant of; a thousand are not opened to draw a list."""
    return frozenset(desk.keyring.held)


def member_counts() -> dict[CellId, int]:
    """How many officers who are not removed hold each cell."""
    rows = models.Grant.objects.filter(epoch=F("cell__epoch")).exclude(officer__state=OfficerState.REMOVED)
    rows = rows.values_list("cell_id", flat=True)
    return {CellId(cell): count for cell, count in Counter(rows).items()}


def _line(row: models.Cell) -> CellLine:
    return CellLine(CellId(row.id), Side(row.side), row.number, AreaId(row.area), row.epoch)


def before(cell: CellId, epoch: int) -> bytes | None:
    """The seed of the epoch before this one, as it lies sealed under it; None before the first."""
    return models.CellEpoch.objects.filter(cell=cell, epoch=epoch).values_list("before", flat=True).first()


def grant_of(row: models.Grant) -> Grant:
    return Grant(
        vault=settings.OJAK_VAULT_ID,
        cell=CellId(row.cell_id),
        epoch=row.epoch,
        officer=OfficerId(row.officer_id),
        wrapped=row.wrapped,
        granted_by=OfficerId(row.granted_by_id),
        signature=row.signature,
    )


def holders(cell: CellId) -> frozenset[OfficerId]:
    """Whose grants lead into the cell now, removed officers' left out; whether each opens it, only its holder can tell."""
    rows = models.Grant.objects.filter(cell=cell, epoch=F("cell__epoch")).exclude(officer__state=OfficerState.REMOVED)
    return frozenset(OfficerId(each) for each in rows.values_list("officer_id", flat=True))


def cells_of_holder(officer: OfficerId) -> tuple[CellId, ...]:
    """Cells whose present epoch an officer has a grant of."""
    rows = models.Grant.objects.filter(officer=officer, epoch=F("cell__epoch")).order_by("cell_id")
    return tuple(CellId(each) for each in rows.values_list("cell_id", flat=True))


def organisation() -> PublicKeys | None:
    """The organisation's public keys; None before its shares were drawn."""
    row = models.Organisation.objects.first()
    return PublicKeys(row.exchange_public, row.signing_public) if row else None


def organisation_epochs(cell: CellId) -> frozenset[int]:
    """The epochs of a cell that the organisation has a grant of."""
    return frozenset(models.OrganisationGrant.objects.filter(cell=cell).values_list("epoch", flat=True))


def cells_without_organisation() -> frozenset[CellId]:
    """Cells of which an epoch or more is not the organisation's; none before it has keys."""
    if organisation() is None:
        return frozenset()
    rows = models.Cell.objects.annotate(given=Count("organisation_grants")).filter(given__lt=F("epoch"))
    return frozenset(CellId(each) for each in rows.values_list("id", flat=True))


def cells_owing_an_epoch() -> frozenset[CellId]:
    """Cells a member of which was removed by somebody without their key."""
    rows = models.Cell.objects.filter(must_rotate=True)
    return frozenset(CellId(each) for each in rows.values_list("id", flat=True))


def given_by(officer: OfficerId) -> tuple[tuple[Grant, PublicKeys], ...]:
    """The grants an officer has given to others, and for which public keys."""
    rows = models.Grant.objects.filter(granted_by=officer).exclude(officer=officer).select_related("officer")
    return tuple((grant_of(row), public_of(row.officer)) for row in rows)


def given_to_organisation_by(officer: OfficerId) -> tuple[Grant, ...]:
    """The grants an officer has given to the organisation, of every epoch."""
    rows = models.OrganisationGrant.objects.filter(granted_by=officer)
    return tuple(organisation_grant_of(row) for row in rows)


def organisation_grants() -> tuple[tuple[Grant, PublicKeys], ...]:
    """What the secret behind the shares opens: a grant for each cell and epoch, and who gave it."""
    rows = models.OrganisationGrant.objects.select_related("granted_by").order_by("cell_id", "epoch")
    return tuple((organisation_grant_of(row), public_of(row.granted_by)) for row in rows)


def organisation_grant_of(row: models.OrganisationGrant) -> Grant:
    return Grant(
        vault=settings.OJAK_VAULT_ID,
        cell=CellId(row.cell_id),
        epoch=row.epoch,
        officer=ORGANISATION,
        wrapped=row.wrapped,
        granted_by=OfficerId(row.granted_by_id),
        signature=row.signature,
    )
