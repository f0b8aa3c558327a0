"""What the tests of notifications share: a ticket between a store and support, a mail server, a receiver.

The scenes ask for settings, which pytest makes after it has read this file: they are imported later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.integration.conftest import SignIn
from tests.support.factories.database import Database
from tests.support.fakes.mail_server import MailServer
from tests.support.fakes.webhook_receiver import Receiver

if TYPE_CHECKING:
    from tests.integration.notifier.scenario import TicketScenario


@pytest.fixture
def scenario(db: Database, sign_in: SignIn) -> TicketScenario:
    """A store and two of support with an open ticket, and nobody told anything."""
    from tests.integration.notifier.scenario import make_scenario  # noqa: PLC0415 - not before the settings are made

    return make_scenario(db, sign_in)


@pytest.fixture
def server(scenario: TicketScenario) -> Iterator[MailServer]:
    """A mail server that e-mails are sent to; what made the scene is not among them."""
    from tests.integration.notifier.email.deliveries import posting  # noqa: PLC0415 - not before the settings are made

    with posting(MailServer()) as running:
        yield running


@pytest.fixture
def receiver(scenario: TicketScenario) -> Iterator[Receiver]:
    """A receiver of webhooks, which may be called though it is on this machine; the scene was made before."""
    from tests.integration.notifier.webhooks.deliveries import webhooks_on  # noqa: PLC0415 - not before the settings are made

    with webhooks_on() as listening:
        yield listening
