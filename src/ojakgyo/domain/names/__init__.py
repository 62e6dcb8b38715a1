"""Code names: what everybody is called on screen, in Hangul and in romanised form, never translated."""

from ojakgyo.domain.names.codename import CodeName

__all__ = ["CodeName"]
