"""Acts of weight ask for the password again, unless it was typed within five minutes.

A view says `confirm_first(request)` before it acts; its form includes vault/confirm.html, which shows the field only
where it is needed.
"""

from django.http import HttpRequest

from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.forms.you import ConfirmForm
from ojakgyo.domain.errors import Refused


def confirm_first(request: HttpRequest) -> None:
    """Go on with a fresh password only: one that stands, or the one typed in this form. Else ``Refused``."""
    if request.confirmed:
        return
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Refused("vault.confirm_first")
    sessions.confirm(request.desk, token=cookies.session(request) or "", password=form.cleaned_data["password_again"])
    request.confirmed = True
