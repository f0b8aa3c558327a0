"""SQL functions as whole files: `search_tickets_0019.sql` is that function as migration 0019 installs it."""

from __future__ import annotations

from pathlib import Path

from alembic import op

_FOLDER = Path(__file__).parent


def install(name: str, *, version: str) -> None:
    """Create the function, or put this version of it in the place of another; its grants stay."""
    text = (_FOLDER / f"{name}_{version}.sql").read_text(encoding="utf-8")
    # Sent as it is written: neither ":" nor "%" in it stands for a parameter.
    op.get_bind().exec_driver_sql(text, execution_options={"no_parameters": True})
