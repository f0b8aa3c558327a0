-- How long the stretches are that cover `hours` in 16 or fewer, as far as there are such long ones.
CREATE OR REPLACE FUNCTION search_width(hours bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE
        width bigint := 1;
    BEGIN
        WHILE width < 4096 AND hours > 16 * width LOOP
            width := width * 4;
        END LOOP;
        RETURN width;
    END $$;
