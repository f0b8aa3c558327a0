-- Who is signed in by sign_in() in this transaction; NULL where nobody is.
CREATE OR REPLACE FUNCTION app_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.person', true), '')::uuid;
