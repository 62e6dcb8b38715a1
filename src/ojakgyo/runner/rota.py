"""The rota: every duty and chore of the house, by importing the rooms that declare them, in the order of their apps."""

from ojakgyo.apps.alerts import duties as alerts
from ojakgyo.apps.calls import duties as calls
from ojakgyo.apps.cards import duties as cards
from ojakgyo.apps.cards.questions import duties as cards_questions
from ojakgyo.apps.cards.reading import forgetting as cards_reading
from ojakgyo.apps.contact import duties as contact
from ojakgyo.apps.contact.agreements import following as contact_following
from ojakgyo.apps.contact.outages import duties as contact_outages
from ojakgyo.apps.contact.silences import duties as contact_silences
from ojakgyo.apps.contact.silences import leaving as contact_silences_leaving
from ojakgyo.apps.intake import duties as intake
from ojakgyo.apps.network import chores as network_chores
from ojakgyo.apps.network import duties as network
from ojakgyo.apps.people import chores as people_chores
from ojakgyo.apps.watch import duties as watch
from ojakgyo.apps.watch import leaving as watch_leaving

__all__ = [
    "alerts",
    "calls",
    "cards",
    "cards_questions",
    "cards_reading",
    "contact",
    "contact_following",
    "contact_outages",
    "contact_silences",
    "contact_silences_leaving",
    "intake",
    "network",
    "network_chores",
    "people_chores",
    "watch",
    "watch_leaving",
]
