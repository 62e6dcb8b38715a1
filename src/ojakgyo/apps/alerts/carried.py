"""What `apprise` carries: a wake-up call to a phone's own service. From the extra list: imported only where it is used."""

import importlib
import logging
from types import ModuleType

from ojakgyo.domain.errors import Refused


def is_here() -> bool:
    """Whether this installation has it."""
    try:
        _apprise()
    except Refused:
        return False
    return True


def understands(address: str) -> bool:
    """Whether apprise knows the service and can read the rest. Not installed: ``Refused``."""
    return bool(_messenger().add(address))


def notify(address: str, *, subject: str, body: str) -> bool:
    """Whether the service took it. Not installed, or an address it cannot read: ``Refused``."""
    messenger = _messenger()
    if not messenger.add(address):
        raise Refused("alerts.address_form")
    return bool(messenger.notify(title=subject, body=body))


def _messenger():  # type: ignore[no-untyped-def]
    """One that writes nothing to the disk, shows no picture from elsewhere and does not say what it is."""
    apprise = _apprise()
    asset = apprise.AppriseAsset(
        app_id="",
        app_desc="",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        image_path_mask="",
        plugin_paths=(),
        storage_mode=apprise.PersistentStoreMode.MEMORY,
        async_mode=False,
    )
    return apprise.Apprise(asset=asset)


def _apprise() -> ModuleType:
    try:
        found = importlib.import_module("apprise")
    except ImportError:
        raise Refused("alerts.apprise_missing") from None
    for name in ("apprise", "urllib3"):  # they would write addresses down
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return found
