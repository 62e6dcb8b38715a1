"""What is done about the life of a card. Nothing in here meets state and own number together: that is `reading` alone."""

from ojakgyo.apps.cards.actions.handing import hand_over, tell_number
from ojakgyo.apps.cards.actions.issuing import issue_card, take_over_card
from ojakgyo.apps.cards.actions.quarantine import ask_to_end_quarantine, end_quarantine
from ojakgyo.apps.cards.actions.speaking import drop_pocket_number, give_pocket_number, share_line, unshare_line
from ojakgyo.apps.cards.actions.stopping import begin_quarantine, burn_card, capture_card, lose_card

__all__ = [
    "ask_to_end_quarantine",
    "begin_quarantine",
    "burn_card",
    "capture_card",
    "drop_pocket_number",
    "end_quarantine",
    "give_pocket_number",
    "hand_over",
    "issue_card",
    "lose_card",
    "share_line",
    "take_over_card",
    "tell_number",
    "unshare_line",
]
