"""search of tickets: their words as documents, and the functions that write and search them

Row security keeps `@@` from using its index where the API's role runs it (it is not leakproof), so
the search is a function of the tables' owner that holds itself to the caller's store.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BATCH = 2_000

# What is common in Spanish is replaced one by one, which is several times faster than normalize();
# that, in turn, knows all accents of all languages. Signs become spaces, so that words stand alone
# in addresses, prices and codes too.
SIGNS = "¿¡-./@_:;,<>&()!?\"'\n\t"
LETTERS = dict(zip("áéíóúüñ", "aeiouun", strict=True)) | dict.fromkeys(SIGNS, " ")

# The stemmer (Snowball) leaves some plurals apart from their singular, most of all where it counts on
# an accent: "devoluciones" and "devolucion", "imágenes" and "imagen". These are made one before it.
ENDINGS = {
    "ciones ": "cion ",
    "enes ": "en ",
    "imos ": "imo ",
    "ares ": "ar ",
    "eres ": "er ",
    " dias ": " dia ",
    " anos ": " ano ",
    " reclamos ": " reclamo ",
    " tickets ": " ticket ",
    " links ": " link ",
    # With its accent it is an ending: "cancelación" and "cancelar" are of one stem.
    "acion ": "ación ",
    "ucion ": "ución ",
}


def replaced(text: str, pairs: dict[str, str]) -> str:
    """SQL for `text` with the first of each pair replaced by the second."""
    for before, after in pairs.items():
        text = "replace({}, '{}', '{}')".format(text, before.replace("'", "''"), after)
    return text


FUNCTIONS = (
    f"""
    CREATE FUNCTION search_fold(body text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
    DECLARE
        plain text := {replaced("lower(body)", LETTERS)};
    BEGIN
        IF octet_length(plain) <> length(plain) THEN
            plain := lower(regexp_replace(normalize(plain, NFD), '[\\u0300-\\u036f]', '', 'g'));
        END IF;
        plain := ' ' || plain || ' ';
        RETURN {replaced("plain", ENDINGS)};
    END $$
    """,
    # Both sides are folded before they are stemmed: "envío" and "envios" end as the same stem.
    # A tsvector holds 1 MB: what goes beyond the letters taken here is not found.
    """
    CREATE FUNCTION index_tickets(changed uuid[]) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO ticket_documents (ticket_id, document)
    SELECT t.id,
        array_to_tsvector(ARRAY['s:' || t.store_id])
        || strip(to_tsvector('pg_catalog.spanish', search_fold(
            left(concat_ws(' ', t.number, q.product, q.text, r.rated_answer, said.in_public), 150000)
        )))
        || coalesce(noted.lexemes, '')
    FROM tickets t
    LEFT JOIN questions q ON q.id = t.question_id
    LEFT JOIN ratings r ON r.id = t.rating_id
    CROSS JOIN LATERAL (
        SELECT string_agg(body, ' ' ORDER BY position) FILTER (WHERE NOT internal) AS in_public,
            left(string_agg(body, ' ' ORDER BY position) FILTER (WHERE internal), 40000) AS in_notes
        FROM messages WHERE ticket_id = t.id
    ) said
    LEFT JOIN LATERAL (
        SELECT array_to_tsvector(array_agg('i:' || lexeme)) AS lexemes
        FROM unnest(to_tsvector('pg_catalog.spanish', search_fold(said.in_notes)))
        WHERE said.in_notes IS NOT NULL
    ) noted ON true
    WHERE t.id = ANY(changed)
    ON CONFLICT (ticket_id) DO UPDATE SET document = excluded.document
    $$
    """,
    # NULL where no word is left: of a search for "de la" nothing is found, as with any search engine.
    """
    CREATE FUNCTION search_query(words text, store uuid) RETURNS tsquery
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT (
        coalesce('''s:' || store || ''' & ', '')
        || string_agg(CASE WHEN app_support() THEN '(' || word || ' | ' || note || ')' ELSE word END, ' & ')
    )::tsquery
    FROM (
        SELECT '''' || escaped || '''' AS word, '''i:' || escaped || '''' AS note
        FROM unnest(to_tsvector('pg_catalog.spanish', search_fold(words))),
            replace(replace(lexeme, '\\', '\\\\'), '''', '''''') AS escaped
    ) terms
    $$
    """,
    """
    CREATE FUNCTION search_estimate(words text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        wanted tsquery := search_query(words, NULL);
        plan json;
    BEGIN
        IF wanted IS NULL OR NOT app_support() THEN RETURN 0; END IF;
        EXECUTE format(
            'EXPLAIN (FORMAT json) SELECT FROM ticket_documents WHERE document @@ %L::tsquery', wanted
        ) INTO plan;
        RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
    END $$
    """,
    # ROWS: so few that the planner always fetches them by their ids, which is right for thousands, too.
    """
    CREATE FUNCTION search_tickets(
        words text, of_store uuid, by_number boolean,
        after_activity timestamptz, after_number bigint, after_id uuid, most integer
    ) RETURNS TABLE (ticket_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 25
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan SET enable_seqscan = off AS $$
    DECLARE
        store uuid := CASE WHEN app_support() THEN of_store ELSE app_store() END;
        wanted tsquery := search_query(words, store);
    BEGIN
        IF wanted IS NULL OR (store IS NULL AND NOT app_support()) THEN RETURN; END IF;
        RETURN QUERY
        WITH found AS MATERIALIZED (SELECT d.ticket_id FROM ticket_documents d WHERE d.document @@ wanted)
        SELECT t.id FROM found JOIN tickets t ON t.id = found.ticket_id
        WHERE (store IS NULL OR t.store_id = store) AND (
            after_id IS NULL
            OR (by_number AND (t.number, t.id) < (after_number, after_id))
            OR (NOT by_number AND (t.last_activity_at, t.id) < (after_activity, after_id))
        )
        ORDER BY CASE WHEN by_number THEN t.number END DESC,
            CASE WHEN NOT by_number THEN t.last_activity_at END DESC, t.id DESC
        LIMIT most;
    END $$
    """,
)

SIGNATURES = (
    "search_tickets(text, uuid, boolean, timestamptz, bigint, uuid, integer)",
    "search_estimate(text)",
    "search_query(text, uuid)",
    "index_tickets(uuid[])",
    "search_fold(text)",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "ticket_documents",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("document", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_documents_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ticket_documents")),
    )
    for function in FUNCTIONS:
        op.execute(sa.text(function.replace(":", "\\:")))
    for signature in SIGNATURES[:-1]:
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO botmeni_api")
    # Stores search by the function alone: what a note says is not to be read off a document.
    op.execute("ALTER TABLE ticket_documents ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY tenant ON ticket_documents TO botmeni_api USING ((SELECT app_support()))")
    op.execute("GRANT SELECT ON ticket_documents TO botmeni_api")
    _index_what_is_there()
    op.create_index(
        "ix_ticket_documents_document",
        "ticket_documents",
        ["document"],
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 512},
    )


def _index_what_is_there() -> None:
    last = "00000000-0000-0000-0000-000000000000"
    batch = sa.text(
        "SELECT array_agg(id) FROM (SELECT id FROM tickets WHERE id > :last ORDER BY id LIMIT :most) t"
    )
    while ids := op.get_bind().scalar(batch, {"last": last, "most": BATCH}):
        op.get_bind().execute(sa.text("SELECT index_tickets(:ids)"), {"ids": ids})
        last = ids[-1]


def downgrade() -> None:
    """Take back."""
    for signature in SIGNATURES:
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_table("ticket_documents")
