-- Run once, by psql as a superuser, on a server that is new. Two roles, so that row security holds:
-- `botmeni` owns the tables (migrations and workers), `botmeni_api` owns nothing and is bound by policies.
-- Passwords are read from files in the folder named by BOTMENI_SECRETS, /run/secrets without it.
\set ON_ERROR_STOP on
\set owner_password `cat "${BOTMENI_SECRETS:-/run/secrets}/database_owner_password"`
\set api_password `cat "${BOTMENI_SECRETS:-/run/secrets}/database_api_password"`

CREATE ROLE botmeni LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE botmeni_api LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'api_password';
CREATE DATABASE botmeni OWNER botmeni;
REVOKE CONNECT ON DATABASE botmeni FROM PUBLIC;
GRANT CONNECT ON DATABASE botmeni TO botmeni_api;
