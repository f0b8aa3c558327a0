"""A person's own account as they see it."""

from __future__ import annotations

from uuid import UUID

import msgspec

from shared.http.views import StoreView


class MeView(msgspec.Struct, frozen=True, kw_only=True):
    """The person signed in; `email_reason`: what an e-mail server said if it refused their address."""

    id: UUID
    name: str
    email: str
    email_status: str
    email_reason: str | None
    locale: str
    roles: list[str]
    store: StoreView | None
