"""causes: the list that support closes tickets with

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CAUSES = (
    ("stale_data", "La respuesta usó datos desactualizados", "The answer used stale data", True),
    ("wrong_reasoning", "El razonamiento fue incorrecto", "The reasoning was wrong", True),
    ("tone", "El tono no era el adecuado", "The tone was off", True),
    ("missing_store_information", "Faltaba información de la tienda", "Store information was missing", False),
    ("answer_was_right", "La respuesta era correcta", "The answer was right", False),
    ("other", "Otra causa", "Another cause", False),
)


def upgrade() -> None:
    """Apply."""
    insert = sa.text(
        "INSERT INTO causes (code, name_es, name_en, refunds, position)"
        " VALUES (:code, :name_es, :name_en, :refunds, :position)"
    )
    for position, (code, name_es, name_en, refunds) in enumerate(CAUSES, start=1):
        values = {"code": code, "name_es": name_es, "name_en": name_en, "refunds": refunds}
        op.get_bind().execute(insert, values | {"position": position})


def downgrade() -> None:
    """Take back."""
    op.execute("DELETE FROM causes")
