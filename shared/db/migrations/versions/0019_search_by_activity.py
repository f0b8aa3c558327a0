"""search of the newest first: documents know when something last happened to their ticket

The index of words knows no order, so a search fetched every ticket that holds them to find the newest.
Now a document also holds the hour of its ticket's last activity, and the longer stretches of time that hour
is in: lexemes like any other, which narrow a search down to the stretch that should hold a page.

Revision ID: 0019
Revises: 0018
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BATCH = 2_000

# Each stretch is four times as long as the one before: one hour to 4,096 (170 days). One expression, neither
# strict nor immutable, so that PostgreSQL puts it in where it is called.
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
# What 0010 wrote, with these changes; each place is found there once.
INDEXING = (
    "index_tickets(",
    (("ARRAY['s:' || t.store_id]", "ARRAY['s:' || t.store_id] || search_moments(t.last_activity_at)"),),
)
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
DECLARED = """\
        dense bigint;
        oldest bigint;
        last bigint;
        first bigint;
        hours bigint;
        width bigint;
        page uuid[] := '{}';
"""
NEWEST = """\
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
"""
SEARCH = (
    "search_tickets(",
    (
        ("    BEGIN\n", DECLARED + "    BEGIN\n"),
        ("        RETURN QUERY\n", NEWEST + "        RETURN QUERY\n"),
    ),
)
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
        for statement in (
            MOMENTS,
            changed(*INDEXING),
            DATING,
            "DROP TRIGGER IF EXISTS search_dated ON tickets",
            DATED,
        ):
            _execute(statement)
        _date_what_is_there()
        for statement in (REACH, WIDTH, STRETCHES, changed(*SEARCH)):
            _execute(statement)


def changed(name: str, changes: Sequence[tuple[str, str]] = ()) -> str:
    """The function `name` of 0010 anew, each first text of `changes` replaced by the second."""
    scripts = op.get_context().environment_context.script  # type: ignore[union-attr] # set by env.py
    functions = scripts.get_revision("0010").module.FUNCTIONS
    [text] = [each for each in functions if f"CREATE FUNCTION {name}" in each]
    for before, after in changes:
        head, tail = text.split(before)
        text = head + after + tail
    return str(text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))


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
    for name, _ in (INDEXING, SEARCH):
        _execute(changed(name))
    for signature in (
        "search_reach(tsquery, bigint, integer)",
        "search_stretches(bigint, bigint, bigint)",
        "search_width(bigint)",
        "search_date_ticket()",
        "search_moments(timestamptz)",
    ):
        op.execute(f"DROP FUNCTION {signature}")
