-- Signs a person in for this transaction, and returns who that is; no row for one not active or not known.
--
-- Row security reads what is set here. Values set with is_local = true end with the transaction: a pooled
-- connection cannot carry them over.
CREATE OR REPLACE FUNCTION sign_in(person uuid) RETURNS TABLE (store_id uuid, name text, roles text[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        SELECT p.store_id, p.name, p.roles INTO store_id, name, roles
        FROM people p WHERE p.id = person AND p.active;
        IF NOT FOUND THEN RETURN; END IF;
        PERFORM set_config('app.person', person::text, true),
                set_config('app.store', coalesce(store_id::text, ''), true),
                set_config('app.support', CASE WHEN 'soporte' = ANY(roles) THEN 'on' ELSE '' END, true);
        RETURN NEXT;
    END $$;
