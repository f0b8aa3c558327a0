-- The ids of the tickets that hold all of these words, the newest first, at most `most` of them.
--
-- `of_store` narrows support's search down to a store; everyone else searches their own and no other. Behind
-- a cursor the search goes on after the ticket with that activity (or number) and id. By number, the highest
-- is first.
--
-- Row security keeps `@@` from using its index where the API's role runs it (it is not leakproof), so this is
-- a function of the tables' owner that holds itself to the caller's store.
-- ROWS: so few that the planner always fetches them by their ids, which is right for thousands, too.
CREATE OR REPLACE FUNCTION search_tickets(
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
    END $$;
