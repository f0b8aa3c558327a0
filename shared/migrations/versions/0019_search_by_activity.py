"""search of the newest first: documents know when something last happened to their ticket

The index of words knows no order, so a search fetched every ticket that holds them to find the newest.
Now a document also holds the hour of its ticket's last activity, and the longer stretches of time that hour
is in: lexemes like any other, which narrow a search down to the stretch that should hold a page.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BATCH = 2_000

# Each stretch is four times as long as the one before: one hour to 4,096 (170 days). One expression, neither
# strict nor immutable, so that PostgreSQL puts it in where it is called: a call would take 15 times as long.
MOMENTS = """
    CREATE OR REPLACE FUNCTION search_moments(at timestamptz) RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ARRAY[
        'a0:' || floor(date_part('epoch', at) / 3600),
        'a1:' || floor(date_part('epoch', at) / 14400),
        'a2:' || floor(date_part('epoch', at) / 57600),
        'a3:' || floor(date_part('epoch', at) / 230400),
        'a4:' || floor(date_part('epoch', at) / 921600),
        'a5:' || floor(date_part('epoch', at) / 3686400),
        'a6:' || floor(date_part('epoch', at) / 14745600)
    ]
    $$
"""
INDEXING = """
    CREATE OR REPLACE FUNCTION index_tickets(changed uuid[]) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO ticket_documents (ticket_id, document)
    SELECT t.id,
        array_to_tsvector(ARRAY['s:' || t.store_id] || search_moments(t.last_activity_at))
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
"""
# At the end of the transaction: whoever wrote a message has indexed the ticket anew by then. Ticket by
# ticket, because that is how a deferred trigger runs; most find the hour there already.
DATING = """
    CREATE OR REPLACE FUNCTION search_date_ticket() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        UPDATE ticket_documents d
        SET document = array_to_tsvector(search_moments(t.last_activity_at)) || ts_delete(
            d.document, ARRAY(SELECT lexeme FROM unnest(d.document) WHERE lexeme LIKE 'a_:%')
        )
        FROM tickets t
        WHERE t.id = NEW.id AND d.ticket_id = t.id
            AND NOT d.document @@ ('''' || (search_moments(t.last_activity_at))[1] || '''')::tsquery;
        RETURN NULL;
    END $$
"""
DATED = """
    CREATE CONSTRAINT TRIGGER search_dated AFTER UPDATE OF last_activity_at ON tickets
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.last_activity_at IS DISTINCT FROM NEW.last_activity_at)
    EXECUTE FUNCTION search_date_ticket()
"""
# How far back a page should reach, in hours: twice what it would take if what is found were spread evenly.
# NULL where it would be most of the time there is, and so all that is found is as well looked at.
REACH = """
    CREATE OR REPLACE FUNCTION search_reach(wanted tsquery, span bigint, most integer) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
    DECLARE
        plan json;
        share float8;
    BEGIN
        EXECUTE format(
            'EXPLAIN (FORMAT json) SELECT FROM ticket_documents WHERE document @@ %L::tsquery', wanted
        ) INTO plan;
        share := 2 * most / (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8;
        RETURN CASE WHEN share < 0.5 THEN span * share + 1 END;
    END $$
"""
# How long the stretches are that cover `hours` in 16 or fewer, as far as there are such long ones.
WIDTH = """
    CREATE OR REPLACE FUNCTION search_width(hours bigint) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE
        width bigint := 1;
    BEGIN
        WHILE width < 4096 AND hours > 16 * width LOOP
            width := width * 4;
        END LOOP;
        RETURN width;
    END $$
"""
STRETCHES = """
    CREATE OR REPLACE FUNCTION search_stretches(first bigint, last bigint, width bigint) RETURNS tsquery
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT string_agg(format('''a%s:%s''', round(log(4, width)), stretch), ' | ')::tsquery
    FROM generate_series(first / width, last / width) stretch
    $$
"""
SEARCH = """
    CREATE OR REPLACE FUNCTION search_tickets(
        words text, of_store uuid, by_number boolean,
        after_activity timestamptz, after_number bigint, after_id uuid, most integer
    ) RETURNS TABLE (ticket_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 25
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan SET enable_seqscan = off AS $$
    DECLARE
        store uuid := CASE WHEN app_support() THEN of_store ELSE app_store() END;
        wanted tsquery := search_query(words, store);
        dense bigint;
        oldest bigint;
        last bigint;
        first bigint;
        hours bigint;
        width bigint;
        page uuid[] := '{}';
    BEGIN
        IF wanted IS NULL OR (store IS NULL AND NOT app_support()) THEN RETURN; END IF;
        -- A page of the newest; whoever counts or filters further takes thousands.
        IF most <= 200 AND NOT by_number THEN
            SELECT floor(extract(epoch FROM coalesce(after_activity, max(last_activity_at))) / 3600),
                floor(extract(epoch FROM min(last_activity_at)) / 3600)
            INTO last, oldest FROM tickets WHERE store IS NULL OR store_id = store;
            -- Few tickets may be far ahead of the rest: time is counted from where there are some.
            SELECT floor(extract(epoch FROM last_activity_at) / 3600) INTO dense FROM tickets
            WHERE (store IS NULL OR store_id = store)
                AND (after_id IS NULL OR (last_activity_at, id) < (after_activity, after_id))
            ORDER BY last_activity_at DESC, id DESC OFFSET 20 * most LIMIT 1;
            hours := last - dense + search_reach(wanted, dense - oldest, most);
        END IF;
        -- Behind a cursor there may be few tickets of very many: then all the time left is looked through.
        IF hours IS NULL AND after_id IS NOT NULL THEN hours := last - oldest; END IF;
        IF hours IS NOT NULL THEN
            -- There may be less in it than was thought: then twice as far back from there, until all is seen.
            WHILE last >= oldest AND cardinality(page) < most LOOP
                width := search_width(hours);
                first := (last - hours) / width * width;
                page := page || ARRAY(
                    WITH found AS MATERIALIZED (
                        SELECT d.ticket_id FROM ticket_documents d
                        WHERE d.document @@ (wanted && search_stretches(first, last, width))
                    )
                    SELECT t.id FROM found JOIN tickets t ON t.id = found.ticket_id
                    WHERE (store IS NULL OR t.store_id = store)
                        AND t.last_activity_at >= to_timestamp(first * 3600)
                        AND t.last_activity_at < to_timestamp((last + 1) * 3600)
                        AND (after_id IS NULL OR (t.last_activity_at, t.id) < (after_activity, after_id))
                    ORDER BY t.last_activity_at DESC, t.id DESC
                    LIMIT most - cardinality(page)
                );
                last := first - 1;
                hours := hours * 2;
            END LOOP;
            RETURN QUERY SELECT unnest(page);
            RETURN;
        END IF;
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
"""
DATE_WHAT_IS_THERE = """
    UPDATE ticket_documents d
    SET document = d.document || array_to_tsvector(search_moments(t.last_activity_at))
    FROM tickets t WHERE d.ticket_id = ANY(:ids) AND t.id = d.ticket_id
"""


def upgrade() -> None:
    """Apply, committing step by step; a try that was cut off is gone over again without harm.

    Documents are dated before searches rely on it. One that its ticket's activity overtakes meanwhile
    holds a moment too many, which finds it once too often and never too seldom. Each is written anew, so
    the table and its index grow by as much again until vacuumed. No person is to be erased meanwhile.
    """
    with op.get_context().autocommit_block():
        for statement in (MOMENTS, INDEXING, DATING, "DROP TRIGGER IF EXISTS search_dated ON tickets", DATED):
            _execute(statement)
        _date_what_is_there()
        for statement in (REACH, WIDTH, STRETCHES, SEARCH):
            _execute(statement)


def _execute(statement: str) -> None:
    op.execute(sa.text(statement.replace(":", "\\:")))


def _date_what_is_there() -> None:
    last = "00000000-0000-0000-0000-000000000000"
    batch = sa.text(
        "SELECT array_agg(ticket_id) FROM (SELECT ticket_id FROM ticket_documents"
        " WHERE ticket_id > :last ORDER BY ticket_id LIMIT :most) documents"
    )
    while ids := op.get_bind().scalar(batch, {"last": last, "most": BATCH}):
        op.get_bind().execute(sa.text(DATE_WHAT_IS_THERE), {"ids": ids})
        last = ids[-1]


def downgrade() -> None:
    """Take back: the functions of 0010, which pass over the moments that documents hold."""
    op.execute("DROP TRIGGER search_dated ON tickets")
    scripts = op.get_context().environment_context.script  # type: ignore[union-attr] # set by env.py
    for function in scripts.get_revision("0010").module.FUNCTIONS:
        if "index_tickets(" in function or "search_tickets(" in function:
            _execute(function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    for signature in (
        "search_reach(tsquery, bigint, integer)",
        "search_stretches(bigint, bigint, bigint)",
        "search_width(bigint)",
        "search_date_ticket()",
        "search_moments(timestamptz)",
    ):
        op.execute(f"DROP FUNCTION {signature}")
