-- A UUIDv7 (RFC 9562 §5.7) for a row that is made inside the database.
--
-- The time in milliseconds over a random UUIDv4, its version set to 7. PostgreSQL has its own only from 18 on.
CREATE OR REPLACE FUNCTION new_uuid() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT encode(
        set_bit(set_bit(overlay(
            uuid_send(gen_random_uuid())
            PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
            FROM 1 FOR 6
        ), 52, 1), 53, 1), 'hex')::uuid
$$;
