"""What happened, in a few words for each kind of fact (context "fact"). They say that it was done, never what it showed."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

DEEDS: Final[Mapping[str, Promise]] = {
    "vault.founded": pgettext_lazy("fact", "The vault was made"),
    "vault.unsealed": pgettext_lazy("fact", "The vault was opened"),
    "vault.sealed": pgettext_lazy("fact", "The vault was closed"),
    "vault.officer_enrolled": pgettext_lazy("fact", "An officer was enrolled"),
    "vault.role_given": pgettext_lazy("fact", "A role was given"),
    "vault.role_withdrawn": pgettext_lazy("fact", "A role was taken back"),
    "vault.officer_suspended": pgettext_lazy("fact", "An officer was suspended"),
    "vault.officer_resumed": pgettext_lazy("fact", "A suspension was ended"),
    "vault.officer_removed": pgettext_lazy("fact", "An officer was removed"),
    "vault.officer_keys_renewed": pgettext_lazy("fact", "An officer got new keys"),
    "vault.password_changed": pgettext_lazy("fact", "A password was changed"),
    "vault.second_factor_set": pgettext_lazy("fact", "One-time codes were set up"),
    "vault.second_factor_removed": pgettext_lazy("fact", "One-time codes were taken away"),
    "vault.cell_founded": pgettext_lazy("fact", "A cell was founded"),
    "vault.key_granted": pgettext_lazy("fact", "The key of a cell was granted"),
    "vault.grant_withdrawn": pgettext_lazy("fact", "The key of a cell was withdrawn"),
    "vault.epoch_begun": pgettext_lazy("fact", "A cell got a new key"),
    "vault.signed_in": pgettext_lazy("fact", "Signed in"),
    "vault.session_ended": pgettext_lazy("fact", "A session ended"),
    "vault.token_issued": pgettext_lazy("fact", "A token was issued"),
    "vault.token_voided": pgettext_lazy("fact", "A token was made void"),
    "vault.slot_made": pgettext_lazy("fact", "A way into the vault was made"),
    "vault.slot_removed": pgettext_lazy("fact", "A way into the vault was taken away"),
    "vault.keys_rotated": pgettext_lazy("fact", "The keys of the house were drawn anew"),
    "vault.loss_accepted": pgettext_lazy("fact", "A loss was accepted"),
    "vault.machine_lost": pgettext_lazy("fact", "The machine was said to be lost"),
    "vault.backup_written": pgettext_lazy("fact", "A backup was written"),
    "vault.backup_restored": pgettext_lazy("fact", "A backup was brought back"),
    "vault.request_made": pgettext_lazy("fact", "Something that takes two was asked for"),
    "vault.request_approved": pgettext_lazy("fact", "A second hand was given"),
    "vault.request_used": pgettext_lazy("fact", "What two had signed was done"),
    "vault.request_lapsed": pgettext_lazy("fact", "A request lapsed"),
    "vault.audit_exported": pgettext_lazy("fact", "The audit was exported"),
    "chronicle.stuck_settled": pgettext_lazy("fact", "Something stuck was left"),
    "chronicle.stuck_tried_again": pgettext_lazy("fact", "Something stuck was tried again"),
    "people.person_added": pgettext_lazy("fact", "A person was added"),
    "people.name_kept": pgettext_lazy("fact", "A name was kept, sealed"),
    "people.name_revealed": pgettext_lazy("fact", "A name was revealed"),
    "people.keys_rewrapped": pgettext_lazy("fact", "People's keys were put under a cell's new key"),
    "people.person_forgotten": pgettext_lazy("fact", "A name was forgotten for ever"),
    "network.line_recorded": pgettext_lazy("fact", "A line was recorded"),
    "network.line_state_changed": pgettext_lazy("fact", "The state of a line changed"),
    "network.numbers_resealed": pgettext_lazy("fact", "Numbers were put under a cell's new key"),
    "network.area_recorded": pgettext_lazy("fact", "An area was recorded"),
    "network.place_recorded": pgettext_lazy("fact", "A place was recorded"),
    "network.link_recorded": pgettext_lazy("fact", "A link was recorded"),
    "network.link_forgotten": pgettext_lazy("fact", "A link was forgotten"),
    "cards.card_issued": pgettext_lazy("fact", "A card was issued"),
    "cards.card_burnt": pgettext_lazy("fact", "A card was burnt"),
    "cards.card_to_reissue": pgettext_lazy("fact", "A card is to be replaced"),
    "contact.window_agreed": pgettext_lazy("fact", "A window was agreed"),
    "contact.route_agreed": pgettext_lazy("fact", "A warning route was agreed"),
    "contact.noticer_agreed": pgettext_lazy("fact", "A noticer was agreed"),
    "contact.message_received": pgettext_lazy("fact", "A message was kept"),
    "contact.message_repeated": pgettext_lazy("fact", "A message came again"),
    "contact.file_seen_again": pgettext_lazy("fact", "A message file was seen again"),
    "contact.file_unreadable": pgettext_lazy("fact", "A message file could not be read"),
    "contact.message_read": pgettext_lazy("fact", "A message was read"),
    "contact.words_shown": pgettext_lazy("fact", "Words of a message were shown"),
    "contact.window_kept": pgettext_lazy("fact", "A window was kept"),
    "contact.window_missed": pgettext_lazy("fact", "A window was missed"),
    "contact.windows_voided": pgettext_lazy("fact", "Windows were made void"),
    "watch.report_heard": pgettext_lazy("fact", "A report was noted"),
    "watch.signal_weighed": pgettext_lazy("fact", "A signal was weighed"),
    "watch.warning_raised": pgettext_lazy("fact", "A warning was raised"),
    "watch.deadline_moved": pgettext_lazy("fact", "A deadline moved"),
    "watch.warning_reopened": pgettext_lazy("fact", "A warning is to be told again"),
    "watch.warning_red": pgettext_lazy("fact", "A warning turned red"),
    "watch.warning_too_late": pgettext_lazy("fact", "A deadline passed"),
    "watch.warning_taken": pgettext_lazy("fact", "A warning was taken"),
    "watch.warning_left": pgettext_lazy("fact", "A warning was left to others"),
    "watch.warning_acknowledged": pgettext_lazy("fact", "A warning was acknowledged"),
    "watch.subject_told": pgettext_lazy("fact", "Somebody was told"),
    "watch.warning_closed": pgettext_lazy("fact", "A warning was closed"),
    "watch.row_shown": pgettext_lazy("fact", "A whole row was shown to who is on duty"),
    "watch.officer_weighed": pgettext_lazy("fact", "What an officer knew is taken to be known"),
    "alerts.address_kept": pgettext_lazy("fact", "A wake-up address was kept"),
    "alerts.watcher_kept": pgettext_lazy("fact", "The watcher's address was kept"),
    "alerts.relay_kept": pgettext_lazy("fact", "The mail server's login was kept"),
    "alerts.wake_due": pgettext_lazy("fact", "Somebody was to be woken"),
    "alerts.wake_sent": pgettext_lazy("fact", "A wake-up call was sent"),
    "alerts.wake_failed": pgettext_lazy("fact", "A wake-up call could not be sent"),
    "alerts.nobody_to_wake": pgettext_lazy("fact", "Nobody could be woken"),
}
AREAS: Final[Mapping[str, Promise]] = {
    "vault": pgettext_lazy("area of facts", "vault"),
    "people": pgettext_lazy("area of facts", "people"),
    "network": pgettext_lazy("area of facts", "network"),
    "alerts": pgettext_lazy("area of facts", "wake-up calls"),
    "chronicle": pgettext_lazy("area of facts", "what got stuck"),
    "cards": pgettext_lazy("area of facts", "cards"),
    "contact": pgettext_lazy("area of facts", "contact"),
    "watch": pgettext_lazy("area of facts", "warnings"),
}


def deed(kind: str) -> str:
    """What a kind of fact says was done; of a kind that this version does not know, that."""
    known = DEEDS.get(kind)
    return str(known) if known is not None else pgettext("fact", "Something that this version does not know")


def area(name: str) -> str:
    return str(AREAS.get(name, name))
