from django.apps import AppConfig

from ojakgyo.store import keyholder


class VaultConfig(AppConfig):
    name = "ojakgyo.apps.vault"
    label = "vault"

    def ready(self) -> None:
        from ojakgyo.apps.vault.seats import seats

        keyholder.when_sealed(seats.clear)
