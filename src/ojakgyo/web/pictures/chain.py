"""Chain: the strongest path is a list; only the arrows between its links are drawn."""

from django.utils.safestring import SafeString


def arrow() -> SafeString:
    """An arrow that stretches to the width between two nodes."""
    return SafeString(
        '<svg aria-hidden="true"><line x1="0" x2="100%" y1="5" y2="5"/>'
        '<svg x="100%" y="5"><path d="M-8-5l8 5-8 5z"/></svg></svg>'
    )  # a constant
