-- What to search documents for, so that their last activity is between two hours, in stretches of `width`.
CREATE OR REPLACE FUNCTION search_stretches(first bigint, last bigint, width bigint) RETURNS tsquery
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT string_agg(format('''a%s:%s''', round(log(4, width)), stretch), ' | ')::tsquery
    FROM generate_series(first / width, last / width) stretch
    $$;
