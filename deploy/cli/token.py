"""`botmeni token` issues a token for a person, in the local mode only."""

from __future__ import annotations

import click

from deploy.cli import lookup
from deploy.cli.command import Command, Failed, json_option
from deploy.cli.output import print_json
from shared.clock import now
from shared.config.settings import settings
from shared.db.transactions import transaction
from shared.tokens import LOCAL_TOKEN_LIFETIME, issue_local_token


@click.command(cls=Command)
@click.argument("person")
@json_option
def token(person: str, as_json: bool) -> None:
    """A token for PERSON: an id, an e-mail address, or the part before its @. Local mode only."""
    config = settings()
    if config.environment != "local":
        raise Failed(
            f"Tokens come from the issuer ({config.jwt_issuer}): its keys are remote"
            f" (JWT_JWKS_URL={config.jwt_jwks_url or 'not set'}), and only ENVIRONMENT=local has its own."
        )
    with transaction() as session:
        found = lookup.person(session, person)
    if not found.active:
        raise Failed(f"{found.name} is not active: the API would refuse the token.")
    issued = issue_local_token(found.id)
    if as_json:
        print_json({"token": issued, "person_id": found.id, "expires_at": now() + LOCAL_TOKEN_LIFETIME})
    else:
        click.echo(issued)
