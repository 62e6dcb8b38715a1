"""Tokens that are valid, and what they open."""

from dataclasses import dataclass

from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.models.officers import OfficerState
from ojakgyo.apps.vault.queries.officers import public_of
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.officers import PublicKeys
from ojakgyo.domain.values.ids import OfficerId, TokenId


@dataclass(frozen=True, slots=True)
class Entry:
    """A one-time way in that has not been used."""

    token: TokenId
    officer: OfficerId
    public: PublicKeys
    half: bytes


def entry(digest: bytes) -> Entry:
    """An unused one-time token. Unknown, used, or of an officer who may not sit down: ``Refused``."""
    rows = models.EntryToken.objects.select_related("officer").filter(officer__state=OfficerState.ACTIVE)
    row = rows.filter(digest=digest).first()
    if row is None:
        raise Refused("vault.token_refused")
    if row.half is None:
        raise Refused("vault.token_spent")
    return Entry(TokenId(row.id), OfficerId(row.officer_id), public_of(row.officer), row.half)


def api_token(digest: bytes, *, scope: Scope, desk: Desk) -> TokenId:
    """A token that is valid now and opens this scope; any other, or of who may not sit down: ``Refused``."""
    rows = models.ApiToken.objects.filter(digest=digest, expires_ms__gt=desk.now, scopes__scope=scope)
    barred = (OfficerState.SUSPENDED, OfficerState.REMOVED)
    if (row := rows.exclude(made_by__state__in=barred).first()) is None:
        raise Refused("vault.token_refused")
    return TokenId(row.id)
