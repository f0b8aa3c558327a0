"""Preferences as people see them."""

from __future__ import annotations

import msgspec


class PreferenceView(msgspec.Struct, frozen=True, kw_only=True):
    """A topic, whether each channel is on for it, and its name for people."""

    topic: str
    in_app: bool
    email: bool
    label: str
