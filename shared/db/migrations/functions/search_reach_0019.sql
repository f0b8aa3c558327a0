-- How far back a page should reach, in hours, where tickets go back `span` hours.
--
-- Twice what it would take if what is found were spread evenly. NULL where it would be most of the time there
-- is, and so all that is found is as well looked at.
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
    END $$;
