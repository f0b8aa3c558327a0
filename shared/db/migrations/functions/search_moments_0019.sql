-- The hour of a moment and the longer stretches of time that hour is in, as lexemes for a document.
--
-- Each stretch is four times as long as the one before: one hour to 4,096 (170 days). One expression, neither
-- strict nor immutable, so that PostgreSQL puts it in where it is called.
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
    $$;
