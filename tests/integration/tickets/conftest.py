"""What the tests of lists share: a shop, its admin, somebody of support, and tickets."""

from __future__ import annotations

import pytest

from tests.integration.conftest import SignIn
from tests.support.clients.http import Client
from tests.support.factories.database import Database


@pytest.fixture
def staff(db: Database, sign_in: SignIn) -> Client:
    """Somebody of support at the API."""
    return sign_in(db.support())
