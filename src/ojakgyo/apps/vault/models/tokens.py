"""Tokens, known to the house by their digest only."""

from enum import StrEnum

from django.db import models

from ojakgyo.apps.chronicle.fields import DigestField, EnumField, IdField, InstantField, SealedField
from ojakgyo.apps.vault.models.officers import Officer


class Scope(StrEnum):
    """What an API token opens."""

    WATCH_READ = "watch:read"
    WATCH_REASONS = "watch:reasons"
    CARDS_VERIFY = "cards:verify"


class EntryToken(models.Model):
    """A one-time way in. `half`: the officer's keys sealed under the token, gone once it is spent."""

    id = IdField.primary()
    digest = DigestField(unique=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="entries")
    half = SealedField(null=True)
    spent_ms = InstantField(null=True)


class ApiToken(models.Model):
    """What a program reads the desk by. It opens no cell."""

    id = IdField.primary()
    digest = DigestField(unique=True)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="api_tokens", null=True)
    expires_ms = InstantField()


class ApiScope(models.Model):
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="scopes")
    scope = EnumField(Scope)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("token", "scope"), name="api_scope_once"),)
