-- Writes the documents of these tickets anew: the words that a ticket is found by.
--
-- A document holds the ticket's store ('s:…'), the words of its number, product, question, rated answer and
-- messages, and those of internal notes apart from them ('i:…'). It also holds the hour of the ticket's last
-- activity and the longer stretches that hour is in ('a0:…' to 'a6:…', search_moments).
-- Both sides are folded before they are stemmed: "envío" and "envios" end as the same stem.
-- A tsvector holds 1 MB: what goes beyond the letters taken here is not found.
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
    $$;
