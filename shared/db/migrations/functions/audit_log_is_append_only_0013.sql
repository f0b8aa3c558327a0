-- The trigger's function that refuses to change or delete what is in the audit log.
--
-- Retention and erasing do so all the same; they set app.audit_upkeep for their transaction.
CREATE OR REPLACE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('app.audit_upkeep', true), '') <> 'on' THEN
        RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
