-- The store of whoever is signed in by sign_in(); NULL for support and where nobody is.
CREATE OR REPLACE FUNCTION app_store() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.store', true), '')::uuid;
