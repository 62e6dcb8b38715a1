"""The signature that both kinds of gateway set."""

from ojakgyo.apps.contact.channels.protocol import Post
from ojakgyo.domain.sealing import posts
from ojakgyo.domain.values.instants import SECOND_MS, Instant


def signed_at(post: Post, key: str) -> Instant | None:
    """By `X-Signature` over the raw body and `X-Timestamp`."""
    time, given = post.headers.get("x-timestamp", ""), post.headers.get("x-signature", "")
    second = posts.signed_at(key, post.body, time=time, given=given)
    return None if second is None else Instant(SECOND_MS * second)
