-- Run this once with psql as a superuser on a new server. It creates two roles, so that row security applies:
-- `botmeni` owns the tables and runs migrations and workers; `botmeni_api` owns nothing and is subject to policies.
-- The passwords are in files of the folder BOTMENI_SECRETS, by default /run/secrets.
\set ON_ERROR_STOP on
\set owner_password `cat "${BOTMENI_SECRETS:-/run/secrets}/database_owner_password"`
\set api_password `cat "${BOTMENI_SECRETS:-/run/secrets}/database_api_password"`

CREATE ROLE botmeni LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE botmeni_api LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'api_password';
CREATE DATABASE botmeni OWNER botmeni;
REVOKE CONNECT ON DATABASE botmeni FROM PUBLIC;
GRANT CONNECT ON DATABASE botmeni TO botmeni_api;
