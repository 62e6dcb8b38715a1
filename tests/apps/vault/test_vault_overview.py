"""The first page of the vault calls a backup or an anchor old while there is still time to do something about it."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from world import night, night_kept

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.vault import header, ways
from ojakgyo.apps.vault.models import Backup
from ojakgyo.apps.vault.queries.overview import overview
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]


def backed_up(night, *, hours: int) -> None:
    digests = {"data_digest": b"d" * 32, "keys_digest": b"k" * 32}
    Backup.objects.create(number=1, taken_ms=night.now - hours * HOUR_MS, seq=1, **digests)


@pytest.mark.parametrize(("hours", "overdue"), [(47, False), (49, True)])
def test_a_backup_is_old_after_two_days(night, hours, overdue):
    assert overview(night.desk("Haneul")).backup_overdue, "there is none"
    backed_up(night, hours=hours)
    assert overview(night.desk("Haneul")).backup_overdue is overdue


def test_an_anchor_is_old_once_something_was_written_down_hours_after_it(night):
    assert overview(night.desk("Haneul")).anchor_overdue, "there is none"
    ways.keep_anchor(keyholder.ring(), night.now - 4 * HOUR_MS)
    assert not overview(night.desk("Haneul")).anchor_overdue, "nothing was written down since"
    night.hears("Beodeul")
    assert overview(night.desk("Haneul")).anchor_overdue
    ways.keep_anchor(keyholder.ring(), night.now)
    assert not overview(night.desk("Haneul")).anchor_overdue
    assert header.ways_in(Path(settings.HOME)).anchor.seq == audit.head()[0]


def test_a_vault_with_an_old_backup_is_not_in_order(night):
    """All the rest of it put right."""
    right = {"passphrases": 1, "openers": 2, "shares": True, "one_holds": (), "anchor_overdue": False}
    found = replace(overview(night.desk("Haneul")), **right)
    assert not found.in_order
    assert replace(found, backup_overdue=False).in_order
    assert not replace(found, backup_overdue=False, anchor_overdue=True).in_order
