"""Everything that migrations make, read from PostgreSQL's catalogue, to compare two databases."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import text

from tests.support.processes import databases

# Not the order of columns: a column that a later migration adds may stand elsewhere in a restored table.
# Constraints without their casts and brackets: a condition that was dumped and restored has them elsewhere.
_PARTS: Mapping[str, str] = {
    "columns": """
        SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "constraints": r"""
        SELECT conrelid::regclass::text, conname::text, convalidated,
            regexp_replace(pg_get_constraintdef(oid), '::(text|character varying)(\[\])?|[()]', '', 'g')
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "functions": """
        SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """,
    "triggers": """
        SELECT pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid IN (
            SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
        )
    """,
    "policies": """
        SELECT tablename::text, policyname::text, permissive, roles::text, cmd, qual, with_check
        FROM pg_policies WHERE schemaname = 'public'
    """,
    "tables": """
        SELECT relname::text, relrowsecurity, relforcerowsecurity, reloptions::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i', 'S')
    """,
    "rights on tables": """
        SELECT relname::text, grantee::regrole::text, privilege_type
        FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    """,
    "rights on columns": """
        SELECT attrelid::regclass::text, attname::text, grantee::regrole::text, privilege_type
        FROM pg_attribute, aclexplode(attacl)
        WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    """,
    "rights on functions": """
        SELECT oid::regprocedure::text, grantee, privilege_type
        FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
        WHERE pronamespace = 'public'::regnamespace
    """,
}


def described(url: str) -> dict[str, list[str]]:
    """What a database is made of, kind by kind, each in an order that does not depend on its history."""
    with databases.connect(url).connect() as connection:
        return {
            kind: sorted(repr(tuple(row)) for row in connection.execute(text(query)))
            for kind, query in _PARTS.items()
        }
