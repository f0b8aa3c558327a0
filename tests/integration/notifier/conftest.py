"""What the tests of notifications share: a ticket between a store and support, a mail server, a receiver.

The scenario asks for settings, which pytest makes after it has read this file, so it is imported later.
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
    """A store and two of support with an open ticket, before anybody was notified."""
    from tests.integration.notifier.scenario import make_scenario  # noqa: PLC0415 - not before the settings are made

    return make_scenario(db, sign_in)


@pytest.fixture
def server(scenario: TicketScenario) -> Iterator[MailServer]:
    """A mail server that e-mails are sent to; those of the scenario's making are not among them."""
    from tests.integration.notifier.email.deliveries import posting  # noqa: PLC0415 - not before the settings are made

    with posting(MailServer()) as running:
        yield running


@pytest.fixture
def receiver(scenario: TicketScenario) -> Iterator[Receiver]:
    """A receiver of webhooks on this machine, which may be called; the scenario was made before."""
    from tests.integration.notifier.webhooks.deliveries import webhooks_on  # noqa: PLC0415 - not before the settings are made

    with webhooks_on() as listening:
        yield listening
