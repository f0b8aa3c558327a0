"""What the tests of lists share: a shop, its admin, somebody of support, and tickets."""

from __future__ import annotations

import pytest

from tests.integration.conftest import SignIn
from tests.support.client import Client
from tests.support.shelf import Shelf
from tests.support.world import Shop, World


@pytest.fixture
def shelf(world: World) -> Shelf:
    """Tickets to put into the empty database."""
    return Shelf(world)


@pytest.fixture
def shop(world: World) -> Shop:
    """A store with its people."""
    return world.shop()


@pytest.fixture
def admin(shop: Shop, sign_in: SignIn) -> Client:
    """The shop's admin at the API."""
    return sign_in(shop.admin)


@pytest.fixture
def staff(world: World, sign_in: SignIn) -> Client:
    """Somebody of support at the API."""
    return sign_in(world.support())
