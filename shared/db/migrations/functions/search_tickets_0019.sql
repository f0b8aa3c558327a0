-- The ids of the tickets that hold all of these words, the newest first, at most `most` of them.
--
-- `of_store` narrows support's search down to a store; everyone else searches their own and no other. Behind
-- a cursor the search goes on after the ticket with that activity (or number) and id. By number, the highest
-- is first.
--
-- A page of the newest is looked for where it should be, in the latest stretches of time, and further back
-- only if it is not there: the index of words knows no order, and a common word would fetch every ticket.
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
    END $$;
