-- What to search documents for, so that all of these words are in them; support's also look in notes.
--
-- NULL where no word is left: of a search for "de la" nothing is found, as with any search engine.
CREATE OR REPLACE FUNCTION search_query(words text, store uuid) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT (
        coalesce('''s:' || store || ''' & ', '')
        || string_agg(CASE WHEN app_support() THEN '(' || word || ' | ' || note || ')' ELSE word END, ' & ')
    )::tsquery
    FROM (
        SELECT '''' || escaped || '''' AS word, '''i:' || escaped || '''' AS note
        FROM unnest(to_tsvector('pg_catalog.spanish', search_fold(words))),
            replace(replace(lexeme, '\', '\\'), '''', '''''') AS escaped
    ) terms
    $$;
