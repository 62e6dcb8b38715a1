"""Issuing tokens: a one-time way in for an officer, and what a program reads the desk by."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.vault import models, tokens
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import TokenIssued
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import seal_half
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import TokenId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token; its words are shown once and kept nowhere."""

    id: TokenId
    written: str

    def __repr__(self) -> str:
        return f"<Issued {self.id}>"


@action
def issue_entry(desk: Desk) -> Issued:
    """A one-time way in for the officer at this desk; the ones issued before and not used are void."""
    keys, half = desk.keyring.officer_keys, tokens.drawn(Table.ENTRY)
    sealed = seal_half(keys, half, nonce=secrets.token_bytes(12))
    models.EntryToken.objects.filter(officer=keys.officer, half__isnull=False).update(half=None, spent_ms=desk.now)
    row = models.EntryToken.objects.create(id=new_id(), digest=half.id, officer_id=keys.officer, half=sealed)
    record(desk, TokenIssued(token=TokenId(row.id)))
    return Issued(TokenId(row.id), tokens.written(half))


@action
def issue_token(desk: Desk, *, scopes: Collection[Scope], expires: Instant) -> Issued:
    """An API token; without scopes it would open nothing, which is a ``ValueError``."""
    if not scopes:
        raise ValueError("a token has scopes")
    half = tokens.drawn(Table.API)
    made_by = desk.officer if desk.actor.kind is ActorKind.OFFICER else None
    row = models.ApiToken.objects.create(id=new_id(), digest=half.id, made_by_id=made_by, expires_ms=expires)
    models.ApiScope.objects.bulk_create(models.ApiScope(token=row, scope=scope) for scope in sorted(set(scopes)))
    record(desk, TokenIssued(token=TokenId(row.id)))
    return Issued(TokenId(row.id), tokens.written(half))
