"""row security

The second wall between stores: what the API's role sees is cut down by the database itself, to the store
of the person signed in. Workers run as the tables' owner, which the policies don't bind.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

from shared.db.migrations.functions import install

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A role belongs to the whole server: another database may have made it already.
ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'botmeni_api') THEN
        CREATE ROLE botmeni_api LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""

OWN_STORE = "(SELECT app_support()) OR store_id = (SELECT app_store())"
OWN_PERSON = "person_id = (SELECT app_person())"
NOT_INTERNAL = "(SELECT app_support()) OR (store_id = (SELECT app_store()) AND NOT internal)"

POLICIES = {
    "stores": "(SELECT app_support()) OR id = (SELECT app_store())",
    # Support's names stand under its messages, so whoever is signed in may see those people.
    "people": f"(store_id IS NULL AND (SELECT app_person()) IS NOT NULL) OR {OWN_STORE}",
    "questions": OWN_STORE,
    "ratings": OWN_STORE,
    "ticket_counters": OWN_STORE,
    "tickets": OWN_STORE,
    "messages": NOT_INTERNAL,
    "timeline": NOT_INTERNAL,
    "ticket_reads": OWN_PERSON,
    "notifications": OWN_PERSON,
    "idempotency_keys": OWN_PERSON,
    "quota_periods": OWN_STORE,
    "quota_ledger": OWN_STORE,
    "outbox": OWN_STORE,
    "canned_replies": "(SELECT app_support())",
}

GRANTS = (
    "SELECT ON plans, stores, people, causes, quota_periods, quota_ledger, questions, alembic_version",
    "SELECT, INSERT, UPDATE ON ratings, ticket_counters, tickets, ticket_reads",
    "SELECT, INSERT ON messages, timeline, idempotency_keys",
    "SELECT, UPDATE ON notifications",
    "SELECT, INSERT, UPDATE, DELETE ON canned_replies",
    "INSERT ON outbox",
)


def upgrade() -> None:
    """Apply."""
    op.execute(ROLE)
    install("app_store", version="0002")
    install("app_person", version="0002")
    install("app_support", version="0002")
    install("sign_in", version="0002")
    op.execute("GRANT USAGE ON SCHEMA public TO botmeni_api")
    for grant in GRANTS:
        op.execute(f"GRANT {grant} TO botmeni_api")
    for table, rule in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} TO botmeni_api USING ({rule}) WITH CHECK ({rule})")


def downgrade() -> None:
    """Take back; the role stays, other databases may use it."""
    for table in POLICIES:
        op.execute(f"DROP POLICY tenant ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for grant in GRANTS:
        op.execute(f"REVOKE {grant} FROM botmeni_api")
    op.execute("REVOKE USAGE ON SCHEMA public FROM botmeni_api")
    for function in ("sign_in(uuid)", "app_support()", "app_person()", "app_store()"):
        op.execute(f"DROP FUNCTION {function}")
