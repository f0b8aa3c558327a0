-- About how many tickets of all stores hold these words, as the planner sees it; 0 for who is not support.
CREATE OR REPLACE FUNCTION search_estimate(words text) RETURNS bigint
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
    END $$;
