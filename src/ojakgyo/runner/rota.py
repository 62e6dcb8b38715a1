"""The rota: every duty of the house, by importing the rooms that declare them. Their order is that of their apps."""

from ojakgyo.apps.alerts import duties as alerts
from ojakgyo.apps.cards import duties as cards
from ojakgyo.apps.contact import duties as contact
from ojakgyo.apps.network import duties as network
from ojakgyo.apps.watch import duties as watch

__all__ = ["alerts", "cards", "contact", "network", "watch"]
