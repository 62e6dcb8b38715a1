"""Backups that were written: numbers and digests, so that an older one is known as older."""

from django.db import models

from ojakgyo.apps.chronicle.fields import DigestField, InstantField


class Backup(models.Model):
    """`seq`: the newest fact in it; the digests are of the two files as they were written."""

    number = models.PositiveIntegerField(primary_key=True)
    taken_ms = InstantField()
    seq = models.BigIntegerField()
    data_digest = DigestField()
    keys_digest = DigestField()
