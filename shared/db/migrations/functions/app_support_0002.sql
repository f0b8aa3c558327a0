-- Whether whoever is signed in by sign_in() is of Botmeni's support, who see every store.
CREATE OR REPLACE FUNCTION app_support() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('app.support', true), '') = 'on';
