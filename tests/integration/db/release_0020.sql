-- A database as the release whose newest migration is 0020 left it, with a few rows in every table.
-- Its rows were made by that release's demo data, API, consumers and command line; what needs the outside
-- world (e-mails, refused addresses, failed webhook calls) and the dead job were put in by hand.
-- Written by: pg_dump --no-owner --rows-per-insert=200 (what only psql understands is left out).

-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

-- Name: app_person(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.app_person() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid;

-- Name: app_store(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.app_store() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.store'::text, true), ''::text))::uuid;

-- Name: app_support(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.app_support() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(current_setting('app.support'::text, true), ''::text) = 'on'::text);

-- Name: audit_log_is_append_only(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.audit_log_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF coalesce(current_setting('app.audit_upkeep', true), '') <> 'on' THEN
        RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- Name: index_tickets(uuid[]); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.index_tickets(changed uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    AS $$
    INSERT INTO ticket_documents (ticket_id, document)
    SELECT t.id,
        array_to_tsvector(ARRAY['s:' || t.store_id] || search_moments(t.last_activity_at))
        || strip(to_tsvector('pg_catalog.spanish', search_fold(
            left(concat_ws(' ', t.number, q.product, q.text, r.rated_answer, said.in_public), 150000)
        )))
        || coalesce(noted.lexemes, '')
    FROM tickets t
    LEFT JOIN questions q ON q.id = t.question_id
    LEFT JOIN ratings r ON r.id = t.rating_id
    CROSS JOIN LATERAL (
        SELECT string_agg(body, ' ' ORDER BY position) FILTER (WHERE NOT internal) AS in_public,
            left(string_agg(body, ' ' ORDER BY position) FILTER (WHERE internal), 40000) AS in_notes
        FROM messages WHERE ticket_id = t.id
    ) said
    LEFT JOIN LATERAL (
        SELECT array_to_tsvector(array_agg('i:' || lexeme)) AS lexemes
        FROM unnest(to_tsvector('pg_catalog.spanish', search_fold(said.in_notes)))
        WHERE said.in_notes IS NOT NULL
    ) noted ON true
    WHERE t.id = ANY(changed)
    ON CONFLICT (ticket_id) DO UPDATE SET document = excluded.document
    $$;

-- Name: new_uuid(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.new_uuid() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    AS $$
    SELECT encode(
        set_bit(set_bit(overlay(
            uuid_send(gen_random_uuid())
            PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
            FROM 1 FOR 6
        ), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Name: search_date_ticket(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_date_ticket() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    BEGIN
        UPDATE ticket_documents d
        SET document = array_to_tsvector(search_moments(t.last_activity_at)) || ts_delete(
            d.document, ARRAY(SELECT lexeme FROM unnest(d.document) WHERE lexeme LIKE 'a_:%')
        )
        FROM tickets t
        WHERE t.id = NEW.id AND d.ticket_id = t.id
            AND NOT d.document @@ ('''' || (search_moments(t.last_activity_at))[1] || '''')::tsquery;
        RETURN NULL;
    END $$;

-- Name: search_estimate(text); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_estimate(words text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    DECLARE
        wanted tsquery := search_query(words, NULL);
        plan json;
    BEGIN
        IF wanted IS NULL OR NOT app_support() THEN RETURN 0; END IF;
        EXECUTE format(
            'EXPLAIN (FORMAT json) SELECT FROM ticket_documents WHERE document @@ %L::tsquery', wanted
        ) INTO plan;
        RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
    END $$;

-- Name: search_fold(text); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_fold(body text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$
    DECLARE
        plain text := replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(body), 'á', 'a'), 'é', 'e'), 'í', 'i'), 'ó', 'o'), 'ú', 'u'), 'ü', 'u'), 'ñ', 'n'), '¿', ' '), '¡', ' '), '-', ' '), '.', ' '), '/', ' '), '@', ' '), '_', ' '), ':', ' '), ';', ' '), ',', ' '), '<', ' '), '>', ' '), '&', ' '), '(', ' '), ')', ' '), '!', ' '), '?', ' '), '"', ' '), '''', ' '), '
', ' '), '	', ' ');
    BEGIN
        IF octet_length(plain) <> length(plain) THEN
            plain := lower(regexp_replace(normalize(plain, NFD), '[\u0300-\u036f]', '', 'g'));
        END IF;
        plain := ' ' || plain || ' ';
        RETURN replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(plain, 'ciones ', 'cion '), 'enes ', 'en '), 'imos ', 'imo '), 'ares ', 'ar '), 'eres ', 'er '), ' dias ', ' dia '), ' anos ', ' ano '), ' reclamos ', ' reclamo '), ' tickets ', ' ticket '), ' links ', ' link '), 'acion ', 'ación '), 'ucion ', 'ución ');
    END $$;

-- Name: search_moments(timestamp with time zone); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_moments(at timestamp with time zone) RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
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

-- Name: search_query(text, uuid); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_query(words text, store uuid) RETURNS tsquery
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT (
        coalesce('''s:' || store || ''' & ', '')
        || string_agg(CASE WHEN app_support() THEN '(' || word || ' | ' || note || ')' ELSE word END, ' & ')
    )::tsquery
    FROM (
        SELECT '''' || escaped || '''' AS word, '''i:' || escaped || '''' AS note
        FROM unnest(to_tsvector('pg_catalog.spanish', search_fold(words))),
            replace(replace(lexeme, '\', '\\'), '''', '''''') AS escaped
    ) terms
    $$;

-- Name: search_reach(tsquery, bigint, integer); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_reach(wanted tsquery, span bigint, most integer) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
    DECLARE
        plan json;
        share float8;
    BEGIN
        EXECUTE format(
            'EXPLAIN (FORMAT json) SELECT FROM ticket_documents WHERE document @@ %L::tsquery', wanted
        ) INTO plan;
        share := 2 * most / (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8;
        RETURN CASE WHEN share < 0.5 THEN span * share + 1 END;
    END $$;

-- Name: search_stretches(bigint, bigint, bigint); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_stretches(first bigint, last bigint, width bigint) RETURNS tsquery
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT string_agg(format('''a%s:%s''', round(log(4, width)), stretch), ' | ')::tsquery
    FROM generate_series(first / width, last / width) stretch
    $$;

-- Name: search_tickets(text, uuid, boolean, timestamp with time zone, bigint, uuid, integer); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_tickets(words text, of_store uuid, by_number boolean, after_activity timestamp with time zone, after_number bigint, after_id uuid, most integer) RETURNS TABLE(ticket_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 25
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_seqscan TO 'off'
    AS $$
    DECLARE
        store uuid := CASE WHEN app_support() THEN of_store ELSE app_store() END;
        wanted tsquery := search_query(words, store);
        dense bigint;
        oldest bigint;
        last bigint;
        first bigint;
        hours bigint;
        width bigint;
        page uuid[] := '{}';
    BEGIN
        IF wanted IS NULL OR (store IS NULL AND NOT app_support()) THEN RETURN; END IF;
        -- A page of the newest; whoever counts or filters further takes thousands.
        IF most <= 200 AND NOT by_number THEN
            SELECT floor(extract(epoch FROM coalesce(after_activity, max(last_activity_at))) / 3600),
                floor(extract(epoch FROM min(last_activity_at)) / 3600)
            INTO last, oldest FROM tickets WHERE store IS NULL OR store_id = store;
            -- Few tickets may be far ahead of the rest: time is counted from where there are some.
            SELECT floor(extract(epoch FROM last_activity_at) / 3600) INTO dense FROM tickets
            WHERE (store IS NULL OR store_id = store)
                AND (after_id IS NULL OR (last_activity_at, id) < (after_activity, after_id))
            ORDER BY last_activity_at DESC, id DESC OFFSET 20 * most LIMIT 1;
            hours := last - dense + search_reach(wanted, dense - oldest, most);
        END IF;
        -- Behind a cursor there may be few tickets of very many: then all the time left is looked through.
        IF hours IS NULL AND after_id IS NOT NULL THEN hours := last - oldest; END IF;
        IF hours IS NOT NULL THEN
            -- There may be less in it than was thought: then twice as far back from there, until all is seen.
            WHILE last >= oldest AND cardinality(page) < most LOOP
                width := search_width(hours);
                first := (last - hours) / width * width;
                page := page || ARRAY(
                    WITH found AS MATERIALIZED (
                        SELECT d.ticket_id FROM ticket_documents d
                        WHERE d.document @@ (wanted && search_stretches(first, last, width))
                    )
                    SELECT t.id FROM found JOIN tickets t ON t.id = found.ticket_id
                    WHERE (store IS NULL OR t.store_id = store)
                        AND t.last_activity_at >= to_timestamp(first * 3600)
                        AND t.last_activity_at < to_timestamp((last + 1) * 3600)
                        AND (after_id IS NULL OR (t.last_activity_at, t.id) < (after_activity, after_id))
                    ORDER BY t.last_activity_at DESC, t.id DESC
                    LIMIT most - cardinality(page)
                );
                last := first - 1;
                hours := hours * 2;
            END LOOP;
            RETURN QUERY SELECT unnest(page);
            RETURN;
        END IF;
        RETURN QUERY
        WITH found AS MATERIALIZED (SELECT d.ticket_id FROM ticket_documents d WHERE d.document @@ wanted)
        SELECT t.id FROM found JOIN tickets t ON t.id = found.ticket_id
        WHERE (store IS NULL OR t.store_id = store) AND (
            after_id IS NULL
            OR (by_number AND (t.number, t.id) < (after_number, after_id))
            OR (NOT by_number AND (t.last_activity_at, t.id) < (after_activity, after_id))
        )
        ORDER BY CASE WHEN by_number THEN t.number END DESC,
            CASE WHEN NOT by_number THEN t.last_activity_at END DESC, t.id DESC
        LIMIT most;
    END $$;

-- Name: search_width(bigint); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.search_width(hours bigint) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE
    AS $$
    DECLARE
        width bigint := 1;
    BEGIN
        WHILE width < 4096 AND hours > 16 * width LOOP
            width := width * 4;
        END LOOP;
        RETURN width;
    END $$;

-- Name: sign_in(uuid); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.sign_in(person uuid) RETURNS TABLE(store_id uuid, name text, roles text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    BEGIN
        SELECT p.store_id, p.name, p.roles INTO store_id, name, roles
        FROM people p WHERE p.id = person AND p.active;
        IF NOT FOUND THEN RETURN; END IF;
        PERFORM set_config('app.person', person::text, true),
                set_config('app.store', coalesce(store_id::text, ''), true),
                set_config('app.support', CASE WHEN 'soporte' = ANY(roles) THEN 'on' ELSE '' END, true);
        RETURN NEXT;
    END $$;

SET default_tablespace = '';

SET default_table_access_method = heap;

-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

-- Name: attachments; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.attachments (
    id uuid NOT NULL,
    store_id uuid,
    uploaded_by uuid NOT NULL,
    name text NOT NULL,
    status character varying(32) NOT NULL,
    reason character varying(32),
    upload_bytes bigint NOT NULL,
    stored_bytes bigint NOT NULL,
    width bigint,
    height bigint,
    frames bigint,
    total_frames bigint,
    rating_id uuid,
    ticket_id uuid,
    message_id uuid,
    internal boolean DEFAULT false NOT NULL,
    tied_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_attachments_bytes_not_negative CHECK ((stored_bytes >= 0)),
    CONSTRAINT ck_attachments_message_has_ticket CHECK (((message_id IS NULL) OR (ticket_id IS NOT NULL))),
    CONSTRAINT ck_attachments_ready_has_size CHECK ((((status)::text <> 'ready'::text) OR (num_nulls(width, height, frames, total_frames) = 0))),
    CONSTRAINT ck_attachments_reason CHECK (((reason)::text = ANY ((ARRAY['not_a_picture'::character varying, 'too_many_pixels'::character varying, 'damaged'::character varying, 'too_demanding'::character varying, 'lost'::character varying])::text[]))),
    CONSTRAINT ck_attachments_rejected_has_reason CHECK ((((status)::text = 'rejected'::text) = (reason IS NOT NULL))),
    CONSTRAINT ck_attachments_status CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'ready'::character varying, 'rejected'::character varying])::text[]))),
    CONSTRAINT ck_attachments_tied_has_store CHECK (((tied_at IS NULL) OR (store_id IS NOT NULL))),
    CONSTRAINT ck_attachments_tied_to_something CHECK (((tied_at IS NULL) = (num_nonnulls(rating_id, ticket_id, message_id) = 0)))
);

-- Name: audit_log; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.audit_log (
    id uuid NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    store_id uuid,
    affected bigint NOT NULL,
    subjects text[] NOT NULL,
    detail jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);

-- Name: canned_replies; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.canned_replies (
    id uuid NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    updated_by uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

-- Name: causes; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.causes (
    code text NOT NULL,
    name_es text NOT NULL,
    name_en text NOT NULL,
    refunds boolean NOT NULL,
    "position" bigint NOT NULL,
    active boolean DEFAULT true NOT NULL
);

-- Name: email_deliveries; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.email_deliveries (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    store_id uuid NOT NULL,
    ticket_id uuid,
    events jsonb NOT NULL,
    folds smallint DEFAULT '0'::smallint NOT NULL,
    outcome character varying(32) NOT NULL,
    reason text,
    attempts smallint DEFAULT '0'::smallint NOT NULL,
    last_response text,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    claimed_until timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT ck_email_deliveries_outcome CHECK (((outcome)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying, 'sent'::character varying, 'dropped'::character varying, 'failed'::character varying])::text[])))
);

-- Name: heartbeats; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.heartbeats (
    queue text NOT NULL,
    beaten_at timestamp with time zone NOT NULL
);

-- Name: idempotency_keys; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.idempotency_keys (
    person_id uuid NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status bigint NOT NULL,
    body bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);

-- Name: messages; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.messages (
    id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    store_id uuid NOT NULL,
    "position" bigint NOT NULL,
    author_id uuid NOT NULL,
    from_support boolean NOT NULL,
    internal boolean DEFAULT false NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

-- Name: notification_preferences; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.notification_preferences (
    person_id uuid NOT NULL,
    topic text NOT NULL,
    channel text NOT NULL,
    enabled boolean NOT NULL
);

-- Name: notification_skips; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.notification_skips (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    store_id uuid NOT NULL,
    ticket_id uuid,
    event text NOT NULL,
    channel text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

-- Name: notifications; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.notifications (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    store_id uuid NOT NULL,
    ticket_id uuid,
    event text NOT NULL,
    count bigint NOT NULL,
    detail jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT ck_notifications_counts_something CHECK ((count >= 1))
);

-- Name: outbox; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    consumer text NOT NULL,
    event text NOT NULL,
    payload jsonb NOT NULL,
    store_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    claims smallint DEFAULT '0'::smallint NOT NULL,
    attempts smallint DEFAULT '0'::smallint NOT NULL,
    starts smallint DEFAULT '0'::smallint NOT NULL,
    last_error text,
    dead_at timestamp with time zone
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_cost_delay='0');

-- Name: outbox_id_seq; Type: SEQUENCE; Schema: public; Owner: -

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: people; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.people (
    id uuid NOT NULL,
    store_id uuid,
    name text NOT NULL,
    email text NOT NULL,
    locale text DEFAULT 'es'::text NOT NULL,
    roles text[] NOT NULL,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone NOT NULL,
    synced_at timestamp with time zone,
    CONSTRAINT ck_people_support_has_no_store CHECK (((store_id IS NULL) = ('soporte'::text = ANY (roles))))
);

-- Name: plans; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.plans (
    code text NOT NULL,
    name_es text NOT NULL,
    name_en text NOT NULL,
    tickets_included boolean NOT NULL,
    units_per_period bigint,
    period_months bigint NOT NULL,
    benefits_es text[] NOT NULL,
    benefits_en text[] NOT NULL,
    CONSTRAINT ck_plans_period_within_a_year CHECK (((period_months >= 1) AND (period_months <= 12))),
    CONSTRAINT ck_plans_units_not_negative CHECK ((units_per_period >= 0))
);

-- Name: questions; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.questions (
    id uuid NOT NULL,
    store_id uuid NOT NULL,
    origin character varying(32) NOT NULL,
    product text,
    text text NOT NULL,
    answer text NOT NULL,
    model text,
    sources jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_questions_origin CHECK (((origin)::text = ANY ((ARRAY['history'::character varying, 'test'::character varying, 'pending'::character varying])::text[])))
);

-- Name: quota_ledger; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.quota_ledger (
    id uuid NOT NULL,
    store_id uuid NOT NULL,
    period_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    units bigint,
    subject_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_quota_ledger_kind CHECK (((kind)::text = ANY ((ARRAY['grant'::character varying, 'consume'::character varying, 'refund'::character varying, 'adjust'::character varying])::text[]))),
    CONSTRAINT ck_quota_ledger_units_known CHECK (((units IS NOT NULL) OR ((kind)::text = 'adjust'::text)))
);

-- Name: quota_periods; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.quota_periods (
    id uuid NOT NULL,
    store_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    unit_limit bigint,
    used bigint DEFAULT '0'::bigint NOT NULL,
    announced_percent bigint DEFAULT '0'::bigint NOT NULL,
    CONSTRAINT ck_quota_periods_starts_before_it_ends CHECK ((starts_at < ends_at)),
    CONSTRAINT ck_quota_periods_used_not_negative CHECK ((used >= 0)),
    CONSTRAINT ck_quota_periods_used_within_limit CHECK (((used >= 0) AND (used <= unit_limit)))
);

-- Name: rating_messages; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.rating_messages (
    id uuid NOT NULL,
    question_id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL
);

-- Name: ratings; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.ratings (
    id uuid NOT NULL,
    store_id uuid NOT NULL,
    question_id uuid NOT NULL,
    verdict character varying(32) NOT NULL,
    comment text NOT NULL,
    rated_answer text NOT NULL,
    rated_by uuid NOT NULL,
    outcome character varying(32) NOT NULL,
    parked_reason character varying(32),
    rated_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_ratings_outcome CHECK (((outcome)::text = ANY ((ARRAY['none'::character varying, 'pending'::character varying, 'ticketed'::character varying, 'parked'::character varying])::text[]))),
    CONSTRAINT ck_ratings_parked_has_reason CHECK ((((outcome)::text = 'parked'::text) = (parked_reason IS NOT NULL))),
    CONSTRAINT ck_ratings_parked_reason CHECK (((parked_reason)::text = ANY ((ARRAY['plan_without_tickets'::character varying, 'quota_exhausted'::character varying])::text[]))),
    CONSTRAINT ck_ratings_verdict CHECK (((verdict)::text = ANY ((ARRAY['correct'::character varying, 'improvable'::character varying, 'incorrect'::character varying])::text[])))
);

-- Name: refused_addresses; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.refused_addresses (
    address text NOT NULL,
    response text NOT NULL,
    refused_at timestamp with time zone NOT NULL
);

-- Name: stores; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.stores (
    id uuid NOT NULL,
    name text NOT NULL,
    plan_code text NOT NULL,
    time_zone text NOT NULL,
    subscribed_on date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    synced_at timestamp with time zone,
    people_complete_at timestamp with time zone
);

-- Name: ticket_counters; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.ticket_counters (
    store_id uuid NOT NULL,
    last_number bigint NOT NULL
);

-- Name: ticket_documents; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.ticket_documents (
    ticket_id uuid NOT NULL,
    document tsvector NOT NULL
);

-- Name: ticket_reads; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.ticket_reads (
    person_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    store_id uuid NOT NULL,
    "position" bigint NOT NULL
);

-- Name: tickets; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.tickets (
    id uuid NOT NULL,
    store_id uuid NOT NULL,
    number bigint NOT NULL,
    kind character varying(32) NOT NULL,
    verdict character varying(32) NOT NULL,
    status character varying(32) NOT NULL,
    parked_reason character varying(32),
    rating_id uuid,
    question_id uuid,
    opened_by uuid NOT NULL,
    last_position bigint DEFAULT '1'::bigint NOT NULL,
    public_position bigint DEFAULT '1'::bigint NOT NULL,
    version bigint DEFAULT '1'::bigint NOT NULL,
    assignee_id uuid,
    cause text,
    resolution text,
    created_at timestamp with time zone NOT NULL,
    last_activity_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT ck_tickets_closed_has_time CHECK ((((status)::text = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT ck_tickets_kind CHECK (((kind)::text = ANY ((ARRAY['question'::character varying, 'generic'::character varying])::text[]))),
    CONSTRAINT ck_tickets_parked_has_reason CHECK ((((status)::text = 'parked'::text) = (parked_reason IS NOT NULL))),
    CONSTRAINT ck_tickets_parked_reason CHECK (((parked_reason)::text = ANY ((ARRAY['plan_without_tickets'::character varying, 'quota_exhausted'::character varying])::text[]))),
    CONSTRAINT ck_tickets_positions_in_order CHECK (((public_position >= 1) AND (public_position <= last_position))),
    CONSTRAINT ck_tickets_question_has_rating CHECK ((((kind)::text = 'question'::text) = (rating_id IS NOT NULL))),
    CONSTRAINT ck_tickets_status CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'parked'::character varying, 'open'::character varying, 'in_progress'::character varying, 'answered'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_tickets_verdict CHECK (((verdict)::text = ANY ((ARRAY['correct'::character varying, 'improvable'::character varying, 'incorrect'::character varying])::text[]))),
    CONSTRAINT ck_tickets_verdict_is_yellow_or_red CHECK (((verdict)::text = ANY ((ARRAY['improvable'::character varying, 'incorrect'::character varying])::text[])))
);

-- Name: timeline; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.timeline (
    id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    store_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    internal boolean DEFAULT false NOT NULL,
    actor_id uuid NOT NULL,
    detail jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_timeline_kind CHECK (((kind)::text = ANY ((ARRAY['requested'::character varying, 'opened'::character varying, 'parked'::character varying, 'promoted'::character varying, 'rerated'::character varying, 'replied'::character varying, 'noted'::character varying, 'status'::character varying, 'assigned'::character varying, 'resolved'::character varying, 'closed'::character varying, 'reopened'::character varying])::text[])))
);

-- Name: webhook_attempts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.webhook_attempts (
    id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    store_id uuid NOT NULL,
    number smallint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    duration_ms bigint NOT NULL,
    status smallint,
    error text,
    response text NOT NULL
);

-- Name: webhook_deliveries; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.webhook_deliveries (
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    store_id uuid NOT NULL,
    ticket_id uuid,
    event text NOT NULL,
    payload text NOT NULL,
    outcome character varying(32) NOT NULL,
    reason text,
    attempts smallint DEFAULT '0'::smallint NOT NULL,
    tries smallint DEFAULT '0'::smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    claimed_until timestamp with time zone,
    ended_at timestamp with time zone,
    correlation_id text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_webhook_deliveries_outcome CHECK (((outcome)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying, 'sent'::character varying, 'dropped'::character varying, 'failed'::character varying])::text[])))
);

-- Name: webhook_endpoints; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.webhook_endpoints (
    id uuid NOT NULL,
    store_id uuid NOT NULL,
    url text NOT NULL,
    description text NOT NULL,
    events text[] NOT NULL,
    active boolean DEFAULT true NOT NULL,
    failing_since timestamp with time zone,
    disabled_at timestamp with time zone,
    disabled_reason text,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

-- Name: webhook_secrets; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.webhook_secrets (
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    store_id uuid NOT NULL,
    secret text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone
);

-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.alembic_version VALUES
	('0020');

-- Data for Name: attachments; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.attachments VALUES
	('01a22d99-7ddd-7639-99f7-4a9cac400a73', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'zapatilla.png', 'ready', NULL, 77, 128, 8, 6, 1, 1, NULL, NULL, NULL, false, NULL, '2026-01-30 17:56:03.662445+00'),
	('01a22d99-7e51-708a-8017-70c36d13080b', NULL, '01a22d99-7181-76d3-a251-9e22666beb2f', 'zapatilla.png', 'ready', NULL, 77, 128, 8, 6, 1, 1, NULL, NULL, NULL, false, NULL, '2026-01-30 17:56:03.770259+00'),
	('01a22d99-7d5c-77a1-ac96-4211c51dd7e5', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7181-76d3-a251-9e22666beb2f', 'zapatilla.png', 'ready', NULL, 77, 128, 8, 6, 1, 1, NULL, '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-93b9-7707-86ac-b090388d5091', true, '2026-01-30 17:56:09.245805+00', '2026-01-30 17:56:03.536067+00'),
	('01a22d99-7cbe-718f-9c94-54b95e3debac', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'zapatilla.png', 'ready', NULL, 77, 128, 8, 6, 1, 1, NULL, '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-9498-7772-9720-2e3715ee4215', false, '2026-01-30 17:56:09.452081+00', '2026-01-30 17:56:03.371905+00'),
	('01a22d99-9f07-743b-b595-7e7116872aa4', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'nota.jpg', 'rejected', 'not_a_picture', 10, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, '2026-01-30 17:56:12.145323+00');

-- Data for Name: audit_log; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.audit_log VALUES
	('01a22d99-b12f-7696-adb8-bf36bf76d172', 'ana', 'quota.grant', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '{a752e6aa-731b-5caf-b781-43729b056bff}', '{"key": "factura-0001", "units": 2, "reason": "Compensación"}', '2026-01-30 17:56:16.816023+00');

-- Data for Name: canned_replies; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.canned_replies VALUES
	('01a22d99-988f-7056-9716-1afe2025033a', 'Saludo zapatilla', 'Hola.', '01a22d99-7181-76d3-a251-9e22666beb2f', '2026-01-30 17:56:10.511079+00');

-- Data for Name: causes; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.causes VALUES
	('stale_data', 'La respuesta usó datos desactualizados', 'The answer used stale data', true, 1, true),
	('wrong_reasoning', 'El razonamiento fue incorrecto', 'The reasoning was wrong', true, 2, true),
	('tone', 'El tono no era el adecuado', 'The tone was off', true, 3, true),
	('missing_store_information', 'Faltaba información de la tienda', 'Store information was missing', false, 4, true),
	('answer_was_right', 'La respuesta era correcta', 'The answer was right', false, 5, true),
	('other', 'Otra causa', 'Another cause', false, 6, true);

-- Data for Name: email_deliveries; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.email_deliveries VALUES
	('01a22d99-97cd-715c-b2d8-cdd6d23363f2', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '[{"at": "2026-01-15T12:00:00+00:00", "event": "ticket.closed", "detail": {"number": 1}}]', 0, 'sent', NULL, 1, NULL, '2025-03-15 12:00:00+00', '2025-03-15 12:00:00+00', NULL, '2025-03-15 12:00:00+00'),
	('01a22d99-b2cf-7653-94b6-3350a74e4eec', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '[{"at": "2026-01-30T17:56:17.161594+00:00", "event": "ticket.replied", "detail": {"number": 1}}]', 0, 'waiting', NULL, 0, NULL, '2026-01-30 17:56:17.161594+00', '2026-01-30 18:01:17.161594+00', NULL, NULL),
	('01a22d99-b2e6-712a-aea1-e1e39dcee9e0', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '[{"at": "2026-01-30T17:56:17.161594+00:00", "event": "ticket.replied", "detail": {"number": 1}}]', 0, 'failed', 'refused', 3, '550 No such user', '2026-01-30 17:56:17.161594+00', '2026-01-30 18:01:17.161594+00', NULL, '2026-01-30 17:56:17.161594+00');

-- Data for Name: heartbeats; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.heartbeats VALUES
	('notifications', '2026-01-30 17:56:16.833926+00'),
	('webhooks', '2026-01-30 17:56:16.869623+00'),
	('relay', '2026-01-30 17:56:16.871502+00');

-- Data for Name: idempotency_keys; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.idempotency_keys VALUES
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'POST /v1/tickets', 'zapatilla-0', '\xf5483c399c08ced10a6b4b3eaa2b1393fa536c4436c30910450395decb6511b9', 202, '\x7b227175657374696f6e223a6e756c6c2c226964223a2230316132326439392d373534632d373561622d623434612d663165383233343061313861222c2273746f7265223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462636534663937366632222c226e616d65223a225469656e64612030316132326439392d373161632d373131662d383664312d646462636534663937366632227d2c226e756d626572223a312c226b696e64223a2267656e65726963222c2276657264696374223a22696d70726f7661626c65222c22737461747573223a2270656e64696e67222c227061726b65645f726561736f6e223a6e756c6c2c226361757365223a6e756c6c2c226f726967696e223a6e756c6c2c2265786365727074223a224e6f20736520656e6375656e747261207a61706174696c6c61203020656e20656c206275736361646f72222c226c6173745f706f736974696f6e223a312c22756e72656164223a66616c73652c226f70656e65645f6279223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462643165653039663339222c226e616d65223a22506572736f6e612030316132326439392d373161632d373131662d383664312d646462643165653039663339227d2c2261737369676e6565223a6e756c6c2c22637265617465645f6174223a22323032362d31312d33305431373a35363a30312e3438343530395a222c226c6173745f61637469766974795f6174223a22323032362d31312d33305431373a35363a30312e3438343530395a222c2263617573655f6e616d65223a6e756c6c2c227265736f6c7574696f6e223a6e756c6c2c22636c6f7365645f6174223a6e756c6c2c2276657273696f6e223a317d', '2026-01-30 17:56:01.785622+00'),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'POST /v1/tickets', 'zapatilla-1', '\x59dbf1fcbc5037bb99fdede4cf22b6f27c2417c184b6dee6fbfb148481f98b9a', 202, '\x7b227175657374696f6e223a6e756c6c2c226964223a2230316132326439392d373661642d373433372d616238662d353364326539393532633731222c2273746f7265223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462636534663937366632222c226e616d65223a225469656e64612030316132326439392d373161632d373131662d383664312d646462636534663937366632227d2c226e756d626572223a322c226b696e64223a2267656e65726963222c2276657264696374223a22696d70726f7661626c65222c22737461747573223a2270656e64696e67222c227061726b65645f726561736f6e223a6e756c6c2c226361757365223a6e756c6c2c226f726967696e223a6e756c6c2c2265786365727074223a224e6f20736520656e6375656e747261207a61706174696c6c61203120656e20656c206275736361646f72222c226c6173745f706f736974696f6e223a312c22756e72656164223a66616c73652c226f70656e65645f6279223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462643165653039663339222c226e616d65223a22506572736f6e612030316132326439392d373161632d373131662d383664312d646462643165653039663339227d2c2261737369676e6565223a6e756c6c2c22637265617465645f6174223a22323032362d31312d33305431373a35363a30312e3833373930335a222c226c6173745f61637469766974795f6174223a22323032362d31312d33305431373a35363a30312e3833373930335a222c2263617573655f6e616d65223a6e756c6c2c227265736f6c7574696f6e223a6e756c6c2c22636c6f7365645f6174223a6e756c6c2c2276657273696f6e223a317d', '2026-01-30 17:56:01.872104+00'),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'POST /v1/tickets', 'zapatilla-2', '\xa87da16e0eb99e0e352664350a9891f6d8e7955efa1c42ba1ca22a5739599368', 202, '\x7b227175657374696f6e223a6e756c6c2c226964223a2230316132326439392d373730342d373233652d396238362d643166646339613135353133222c2273746f7265223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462636534663937366632222c226e616d65223a225469656e64612030316132326439392d373161632d373131662d383664312d646462636534663937366632227d2c226e756d626572223a332c226b696e64223a2267656e65726963222c2276657264696374223a22696d70726f7661626c65222c22737461747573223a2270656e64696e67222c227061726b65645f726561736f6e223a6e756c6c2c226361757365223a6e756c6c2c226f726967696e223a6e756c6c2c2265786365727074223a224e6f20736520656e6375656e747261207a61706174696c6c61203220656e20656c206275736361646f72222c226c6173745f706f736974696f6e223a312c22756e72656164223a66616c73652c226f70656e65645f6279223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462643165653039663339222c226e616d65223a22506572736f6e612030316132326439392d373161632d373131662d383664312d646462643165653039663339227d2c2261737369676e6565223a6e756c6c2c22637265617465645f6174223a22323032362d31312d33305431373a35363a30312e3932343439305a222c226c6173745f61637469766974795f6174223a22323032362d31312d33305431373a35363a30312e3932343439305a222c2263617573655f6e616d65223a6e756c6c2c227265736f6c7574696f6e223a6e756c6c2c22636c6f7365645f6174223a6e756c6c2c2276657273696f6e223a317d', '2026-01-30 17:56:01.969161+00'),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'POST /v1/tickets', 'zapatilla-3', '\xf1440bca9d2332ace089d0ce742592cd8770f05926039929e821429d177b6141', 202, '\x7b227175657374696f6e223a6e756c6c2c226964223a2230316132326439392d373736342d373132342d393866642d386634366532326538373432222c2273746f7265223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462636534663937366632222c226e616d65223a225469656e64612030316132326439392d373161632d373131662d383664312d646462636534663937366632227d2c226e756d626572223a342c226b696e64223a2267656e65726963222c2276657264696374223a22696d70726f7661626c65222c22737461747573223a2270656e64696e67222c227061726b65645f726561736f6e223a6e756c6c2c226361757365223a6e756c6c2c226f726967696e223a6e756c6c2c2265786365727074223a224e6f20736520656e6375656e747261207a61706174696c6c61203320656e20656c206275736361646f72222c226c6173745f706f736974696f6e223a312c22756e72656164223a66616c73652c226f70656e65645f6279223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462643165653039663339222c226e616d65223a22506572736f6e612030316132326439392d373161632d373131662d383664312d646462643165653039663339227d2c2261737369676e6565223a6e756c6c2c22637265617465645f6174223a22323032362d31312d33305431373a35363a30322e3032303934305a222c226c6173745f61637469766974795f6174223a22323032362d31312d33305431373a35363a30322e3032303934305a222c2263617573655f6e616d65223a6e756c6c2c227265736f6c7574696f6e223a6e756c6c2c22636c6f7365645f6174223a6e756c6c2c2276657273696f6e223a317d', '2026-01-30 17:56:02.084581+00'),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'POST /v1/tickets', 'zapatilla-4', '\x288a8f7ccc602357654bf90ae18be1d62a31a81c8e18e61f6f8d469d3fe1bea8', 202, '\x7b227175657374696f6e223a6e756c6c2c226964223a2230316132326439392d373764652d373565322d383762352d633234363432656463623561222c2273746f7265223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462636534663937366632222c226e616d65223a225469656e64612030316132326439392d373161632d373131662d383664312d646462636534663937366632227d2c226e756d626572223a352c226b696e64223a2267656e65726963222c2276657264696374223a22696d70726f7661626c65222c22737461747573223a2270656e64696e67222c227061726b65645f726561736f6e223a6e756c6c2c226361757365223a6e756c6c2c226f726967696e223a6e756c6c2c2265786365727074223a224e6f20736520656e6375656e747261207a61706174696c6c61203420656e20656c206275736361646f72222c226c6173745f706f736974696f6e223a312c22756e72656164223a66616c73652c226f70656e65645f6279223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462643165653039663339222c226e616d65223a22506572736f6e612030316132326439392d373161632d373131662d383664312d646462643165653039663339227d2c2261737369676e6565223a6e756c6c2c22637265617465645f6174223a22323032362d31312d33305431373a35363a30322e3134323132325a222c226c6173745f61637469766974795f6174223a22323032362d31312d33305431373a35363a30322e3134323132325a222c2263617573655f6e616d65223a6e756c6c2c227265736f6c7574696f6e223a6e756c6c2c22636c6f7365645f6174223a6e756c6c2c2276657273696f6e223a317d', '2026-01-30 17:56:02.180458+00'),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'POST /v1/tickets', 'zapatilla-5', '\xd6ff01e26e98b1c2ee59159cadfff3d6e48d4afabe1f0117d86d3947b9d77ae3', 202, '\x7b227175657374696f6e223a6e756c6c2c226964223a2230316132326439392d373834342d373465642d383639322d613166633133643236633739222c2273746f7265223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462636534663937366632222c226e616d65223a225469656e64612030316132326439392d373161632d373131662d383664312d646462636534663937366632227d2c226e756d626572223a362c226b696e64223a2267656e65726963222c2276657264696374223a22696d70726f7661626c65222c22737461747573223a2270656e64696e67222c227061726b65645f726561736f6e223a6e756c6c2c226361757365223a6e756c6c2c226f726967696e223a6e756c6c2c2265786365727074223a224e6f20736520656e6375656e747261207a61706174696c6c61203520656e20656c206275736361646f72222c226c6173745f706f736974696f6e223a312c22756e72656164223a66616c73652c226f70656e65645f6279223a7b226964223a2230316132326439392d373161632d373131662d383664312d646462643165653039663339222c226e616d65223a22506572736f6e612030316132326439392d373161632d373131662d383664312d646462643165653039663339227d2c2261737369676e6565223a6e756c6c2c22637265617465645f6174223a22323032362d31312d33305431373a35363a30322e3234343238395a222c226c6173745f61637469766974795f6174223a22323032362d31312d33305431373a35363a30322e3234343238395a222c2263617573655f6e616d65223a6e756c6c2c227265736f6c7574696f6e223a6e756c6c2c22636c6f7365645f6174223a6e756c6c2c2276657273696f6e223a317d', '2026-01-30 17:56:02.294995+00'),
	('01a22d99-ab99-7684-8081-471978ff2bc9', 'POST /v1/tickets', 'envio-1', '\x78f57a53933e08d465095c517802d941d0d9eb2be7c8b9f1f0e6656376c36220', 202, '\x7b227175657374696f6e223a6e756c6c2c226964223a2230316132326439392d623164662d373737352d616533322d323439303763396461656564222c2273746f7265223a7b226964223a2230316132326439392d616239392d373638342d383038312d343731386465636637633238222c226e616d65223a225469656e64612030316132326439392d616239392d373638342d383038312d343731386465636637633238227d2c226e756d626572223a322c226b696e64223a2267656e65726963222c2276657264696374223a22696e636f7272656374222c22737461747573223a2270656e64696e67222c227061726b65645f726561736f6e223a6e756c6c2c226361757365223a6e756c6c2c226f726967696e223a6e756c6c2c2265786365727074223a22556e20656e76c3ad6f206e6f206c6c6567c3b3222c226c6173745f706f736974696f6e223a312c22756e72656164223a66616c73652c226f70656e65645f6279223a7b226964223a2230316132326439392d616239392d373638342d383038312d343731393738666632626339222c226e616d65223a22506572736f6e612030316132326439392d616239392d373638342d383038312d343731393738666632626339227d2c2261737369676e6565223a6e756c6c2c22637265617465645f6174223a22323032362d31312d33305431373a35363a31362e3939313237355a222c226c6173745f61637469766974795f6174223a22323032362d31312d33305431373a35363a31362e3939313237355a222c2263617573655f6e616d65223a6e756c6c2c227265736f6c7574696f6e223a6e756c6c2c22636c6f7365645f6174223a6e756c6c2c2276657273696f6e223a317d', '2026-01-30 17:56:17.043066+00');

-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.messages VALUES
	('01a22d99-754c-75ab-b44a-f1e9c9e543b1', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No se encuentra zapatilla 0 en el buscador', '2026-01-30 17:56:01.484509+00'),
	('01a22d99-76ad-7437-ab8f-53d340b56df7', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No se encuentra zapatilla 1 en el buscador', '2026-01-30 17:56:01.837903+00'),
	('01a22d99-7704-723e-9b86-d1fefea36e74', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No se encuentra zapatilla 2 en el buscador', '2026-01-30 17:56:01.92449+00'),
	('01a22d99-7764-7124-98fd-8f47f1311e9d', '01a22d99-7764-7124-98fd-8f46e22e8742', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No se encuentra zapatilla 3 en el buscador', '2026-01-30 17:56:02.02094+00'),
	('01a22d99-77de-75e2-87b5-c247040b8782', '01a22d99-77de-75e2-87b5-c24642edcb5a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No se encuentra zapatilla 4 en el buscador', '2026-01-30 17:56:02.142122+00'),
	('01a22d99-7844-74ed-8692-a1fd02163a54', '01a22d99-7844-74ed-8692-a1fc13d26c79', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No se encuentra zapatilla 5 en el buscador', '2026-01-30 17:56:02.244289+00'),
	('01a22d99-7ad4-738d-b815-60d3d0eb0459', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No dice nada de zapatilla', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-7ad4-738d-b815-60d47ff0c8f5', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No dice nada de zapatilla', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-7ad4-738d-b815-60d5322d2f61', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No dice nada de zapatilla', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-89a4-7480-8044-a14ca3b3b4df', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 2, '01a22d99-7181-76d3-a251-9e22666beb2f', true, false, 'Miramos zapatilla.', '2026-01-30 17:56:06.645458+00'),
	('01a22d99-8a6d-7619-9af7-a080af244fdd', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3, '01a22d99-7181-76d3-a251-9e22666beb2f', true, true, 'zapatilla: preguntar a datos.', '2026-01-30 17:56:06.856169+00'),
	('01a22d99-8add-7630-8885-82baa7e23e2d', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'Gracias por mirar zapatilla.', '2026-01-30 17:56:06.957183+00'),
	('01a22d99-8be0-718d-b017-0f18ba92ee5c', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 2, '01a22d99-7181-76d3-a251-9e22666beb2f', true, false, 'Miramos zapatilla.', '2026-01-30 17:56:07.244069+00'),
	('01a22d99-8c65-7711-8cc7-6bcc7e56ee28', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3, '01a22d99-7181-76d3-a251-9e22666beb2f', true, true, 'zapatilla: preguntar a datos.', '2026-01-30 17:56:07.372941+00'),
	('01a22d99-8cd0-74db-8941-bd24b8e93c2f', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'Gracias por mirar zapatilla.', '2026-01-30 17:56:07.472595+00'),
	('01a22d99-8df7-75b2-a35f-e5255d68eee7', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 2, '01a22d99-7181-76d3-a251-9e22666beb2f', true, false, 'Miramos zapatilla.', '2026-01-30 17:56:07.742423+00'),
	('01a22d99-8e80-7448-8dba-167a8556e00e', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3, '01a22d99-7181-76d3-a251-9e22666beb2f', true, true, 'zapatilla: preguntar a datos.', '2026-01-30 17:56:07.903831+00'),
	('01a22d99-8edc-71ea-88f6-426473422dbf', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'Gracias por mirar zapatilla.', '2026-01-30 17:56:07.994562+00'),
	('01a22d99-8fa7-7405-83ec-748a9ec31b90', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 2, '01a22d99-7181-76d3-a251-9e22666beb2f', true, false, 'Miramos zapatilla.', '2026-01-30 17:56:08.201722+00'),
	('01a22d99-9018-760c-b9c5-0e9117c80748', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3, '01a22d99-7181-76d3-a251-9e22666beb2f', true, true, 'zapatilla: preguntar a datos.', '2026-01-30 17:56:08.324599+00'),
	('01a22d99-9084-702e-a469-68b1e3496c82', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'Gracias por mirar zapatilla.', '2026-01-30 17:56:08.410624+00'),
	('01a22d99-9196-77f2-bae2-fb5d08c2ac59', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 2, '01a22d99-7181-76d3-a251-9e22666beb2f', true, false, 'Miramos zapatilla.', '2026-01-30 17:56:08.700984+00'),
	('01a22d99-9210-75b3-a301-cb80eba878d1', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3, '01a22d99-7181-76d3-a251-9e22666beb2f', true, true, 'zapatilla: preguntar a datos.', '2026-01-30 17:56:08.823552+00'),
	('01a22d99-9270-700c-aecc-0b02fe7a01a6', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'Gracias por mirar zapatilla.', '2026-01-30 17:56:08.907972+00'),
	('01a22d99-9332-748f-b6d6-1521e35bc333', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 2, '01a22d99-7181-76d3-a251-9e22666beb2f', true, false, 'Miramos zapatilla.', '2026-01-30 17:56:09.107886+00'),
	('01a22d99-93b9-7707-86ac-b090388d5091', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3, '01a22d99-7181-76d3-a251-9e22666beb2f', true, true, 'zapatilla: preguntar a datos.', '2026-01-30 17:56:09.245805+00'),
	('01a22d99-9498-7772-9720-2e3715ee4215', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'Gracias por mirar zapatilla.', '2026-01-30 17:56:09.452081+00'),
	('01a22d99-ae41-7122-84f2-af771cd53076', '01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', false, false, 'No dice cómo se cambian', '2026-01-30 17:56:16.006122+00'),
	('01a22d99-ae41-7122-84f2-af785f2b884f', '01a22d99-ae23-7242-aeb7-b3f085607626', '01a22d99-ab99-7684-8081-4718decf7c28', 1, '01a22d99-ab99-7684-8081-471978ff2bc9', false, false, 'Depende de la provincia', '2026-01-30 17:56:16.006122+00'),
	('01a22d99-b1df-7775-ae32-2491783cd276', '01a22d99-b1df-7775-ae32-24907c9daeed', '01a22d99-ab99-7684-8081-4718decf7c28', 1, '01a22d99-ab99-7684-8081-471978ff2bc9', false, false, 'Un envío no llegó', '2026-01-30 17:56:16.991275+00');

-- Data for Name: notification_preferences; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.notification_preferences VALUES
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'closings', 'email', false);

-- Data for Name: notification_skips; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.notification_skips VALUES
	('01a22d99-96f1-781e-9c8d-a5ff33c3ab2d', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-754c-75ab-b44a-f1e82340a18a', 'ticket.closed', 'email', '2026-01-30 17:56:10.030804+00'),
	('01a22d99-97ea-7415-ba6f-ccedc834b120', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.closed', 'email', '2025-03-15 12:00:00+00'),
	('01a22d99-a8ab-778e-8b5b-9e2472eae8e9', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.closed', 'email', '2026-01-30 17:56:14.570008+00');

-- Data for Name: notifications; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.notifications VALUES
	('01a22d99-7a41-7e4e-94f6-44516a55f408', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', NULL, 'quota.threshold_reached', 1, '{"used": 6, "percent": 100, "unit_limit": 6}', '2026-01-30 17:56:02.677347+00', '2026-01-30 17:56:02.677347+00', NULL),
	('01a22d99-7a42-7c79-a9f4-a30dbd2a5f7f', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', NULL, 'quota.threshold_reached', 1, '{"used": 6, "percent": 100, "unit_limit": 6}', '2026-01-30 17:56:02.677347+00', '2026-01-30 17:56:02.677347+00', NULL),
	('01a22d99-7bc1-7ac0-aeab-926df0a1a79b', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7764-7124-98fd-8f46e22e8742', 'ticket.parked', 1, '{"number": 4, "reason": "quota_exhausted"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', NULL),
	('01a22d99-7bc1-7387-a741-d078fc54d98d', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-77de-75e2-87b5-c24642edcb5a', 'ticket.parked', 1, '{"number": 5, "reason": "quota_exhausted"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', NULL),
	('01a22d99-7bc1-7e2a-b659-3d0cfdca12c2', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7844-74ed-8692-a1fc13d26c79', 'ticket.parked', 1, '{"number": 6, "reason": "quota_exhausted"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', NULL),
	('01a22d99-7bc1-7871-9a1c-d606a2168055', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', 'ticket.opened', 1, '{"number": 8}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:06.645458+00'),
	('01a22d99-7bc1-7770-b4d3-09883a9a0048', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', 'ticket.opened', 1, '{"number": 7}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:07.244069+00'),
	('01a22d99-7bc1-7e81-865f-bb00cfd75eea', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.opened', 1, '{"number": 3}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:07.742423+00'),
	('01a22d99-7bc1-75aa-864a-2ccc5757d18b', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.opened', 1, '{"number": 2}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:08.201722+00'),
	('01a22d99-7bc1-7872-9790-8210aaedec55', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-754c-75ab-b44a-f1e82340a18a', 'ticket.opened', 1, '{"number": 1}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:08.700984+00'),
	('01a22d99-7bc1-79d5-8ba8-78d49e2589e5', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.opened', 1, '{"number": 9}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:09.107886+00'),
	('01a22d99-96f2-7ac7-adf7-b0c52da2d264', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-754c-75ab-b44a-f1e82340a18a', 'ticket.store_replied', 1, '{"number": 1, "message_id": "01a22d99-9270-700c-aecc-0b02fe7a01a6"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-96f2-7ca1-ba56-0686ff6afe61', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.store_replied', 1, '{"number": 2, "message_id": "01a22d99-9084-702e-a469-68b1e3496c82"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-96f2-7b39-b422-d56ab390242c', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.store_replied', 1, '{"number": 3, "message_id": "01a22d99-8edc-71ea-88f6-426473422dbf"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-96f2-78a9-a518-4c8dcd83a9f7', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', 'ticket.store_replied', 1, '{"number": 7, "message_id": "01a22d99-8cd0-74db-8941-bd24b8e93c2f"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-96f2-724f-acf9-e21b3eead7b7', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-754c-75ab-b44a-f1e82340a18a', 'ticket.closed', 2, '{"cause": "wrong_reasoning", "number": 1, "resolution": "zapatilla"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-9704-7429-85a4-a591887b7c48', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', 'ticket.support_replied', 1, '{"number": 7, "message_id": "01a22d99-8be0-718d-b017-0f18ba92ee5c"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-9704-7d09-9578-d0e619bffe87', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', 'ticket.support_replied', 1, '{"number": 8, "message_id": "01a22d99-89a4-7480-8044-a14ca3b3b4df"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-96f2-7d82-b9e4-bf15debee04c', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', 'ticket.store_replied', 1, '{"number": 8, "message_id": "01a22d99-8add-7630-8885-82baa7e23e2d"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-96f2-7dd7-9170-82e9681ab4ae', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.store_replied', 1, '{"number": 9, "message_id": "01a22d99-9498-7772-9720-2e3715ee4215"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-96f2-7380-9dca-30632ec9b1d0', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-754c-75ab-b44a-f1e82340a18a', 'ticket.closed', 2, '{"cause": "wrong_reasoning", "number": 1, "resolution": "zapatilla"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-96f2-781a-9ed4-97e05e1b17a8', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.support_replied', 1, '{"number": 2, "message_id": "01a22d99-8fa7-7405-83ec-748a9ec31b90"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00'),
	('01a22d99-96f2-718c-85ba-314cfeb9f650', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.support_replied', 1, '{"number": 3, "message_id": "01a22d99-8df7-75b2-a35f-e5255d68eee7"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00'),
	('01a22d99-96f2-775c-9ec1-92f00f903b2c', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', 'ticket.support_replied', 1, '{"number": 7, "message_id": "01a22d99-8be0-718d-b017-0f18ba92ee5c"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00'),
	('01a22d99-96f2-7dce-bf6a-43234adf9789', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', 'ticket.support_replied', 1, '{"number": 8, "message_id": "01a22d99-89a4-7480-8044-a14ca3b3b4df"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00'),
	('01a22d99-96f2-7601-8ffc-7990c12fc7cd', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.support_replied', 1, '{"number": 9, "message_id": "01a22d99-9332-748f-b6d6-1521e35bc333"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:10.030804+00'),
	('01a22d99-7bc1-7f87-8951-a97bac5c4db9', '6a3a7dd1-425d-5faa-a7eb-55d677adef63', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-754c-75ab-b44a-f1e82340a18a', 'ticket.store_replied', 2, '{"number": 1, "message_id": "01a22d99-9270-700c-aecc-0b02fe7a01a6"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7836-b23d-e31f940cc49f', '6a3a7dd1-425d-5faa-a7eb-55d677adef63', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.store_replied', 2, '{"number": 2, "message_id": "01a22d99-9084-702e-a469-68b1e3496c82"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7b35-a55d-09d06bcdbdb6', '6a3a7dd1-425d-5faa-a7eb-55d677adef63', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.store_replied', 2, '{"number": 3, "message_id": "01a22d99-8edc-71ea-88f6-426473422dbf"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7caa-b064-a5c37f3c3380', '6a3a7dd1-425d-5faa-a7eb-55d677adef63', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', 'ticket.store_replied', 2, '{"number": 7, "message_id": "01a22d99-8cd0-74db-8941-bd24b8e93c2f"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7be1-b1ef-4fb6b7ec519e', '6a3a7dd1-425d-5faa-a7eb-55d677adef63', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', 'ticket.store_replied', 2, '{"number": 8, "message_id": "01a22d99-8add-7630-8885-82baa7e23e2d"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-72a6-81bd-7cf4692ca6e8', '6a3a7dd1-425d-5faa-a7eb-55d677adef63', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.store_replied', 2, '{"number": 9, "message_id": "01a22d99-9498-7772-9720-2e3715ee4215"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7271-a34e-537b30a1c75d', '98de9e3a-2d5a-52bc-be13-fd7aae40c717', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-754c-75ab-b44a-f1e82340a18a', 'ticket.store_replied', 2, '{"number": 1, "message_id": "01a22d99-9270-700c-aecc-0b02fe7a01a6"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7b98-b098-ed8aae240511', '98de9e3a-2d5a-52bc-be13-fd7aae40c717', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.store_replied', 2, '{"number": 2, "message_id": "01a22d99-9084-702e-a469-68b1e3496c82"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-73d8-a36d-dd2e96c02a00', '98de9e3a-2d5a-52bc-be13-fd7aae40c717', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.store_replied', 2, '{"number": 3, "message_id": "01a22d99-8edc-71ea-88f6-426473422dbf"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-76d2-a3d0-399d480030c5', '98de9e3a-2d5a-52bc-be13-fd7aae40c717', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', 'ticket.store_replied', 2, '{"number": 7, "message_id": "01a22d99-8cd0-74db-8941-bd24b8e93c2f"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7969-a588-e7d851362471', '98de9e3a-2d5a-52bc-be13-fd7aae40c717', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', 'ticket.store_replied', 2, '{"number": 8, "message_id": "01a22d99-8add-7630-8885-82baa7e23e2d"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7139-9940-8379b94e3f3e', '98de9e3a-2d5a-52bc-be13-fd7aae40c717', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.store_replied', 2, '{"number": 9, "message_id": "01a22d99-9498-7772-9720-2e3715ee4215"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7d6b-ae10-b85b98bd2827', '9cbdc2df-b12f-530f-8cc4-ff4afb733832', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-754c-75ab-b44a-f1e82340a18a', 'ticket.store_replied', 2, '{"number": 1, "message_id": "01a22d99-9270-700c-aecc-0b02fe7a01a6"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7baf-b46e-532a22b938f9', '9cbdc2df-b12f-530f-8cc4-ff4afb733832', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.store_replied', 2, '{"number": 2, "message_id": "01a22d99-9084-702e-a469-68b1e3496c82"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-757e-bb47-0e1c34225d3e', '9cbdc2df-b12f-530f-8cc4-ff4afb733832', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.store_replied', 2, '{"number": 3, "message_id": "01a22d99-8edc-71ea-88f6-426473422dbf"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc1-7b96-b2f5-3c1237ed0142', '9cbdc2df-b12f-530f-8cc4-ff4afb733832', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', 'ticket.store_replied', 2, '{"number": 7, "message_id": "01a22d99-8cd0-74db-8941-bd24b8e93c2f"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc2-785e-9142-0db14d64f309', '9cbdc2df-b12f-530f-8cc4-ff4afb733832', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', 'ticket.store_replied', 2, '{"number": 8, "message_id": "01a22d99-8add-7630-8885-82baa7e23e2d"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-7bc2-75e9-9fb9-780b1f419e2c', '9cbdc2df-b12f-530f-8cc4-ff4afb733832', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.store_replied', 2, '{"number": 9, "message_id": "01a22d99-9498-7772-9720-2e3715ee4215"}', '2026-01-30 17:56:03.092408+00', '2026-01-30 17:56:10.030804+00', NULL),
	('01a22d99-9dbc-7535-a81e-607952388a43', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.status_changed', 1, '{"number": 2, "status": "answered"}', '2026-01-30 17:56:11.780702+00', '2026-01-30 17:56:11.780702+00', NULL),
	('01a22d99-9dbc-7d48-a6ed-a28f857d5ade', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.status_changed', 1, '{"number": 9, "status": "in_progress"}', '2026-01-30 17:56:11.780702+00', '2026-01-30 17:56:11.780702+00', NULL),
	('01a22d99-9704-7260-8146-badbf6a8d38a', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.status_changed', 2, '{"number": 2, "status": "answered"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:11.780702+00', NULL),
	('01a22d99-9704-7f59-b323-7af29d2fcc8d', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', 'ticket.status_changed', 2, '{"number": 9, "status": "in_progress"}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:11.780702+00', NULL),
	('01a22d99-a8ab-74fe-9452-db7a86772ed2', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.closed', 1, '{"cause": "answer_was_right", "number": 3, "resolution": "La zapatilla está."}', '2026-01-30 17:56:14.570008+00', '2026-01-30 17:56:14.570008+00', NULL),
	('01a22d99-9704-7d8d-82a3-c1c7a459a883', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7704-723e-9b86-d1fdc9a15513', 'ticket.closed', 2, '{"cause": "answer_was_right", "number": 3, "resolution": "La zapatilla está."}', '2026-01-30 17:56:10.030804+00', '2026-01-30 17:56:14.570008+00', NULL),
	('01a22d99-af23-7192-bc9d-b859300d38bc', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', 'ticket.opened', 1, '{"number": 10}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-78c4-9472-ad188d31ea5e', '01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-ab99-7684-8081-4718decf7c28', '01a22d99-ae23-7242-aeb7-b3f085607626', 'ticket.opened', 1, '{"number": 1}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-78e5-9b74-5f9ed0f530be', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', NULL, 'rating.parked', 1, '{"reason": "quota_exhausted", "rating_id": "01a22d99-aa56-7605-8673-3dbaf0f38085", "question_id": "01a22d99-a994-7343-964a-1adfeb3c3bdb"}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-7520-a0dc-4c6dfcb8585f', '01a22d99-aa8e-7042-b811-2b4210e7d507', '01a22d99-aa8e-7042-b811-2b4058bf20ef', NULL, 'rating.parked', 1, '{"reason": "plan_without_tickets", "rating_id": "01a22d99-ab5c-71e5-a695-983e87f0b14f", "question_id": "01a22d99-ab09-7773-a0cf-561dc0838617"}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-7e04-bf91-2b2df3ab2d5f', '6a3a7dd1-425d-5faa-a7eb-55d677adef63', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', 'ticket.opened', 1, '{"number": 10}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-79e1-8108-9848ec324320', '6a3a7dd1-425d-5faa-a7eb-55d677adef63', '01a22d99-ab99-7684-8081-4718decf7c28', '01a22d99-ae23-7242-aeb7-b3f085607626', 'ticket.opened', 1, '{"number": 1}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-7784-8ffc-643f0c612be5', '98de9e3a-2d5a-52bc-be13-fd7aae40c717', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', 'ticket.opened', 1, '{"number": 10}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-7dd2-9425-68ebb97f8693', '98de9e3a-2d5a-52bc-be13-fd7aae40c717', '01a22d99-ab99-7684-8081-4718decf7c28', '01a22d99-ae23-7242-aeb7-b3f085607626', 'ticket.opened', 1, '{"number": 1}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-7b81-ac82-7b431bf6a009', '9cbdc2df-b12f-530f-8cc4-ff4afb733832', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', 'ticket.opened', 1, '{"number": 10}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL),
	('01a22d99-af45-793f-a478-0eed74961fd8', '9cbdc2df-b12f-530f-8cc4-ff4afb733832', '01a22d99-ab99-7684-8081-4718decf7c28', '01a22d99-ae23-7242-aeb7-b3f085607626', 'ticket.opened', 1, '{"number": 1}', '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:16.239929+00', NULL);

-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES
	(77, 'quota.check', 'rating.recorded', '{"actor_id": "01a22d99-ab99-7684-8081-471978ff2bc9", "promoted": false, "store_id": "01a22d99-ab99-7684-8081-4718decf7c28", "subject_id": "01a22d99-b188-7741-88f5-d83549f4bff9", "subject_kind": "rating", "correlation_id": "01a22d99-b174-7348-8846-90ede74737dc"}', '01a22d99-ab99-7684-8081-4718decf7c28', '2026-01-30 17:56:16.886709+00', '2026-01-30 17:56:16.886709+00', 0, 0, 0, NULL, NULL),
	(78, 'quota.check', 'ticket.requested', '{"actor_id": "01a22d99-ab99-7684-8081-471978ff2bc9", "promoted": false, "store_id": "01a22d99-ab99-7684-8081-4718decf7c28", "subject_id": "01a22d99-b1df-7775-ae32-24907c9daeed", "subject_kind": "ticket", "correlation_id": "01a22d99-b1bc-7751-aca0-d830bc28bfd9"}', '01a22d99-ab99-7684-8081-4718decf7c28', '2026-01-30 17:56:16.96351+00', '2026-01-30 17:56:16.96351+00', 0, 0, 0, NULL, NULL),
	(75, 'notifier.deliver', 'delivery.due', '{"channel": "webhook", "store_id": "01a22d99-71ac-711f-86d1-ddbce4f976f2", "delivery_id": "01a22d99-af54-7a07-b0f0-4247a0848453", "correlation_id": "01a22d99-a9c2-77e8-8f87-f8b7c05d42d0"}', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '2026-01-30 17:56:16.393958+00', '2026-01-30 17:59:46.521362+00', 0, 0, 0, NULL, NULL),
	(76, 'notifier.deliver', 'delivery.due', '{"channel": "webhook", "store_id": "01a22d99-71ac-711f-86d1-ddbce4f976f2", "delivery_id": "01a22d99-af54-7a07-b0f0-4247a0848453", "correlation_id": "01a22d99-a9c2-77e8-8f87-f8b7c05d42d0"}', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '2026-01-30 17:56:16.636061+00', '2026-01-30 17:56:21.848826+00', 0, 0, 0, NULL, NULL),
	(79, 'quota.check', 'rating.recorded', '{"actor_id": "01a22d99-ab99-7684-8081-471978ff2bc9", "promoted": false, "store_id": "01a22d99-ab99-7684-8081-4718decf7c28", "subject_id": "01a22d99-b24a-76fb-80ae-559bb1989ee5", "subject_kind": "rating", "correlation_id": "01a22d99-b238-733d-8ecb-43c4ca2a39e9"}', '01a22d99-ab99-7684-8081-4718decf7c28', '2026-01-30 17:56:17.083613+00', '2026-01-30 17:56:17.083613+00', 8, 8, 0, 'OperationalError: the connection was lost', '2026-01-30 17:56:17.148294+00');

-- Data for Name: people; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.people VALUES
	('dd7118b1-6540-54c0-9819-47594379041d', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'Ana Ledesma', 'ana@percha-lunar.example', 'es', '{administrador}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('f9ac9d67-96db-5e31-a1f0-aa23b8703eff', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'Bruno Quiroga', 'bruno@percha-lunar.example', 'es', '{gestionar_tickets}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('d5fa63ed-6429-5cec-8e0d-45add1ddef99', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'Carla Ibáñez', 'carla@percha-lunar.example', 'es', '{}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('50abd946-b011-5697-b3f4-789ec81f5e1b', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'Diego Maidana', 'diego@nandu-autopartes.example', 'es', '{administrador}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('d8a1f5e4-e58f-50d8-89d8-d80d2490c73b', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'Elena Sosa', 'elena@nandu-autopartes.example', 'es', '{gestionar_tickets}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('71a3991c-a742-5740-95a2-6e6dec1c1865', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'Facundo Núñez', 'facundo@nandu-autopartes.example', 'es', '{}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('c03d2e40-31da-572d-9c26-cbb96d1144eb', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'Gloria Cárdenas', 'gloria@tres-neblinas.example', 'es', '{administrador}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('5ea8f397-ca07-5a78-a38f-b102f803801b', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'Hernán Vélez', 'hernan@tres-neblinas.example', 'es', '{gestionar_tickets}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('c3959031-0b36-5ff4-9343-6e3c7ade7ddc', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'Inés Rojas', 'ines@tres-neblinas.example', 'es', '{}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('efa68de1-e190-5eb8-9d71-2a9e8766e2bd', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'Joan Ferrer', 'joan@nogal-y-hebra.example', 'en', '{administrador}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('30be21a4-8417-5a6c-b1dd-a95e9fb98371', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'Karina Molina', 'karina@nogal-y-hebra.example', 'es', '{gestionar_tickets}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('280c6f45-8903-5902-b260-2f9b1b175872', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'Lucas Prieto', 'lucas@nogal-y-hebra.example', 'es', '{}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('6a3a7dd1-425d-5faa-a7eb-55d677adef63', NULL, 'Marina Duarte', 'marina@soporte.example', 'es', '{soporte}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('9cbdc2df-b12f-530f-8cc4-ff4afb733832', NULL, 'Nicolás Bianchi', 'nicolas@soporte.example', 'es', '{soporte}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('98de9e3a-2d5a-52bc-be13-fd7aae40c717', NULL, 'Olivia Hart', 'olivia@soporte.example', 'en', '{soporte}', true, '2026-01-30 17:55:58.264604+00', NULL),
	('01a22d99-7181-76d3-a251-9e22666beb2f', NULL, 'Persona 01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-7181-76d3-a251-9e22666beb2f@example.org', 'es', '{soporte}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'Persona 01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-71ac-711f-86d1-ddbd1ee09f39@example.org', 'es', '{administrador}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'Persona 01a22d99-71ac-711f-86d1-ddbe78a2e7eb', '01a22d99-71ac-711f-86d1-ddbe78a2e7eb@example.org', 'es', '{gestionar_tickets}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-71ac-711f-86d1-ddbfc7974031', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'Persona 01a22d99-71ac-711f-86d1-ddbfc7974031', '01a22d99-71ac-711f-86d1-ddbfc7974031@example.org', 'es', '{}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-aa8e-7042-b811-2b419d76c585', '01a22d99-aa8e-7042-b811-2b4058bf20ef', 'Persona 01a22d99-aa8e-7042-b811-2b419d76c585', '01a22d99-aa8e-7042-b811-2b419d76c585@example.org', 'es', '{administrador}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-aa8e-7042-b811-2b4210e7d507', '01a22d99-aa8e-7042-b811-2b4058bf20ef', 'Persona 01a22d99-aa8e-7042-b811-2b4210e7d507', '01a22d99-aa8e-7042-b811-2b4210e7d507@example.org', 'es', '{gestionar_tickets}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-aa8e-7042-b811-2b432ef38d60', '01a22d99-aa8e-7042-b811-2b4058bf20ef', 'Persona 01a22d99-aa8e-7042-b811-2b432ef38d60', '01a22d99-aa8e-7042-b811-2b432ef38d60@example.org', 'es', '{}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-ab99-7684-8081-471978ff2bc9', '01a22d99-ab99-7684-8081-4718decf7c28', 'Persona 01a22d99-ab99-7684-8081-471978ff2bc9', '01a22d99-ab99-7684-8081-471978ff2bc9@example.org', 'es', '{administrador}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-ab99-7684-8081-471a9824efe8', '01a22d99-ab99-7684-8081-4718decf7c28', 'Persona 01a22d99-ab99-7684-8081-471a9824efe8', '01a22d99-ab99-7684-8081-471a9824efe8@example.org', 'es', '{gestionar_tickets}', true, '2025-03-15 12:00:00+00', NULL),
	('01a22d99-ab99-7684-8081-471b9b86c2e2', '01a22d99-ab99-7684-8081-4718decf7c28', 'Persona 01a22d99-ab99-7684-8081-471b9b86c2e2', '01a22d99-ab99-7684-8081-471b9b86c2e2@example.org', 'es', '{}', true, '2025-03-15 12:00:00+00', NULL);

-- Data for Name: plans; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.plans VALUES
	('inicial', 'Inicial', 'Starter', false, 0, 1, '{"Respuestas automáticas con IA","Calificación de respuestas","Un canal de venta conectado"}', '{"Automatic AI answers","Rating of answers","One sales channel connected"}'),
	('esencial', 'Esencial', 'Essential', true, 3, 1, '{"Todo lo del plan Inicial","3 tickets por mes","Dos canales de venta conectados"}', '{"Everything in Starter","3 tickets per month","Two sales channels connected"}'),
	('crecimiento', 'Crecimiento', 'Growth', true, 20, 1, '{"Todo lo del plan Esencial","20 tickets por mes","Hasta cinco canales de venta","Informes semanales de calidad"}', '{"Everything in Essential","20 tickets per month","Up to five sales channels","Weekly quality reports"}'),
	('ilimitado', 'Ilimitado', 'Unlimited', true, NULL, 1, '{"Todo lo del plan Crecimiento","Tickets sin límite","Canales de venta sin límite","Atención prioritaria de soporte"}', '{"Everything in Growth","Tickets without limit","Sales channels without limit","Priority support"}'),
	('plan-01a22d99-71ab-74fc-8081-aa2c25f03b7d', 'Plan de prueba', 'Test plan', true, 6, 1, '{Tickets}', '{Tickets}'),
	('plan-01a22d99-aa8e-7042-b811-2b3f94dac3e1', 'Plan de prueba', 'Test plan', false, 100, 1, '{Tickets}', '{Tickets}'),
	('plan-01a22d99-ab99-7684-8081-4717893f31b8', 'Plan de prueba', 'Test plan', true, NULL, 1, '{Tickets}', '{Tickets}');

-- Data for Name: questions; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.questions VALUES
	('a1fe04b7-c7fc-5013-adf3-be9e2157310a', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'history', 'Sweater trenzado Aurora', '¿Les queda en verde oliva talle M?', 'Hola, todo lo que está publicado tiene stock. Saludos.', 'botmeni-answers-2', '[{"title": "Ficha de la publicación"}]', '2025-12-25 16:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('32bbee6c-bd7f-50c1-802e-b177a79dab6b', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'test', 'Molino manual con muelas cerámicas', '¿Manejan pago contra entrega en Soacha?', '¡Hola! Tenemos varios medios de pago disponibles. Gracias por preferirnos.', 'botmeni-answers-3', '[{"url": "https://tres-neblinas.example/ayuda/pagos", "title": "Medios de pago"}]', '2026-01-27 05:07:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('00b4bd74-01fa-58bc-93be-22681aa3d7b2', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'history', 'Buzo de frisa infantil Cometa', 'Hola, mi nena tiene 4 años y mide 1,05. ¿Qué talle le va a quedar bien para que le dure todo el invierno?', '¡Hola! Para 1,05 m te recomendamos el talle 6: tiene 46 cm de largo y 37 cm de ancho de pecho, así le queda cómodo y le dura la temporada. El talle 4 le entraría, pero justo. En la última foto tenés la tabla con todas las medidas. ¡Gracias por escribirnos!', 'botmeni-answers-2', '[{"url": "https://percha-lunar.example/ayuda/talles", "title": "Guía de talles"}, {"title": "Ficha de la publicación"}]', '2025-12-19 17:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('d4107722-ad6c-5b4c-9b93-7f6bb0d2b75c', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'history', 'Campera inflable Nevado', 'Buenas, ¿cuánto tarda en llegar a Ushuaia?', '¡Hola! A Ushuaia tu pedido llega dentro de las 24 a 48 horas de acreditado el pago, con moto mensajería sin cargo.', 'botmeni-answers-2', '[{"url": "https://percha-lunar.example/ayuda/envios", "title": "Envíos y plazos: Córdoba capital 24 a 48 h; Patagonia 5 a 8 días hábiles"}]', '2025-12-31 02:50:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('c727d747-a3ed-53da-b037-fd3c84dbcd00', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'history', 'Campera inflable Nevado', 'Compré la campera la semana pasada y me quedó grande. ¿El cambio de talle tiene algún costo?', '¡Hola! El primer cambio de talle es sin cargo durante los 30 días posteriores a la entrega, siempre que la prenda conserve la etiqueta y no tenga uso. Entrá a Mis compras, elegí «Cambiar» y te enviamos la etiqueta para despacharla desde el correo más cercano.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/cambios", "title": "Cambios y devoluciones"}]', '2026-01-07 05:25:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('0fd90501-fa09-55a4-a091-c22dd519ab86', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'history', 'Tapado de paño Serrano', '¿Se puede pagar en cuotas?', '¡Hola! Sí, se puede pagar en cuotas. ¡Esperamos tu compra!', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/pagos", "title": "Medios de pago y cuotas"}]', '2026-01-13 03:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('95b95eb9-45d2-5c2c-ab5a-993311ef6ccf', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'history', 'Pijama de algodón Siesta', 'Si llevo dos pijamas, uno para mí y otro para mi mamá, ¿hacen algún descuento?', '¡Hola! Sí: llevando dos pijamas de la línea Siesta, el segundo tiene 30 % de descuento y podés combinar talles y colores. El descuento se aplica solo al agregarlos juntos al carrito.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/combos", "title": "Combos vigentes"}]', '2026-01-20 17:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('137592ba-1a57-5911-84ec-3bc76a1ce1d6', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'history', 'Vestido de lino Brisa', 'Consulta: ¿el vestido se puede meter en el lavarropas o hay que lavarlo a mano?', '¡Hola! Al ser 100 % poliéster podés lavarlo con agua caliente y usar secarropas sin problema, no se arruga ni encoge.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/cuidados", "title": "Cuidado de las prendas de lino: lavar a mano con agua fría"}]', '2026-01-24 16:35:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('783a55c4-889f-510b-a3fd-6c59502b3aa8', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'history', 'Pack x10 delantales de cocina bordados', 'Necesito factura A a nombre de mi restaurante, ¿la hacen?', '¡Hola! Sí, emitimos factura A. Después de comprar mandanos por el chat de la venta el CUIT, la razón social y el domicilio fiscal, y la recibís por correo electrónico el mismo día del despacho. ¡Saludos!', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/facturacion", "title": "Facturación"}]', '2026-01-28 16:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('27b0f4b3-89c3-5e1c-b263-7bb4aac7b891', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'test', 'Poncho liviano Quebrada', '¿Hacen envíos a Uruguay?', '¡Hola! Por el momento enviamos solamente dentro de la Argentina. Si tenés una dirección de entrega en el país, con gusto te lo mandamos ahí.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/envios", "title": "Envíos y plazos"}]', '2026-01-21 17:35:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('8583984a-c6e7-5dc2-946c-83b82b2cfd88', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'test', 'Poncho liviano Quebrada', '¿Puedo pasar a retirarlo un domingo a la tarde?', '¡Hola! Claro que sí, podés retirar todos los días, incluso domingos y feriados, de 10 a 18.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/retiros", "title": "Horarios y retiro en el local: lunes a viernes de 10 a 18, sábados de 10 a 13"}]', '2026-01-21 17:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('ba983a7e-3f98-56b8-867c-97c1975ff13c', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'test', 'Remera básica de algodón peinado', '¿La remera se achica después del primer lavado?', 'No.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/cuidados", "title": "Cuidado de las prendas de algodón"}]', '2026-01-21 18:00:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('b82d28e4-59a7-5ef4-9cdc-22e08f556f7f', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'test', 'Jean recto tiro alto Sierra', 'Mido 1,72 y peso 80 kilos. En otras marcas uso 44. ¿Pido el 44 o el 46?', '¡Hola! Nuestro 44 tiene 84 cm de cintura y 108 cm de cadera; el 46, 88 y 112 cm. La tela es rígida y no cede, así que si tu contorno de cintura supera los 84 cm te conviene el 46. Y si no te queda como esperabas, el primer cambio es gratis.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/talles", "title": "Guía de talles"}, {"url": "https://percha-lunar.example/ayuda/cambios", "title": "Cambios y devoluciones"}]', '2026-01-25 17:44:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('e073431b-0e1e-52f3-b568-9ebad12b2155', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'test', 'Bufanda tejida Telar', 'Es para un regalo. Si no le gusta, ¿lo puede cambiar sin mostrar mi factura?', '¡Hola! Sí. Al finalizar la compra marcá «Es para regalo» y te incluimos un ticket de cambio sin precio. Con ese ticket tiene 30 días para elegir otro color u otra prenda del mismo valor.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/cambios", "title": "Cambios y devoluciones"}]', '2026-01-25 17:57:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('ac7ea85d-14ce-5a75-9e66-883c049d4c09', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'test', 'Remera básica de algodón peinado', '¿Venden por mayor? Tengo un local en Villa María y quisiera ver la lista de precios.', 'Hola, sí, vendemos por mayor. Consultanos.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/mayoristas", "title": "Ventas mayoristas"}]', '2026-01-27 17:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('13dcccfa-863c-5bc7-b80d-5ea5165604a0', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'test', 'Pack x3 pares de medias antideslizantes', '¿Viene un solo par o vienen los tres?', '¡Hola! El precio corresponde a un solo par. Si querés los tres pares tenés que comprar tres unidades.', 'botmeni-answers-3', '[{"title": "Ficha de la publicación: el pack incluye tres pares surtidos"}]', '2026-01-27 17:57:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('45438212-b6fc-574e-a6a8-a919452f819e', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'test', 'Sweater trenzado Aurora', '¿Esta lana pica? Mi hija tiene piel atópica y casi todo le molesta.', '¡Hola! El Aurora lleva 50 % de acrílico y 50 % de lana merino, que es de las más suaves, pero algo de lana tiene. Para una piel atópica te sugerimos usarlo sobre una remera de algodón o ver el modelo Nube, que es 100 % algodón. Ante la duda, lo mejor es consultarlo con su médico.', 'botmeni-answers-3', '[{"title": "Ficha de la publicación"}, {"url": "https://percha-lunar.example/ayuda/telas", "title": "Composición de las prendas"}]', '2026-01-29 16:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('c00ea6f0-6f2a-51c2-a985-13be2f7a4f2e', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'pending', 'Vestido de fiesta Eclipse', 'Lo necesito sí o sí para un cumple de 15. Si lo compro hoy, ¿llega antes del viernes a Rosario?', '¡Hola! Los envíos a todo el país demoran algunos días hábiles según la zona. ¡Gracias por tu consulta!', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/envios", "title": "Envíos y plazos"}]', '2026-01-30 07:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('6e4d7ac6-db4f-5c58-9a51-69012c8b5801', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'pending', 'Disfraz infantil Murciélago', '¿Trae la máscara y la capa, o es solo el traje?', '¡Hola! Incluye las tres piezas: el enterito, la capa desmontable con abrojo y la máscara de tela. Las botas que se ven en la foto no vienen incluidas.', 'botmeni-answers-3', '[{"title": "Ficha de la publicación"}]', '2026-01-30 08:50:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('e6bd9438-8d53-553a-86b0-48e914f19593', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'pending', 'Tapado de paño Serrano', 'Hola!! Pasame un teléfono y lo arreglamos por afuera, te pago en efectivo', '¡Hola! Para que la compra quede protegida, solo vendemos por la plataforma y no podemos compartir datos de contacto por este medio. Si preferís pagar en efectivo, podés elegir la opción de cupón de pago al finalizar la compra.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/pagos", "title": "Medios de pago y cuotas"}]', '2026-01-30 09:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('23902de3-865c-59f1-b676-e203f44720d7', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'pending', 'Campera inflable Nevado', '¿Aceptan transferencia bancaria? ¿Hay descuento pagando así?', '¡Hola! El envío es gratis en compras superiores a $ 90.000. ¡Te esperamos!', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/pagos", "title": "Medios de pago: 10 % de descuento por transferencia"}]', '2026-01-30 12:33:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('9758f485-d934-5dd0-ad88-98d1b3c078ef', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'pending', 'Conjunto deportivo infantil Órbita', 'Hola, ¿tienen el mismo conjunto pero en talle 12? En la publicación llega hasta el 10.', '¡Hola! En este modelo el talle más grande es el 10. En talle 12 tenemos el conjunto Meteoro, de la misma tela y con bolsillos. Podés encontrarlo en nuestra tienda como «Conjunto deportivo Meteoro juvenil».', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/talles", "title": "Guía de talles"}, {"url": "https://percha-lunar.example/productos/conjunto-meteoro", "title": "Conjunto deportivo Meteoro juvenil"}]', '2026-01-30 14:21:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('f76d435f-c41d-5e23-9c63-f5dc2fff2de3', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'pending', 'Mochila escolar Satélite', 'Se rompió el cierre y la mochila tiene dos semanas de uso. ¿Tienen garantía?', '¡Hola! Lamentamos lo que pasó. La mochila tiene 6 meses de garantía por fallas de fabricación, y el cierre está cubierto. Mandanos una foto del cierre y el número de compra por el chat de la venta, y coordinamos el cambio sin ningún costo para vos.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/garantia", "title": "Garantía de mochilas y accesorios"}]', '2026-01-30 15:44:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('bcf8b322-1255-5165-9741-894bc230aaf6', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'pending', 'Sweater trenzado Aurora', 'En la pantalla no distingo: ¿el color es más bien bordó o tirando a rojo?', '¡Hola! El color es el que se ve en la foto.', 'botmeni-answers-3', '[{"title": "Ficha de la publicación"}]', '2026-01-30 16:51:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('9324587e-7206-59f9-bf12-113fbd9b656e', '59fb6bd4-da7c-570b-9bcc-78f683500889', 'pending', 'Tapado de paño Serrano', 'Buen día, ¿hasta qué hora están el sábado? Me gustaría pasar a probármelo.', '¡Buen día! Los sábados atendemos de 10 a 13 y podés probarte la prenda sin compromiso. Avisanos el talle y te la dejamos apartada hasta el cierre.', 'botmeni-answers-3', '[{"url": "https://percha-lunar.example/ayuda/retiros", "title": "Horarios y retiro en el local: lunes a viernes de 10 a 18, sábados de 10 a 13"}]', '2026-01-30 17:38:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('134fb386-487a-5def-8e64-661fe1f10e03', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'history', 'Bomba de agua Volkswagen Gol Trend 1.6 8v', '¿Le va a un Gol Trend 2014 con aire acondicionado?', '¡Hola! Sí, es compatible con el Gol Trend 1.6 8v modelos 2009 a 2018, con o sin aire acondicionado. Incluye la junta. Te recomendamos cambiar también el líquido refrigerante. ¡Saludos del equipo de Ñandú!', 'botmeni-answers-2', '[{"url": "https://nandu-autopartes.example/catalogo/compatibilidad", "title": "Catálogo de compatibilidades"}, {"title": "Ficha técnica del producto"}]', '2025-12-21 12:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('ae66bacf-67d4-5d19-9238-8655a0d5f48b', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'history', 'Carburador universal 32/36', 'Hola, ¿viene con las juntas y el filtrito o se compran aparte?', 'Hola, gracias por consultar. El producto viene tal como se ve en las fotos.', 'botmeni-answers-2', '[{"title": "Ficha técnica del producto"}]', '2025-12-26 20:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('45edd212-ad95-56ef-8aea-c7ad1c2db8ca', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'history', 'Alternador 90 A Chevrolet Corsa 1.6', '¿Hacen factura A? Soy responsable inscripto y la necesito sí o sí para cargar el IVA.', '¡Hola! Sí, hacemos factura A. Cargá tu CUIT y la condición de responsable inscripto en los datos de facturación antes de pagar; una vez emitida no podemos cambiarle el tipo. Te llega en PDF junto con el aviso de despacho.', 'botmeni-answers-2', '[{"url": "https://nandu-autopartes.example/ayuda/facturacion", "title": "Facturación A y B"}]', '2026-01-01 13:15:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('ae62e7e3-cb0f-547a-a7fe-41b13f83f0c2', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'history', 'Óptica delantera derecha alternativa Toyota Hilux 2016/2020', '¿Es original o alternativa?', '¡Hola! Es original Toyota, viene en caja sellada de la concesionaria.', 'botmeni-answers-3', '[{"title": "Ficha técnica del producto: repuesto alternativo de primera línea"}]', '2026-01-09 20:00:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('7dd04cf0-83d0-5fab-95f8-fd90cb59a2c4', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'history', 'Kit de embrague Fiat Palio 1.4', 'Estoy por Chacarita. Si lo compro ahora, ¿puedo retirarlo hoy mismo?', '¡Hola! Sí. Si la compra se acredita antes de las 16 podés retirarlo hoy por nuestro mostrador de Villa Crespo hasta las 17:30. Esperá el mensaje de «Listo para retirar» y traé tu DNI y el número de compra.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/mostrador", "title": "Mostrador y retiros: lunes a viernes de 8:30 a 17:30, sábados de 9 a 13"}]', '2026-01-15 17:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('3c8bf1b0-172b-5c8e-b9d4-f67f772dcd2d', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'history', 'Batería 12 V 75 Ah libre de mantenimiento', '¿El precio incluye la colocación a domicilio? Vivo en Caballito.', '¡Hola! La batería es libre de mantenimiento y de excelente calidad. ¡Aprovechá!', 'botmeni-answers-3', '[{"title": "Ficha técnica del producto"}]', '2026-01-19 17:25:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('a70681e3-02cc-5036-ba1d-cc0207830676', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'history', 'Alternador 90 A Chevrolet Corsa 1.6', '¿Qué garantía tiene y qué pasa si falla a los tres meses?', '¡Hola! Tiene 6 meses de garantía. Si falla, nos lo traés o lo enviás con la factura, lo probamos en banco en un plazo de 5 días hábiles y, si se confirma el defecto, te damos uno nuevo o el reintegro. No cubre daños por una instalación incorrecta o por batería en mal estado.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/garantia", "title": "Garantía de repuestos"}]', '2026-01-24 09:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('d8b89286-de83-55f6-9963-39a1fc16bc93', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'history', 'Filtro de aceite Renault Kangoo 1.6 16v nafta', 'Buenas, ¿sirve para la Kangoo diésel 1.9?', '¡Hola! Sí, le sirve a todas las Kangoo, nafta y diésel, de cualquier año. Comprá tranquilo.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/catalogo/compatibilidad", "title": "Catálogo de compatibilidades: Kangoo 1.6 16v K4M"}]', '2026-01-28 07:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('5b117f9f-fd1d-5f03-9321-ba2e9ea293d5', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'test', 'Rulemán de rueda delantera Peugeot 208', 'Si me llega y no es el que lleva mi auto, ¿quién paga el envío de vuelta?', '¡Hola! Si te confirmamos la compatibilidad y el repuesto no corresponde, la devolución corre por nuestra cuenta. Si cambiaste de idea, tenés 10 días corridos desde que lo recibís para arrepentirte, con el repuesto sin instalar y en su caja; en ese caso también te enviamos la etiqueta sin cargo.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/devoluciones", "title": "Devoluciones y arrepentimiento"}]', '2026-01-22 19:50:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('0cbf84e0-63ea-517d-b2f7-567713b0a032', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'test', 'Cubierta 185/65 R15 88H', '¿Tienen 6 cuotas sin interés? ¿Con qué tarjetas y qué bancos?', '¡Hola! Aceptamos todos los medios de pago de la plataforma.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/pagos", "title": "Medios de pago"}]', '2026-01-22 20:05:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('310dfa8f-13c1-5b42-a975-0fc596951857', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'test', 'Amortiguador trasero Ford Ka 2016', '¿El precio es por unidad o por el par?', '¡Hola! El precio es por unidad. Siempre conviene reemplazarlos de a dos, del mismo eje: si agregás dos al carrito tenés 8 % de descuento en el total.', 'botmeni-answers-3', '[{"title": "Ficha técnica del producto"}, {"url": "https://nandu-autopartes.example/promociones", "title": "Promociones por cantidad"}]', '2026-01-22 20:17:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('105e1fc5-b231-5e77-985f-a4dd900ef6cc', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'test', 'Juego de escobillas limpiaparabrisas', '¿Qué medida de escobillas lleva la Ranger 2018?', '¡Hola! La Ranger 2018 lleva 265/65 R17 con una presión de 32 libras en frío.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/catalogo/compatibilidad", "title": "Catálogo de compatibilidades"}]', '2026-01-26 02:15:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('ee7f1b10-0816-548f-ab1d-2e39d37b8829', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'test', 'Juego de pastillas de freno Nissan Versa', '¿Puedo pagar en dólares en efectivo en el mostrador?', '¡Hola! En el mostrador aceptamos pesos en efectivo, transferencia, débito y crédito. No recibimos moneda extranjera.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/pagos", "title": "Medios de pago"}, {"url": "https://nandu-autopartes.example/ayuda/mostrador", "title": "Mostrador y retiros: lunes a viernes de 8:30 a 17:30, sábados de 9 a 13"}]', '2026-01-26 02:30:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('73604e4b-1916-5a16-bde6-8c95c48d0c5b', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'test', 'Aceite sintético 5W30 x 4 litros', 'Quiero hacerle el service al Cronos 1.3: aceite, filtro de aceite, de aire y de habitáculo. ¿Tienen un combo armado?', '¡Hola! Sí, el «Kit service Cronos 1.3» trae 4 litros de 5W30 y los tres filtros, con 12 % de descuento frente a comprarlos por separado. Antes de comprar verificá en el manual la capacidad de aceite de tu versión.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/productos/kit-service-cronos-13", "title": "Kit service Cronos 1.3"}, {"url": "https://nandu-autopartes.example/catalogo/compatibilidad", "title": "Catálogo de compatibilidades"}]', '2026-01-28 17:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('61ebb0ac-9f3d-59bc-a512-0427927617ee', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'test', 'Paragolpes delantero Chevrolet Onix 2017', '¿Lo mandan por encomienda a la terminal de ómnibus de Posadas? Por correo no me lo aceptan por el tamaño.', '¡Hola! Hacemos envíos a todo el país. Elegí la opción que prefieras al finalizar la compra.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/envios", "title": "Envíos"}]', '2026-01-28 18:01:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('9536f3ea-d307-52cf-9577-0cdf1b1461be', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'test', 'Aceite semisintético 10W40 x 4 litros', 'El manual de mi auto, que es turbo y nuevo, pide 5W30. ¿Le puedo poner este 10W40?', '¡Hola! Sí, es exactamente lo mismo, los números son solo comerciales. No vas a tener ningún problema con la garantía del auto.', 'botmeni-answers-3', '[{"title": "Ficha técnica del producto"}]', '2026-01-29 20:05:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('b1f948ef-9bb8-5760-98d8-8eb8ba077fbc', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'pending', 'Kit de distribución con bomba Volkswagen Suran 1.6', 'Es para una Suran 2012 pero me dijeron que hay dos correas distintas según el motor. ¿Cómo sé cuál lleva la mía?', '¡Hola! Es así: cambia según el código de motor. Fijate en la cédula o en la etiqueta del baúl si el número de motor empieza con BAH o con CFZ y contanos; este kit corresponde a BAH. Si es CFZ te pasamos el enlace del que va.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/catalogo/compatibilidad", "title": "Catálogo de compatibilidades"}, {"title": "Ficha técnica del producto"}]', '2026-01-30 06:13:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('37af9ed8-ead2-56b7-8c97-92b52af0e92f', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'pending', 'Bujía de iridio rosca larga', 'Necesito las cuatro y en la publicación figura una sola disponible. ¿Tenés más?', '¡Hola! Sí, tenemos más de diez unidades listas para despachar. ¡Podés comprar las cuatro!', 'botmeni-answers-3', '[{"title": "Stock consultado al responder: 1 unidad, sin reposición programada"}]', '2026-01-30 07:22:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('79026259-4161-5dce-9e6b-ea56423240e5', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'pending', 'Espejo retrovisor izquierdo manual Chevrolet Corsa Classic', 'Me rompieron el espejo del lado del acompañante. ¿Este me sirve?', '¡Hola! Este espejo es para Chevrolet Corsa Classic, con regulación manual y carcasa negra.', 'botmeni-answers-3', '[{"title": "Ficha técnica del producto"}]', '2026-01-30 09:17:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('c4c2bb59-d1fd-5732-9215-87030b88d3f5', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'pending', 'Radiador de agua Fiat Siena 1.4', '¿Cuánto sale el envío a Bahía Blanca? El código postal es 8000.', '¡Hola! El costo del envío depende del destino. Saludos.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/envios", "title": "Envíos"}]', '2026-01-30 11:08:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('e6477e3f-d65e-56eb-996f-bbe1c6fb8c54', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'pending', 'Sensor de oxígeno (sonda lambda) universal', '¿A qué hora cierran hoy? Salgo del taller cerca de las cinco.', '¡Hola! De lunes a viernes el mostrador atiende hasta las 17:30 y los sábados hasta las 13. Si venís con lo justo, comprá en línea y elegí retiro: te lo dejamos preparado para que no tengas que esperar.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/mostrador", "title": "Mostrador y retiros: lunes a viernes de 8:30 a 17:30, sábados de 9 a 13"}]', '2026-01-30 13:05:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('5117e666-7f80-5049-b9ad-73bd6a69f92e', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'pending', 'Faro antiniebla Renault Sandero Stepway', 'Me llegó recién y tiene una pestaña de sujeción quebrada. ¿Qué tengo que hacer?', '¡Hola! Lamentamos el inconveniente. No lo instales. Sacale una foto al faro y otra al embalaje, y subilas desde Mis compras en «Tengo un problema» dentro de las 48 horas. Te enviamos otro y retiramos el dañado sin costo.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/ayuda/devoluciones", "title": "Devoluciones y arrepentimiento"}, {"url": "https://nandu-autopartes.example/ayuda/garantia", "title": "Garantía de repuestos"}]', '2026-01-30 14:59:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('96be63dc-1db1-529c-954f-f5b19eb5e82c', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'pending', 'Filtro de habitáculo con carbón activado', 'Tengo un taller y compro seguido. ¿Me hacés precio por diez?', '¡Hola! A partir de 6 unidades iguales el carrito descuenta 10 %, y desde 12 unidades, 15 %. Además, si te registrás como taller con tu CUIT accedés a la lista de precios para el gremio.', 'botmeni-answers-3', '[{"url": "https://nandu-autopartes.example/promociones", "title": "Promociones por cantidad"}, {"url": "https://nandu-autopartes.example/talleres", "title": "Registro de talleres"}]', '2026-01-30 16:23:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('af4c662d-eff5-50b8-b866-ee9c3b100cbb', '0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'pending', 'Carcasa de llave navaja 3 botones (sin electrónica)', '¿Ya viene codificada o la tengo que llevar a un cerrajero?', '¡Hola! Viene codificada de fábrica y con el chip incluido: la recibís, apretás el botón y el auto arranca.', 'botmeni-answers-3', '[{"title": "Ficha técnica del producto"}]', '2026-01-30 17:30:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('42464f64-9f52-5e32-b157-d46d7fd69b97', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'history', 'Café Huila tostión media 500 g', 'Buenas tardes, ¿lo envían molido para prensa francesa o solo en grano?', '¡Buenas tardes! Puede elegirlo en grano o molido. Para prensa francesa seleccione «Molienda gruesa» antes de agregarlo al carrito; molemos el mismo día del despacho para que le llegue fresco.', 'botmeni-answers-2', '[{"url": "https://tres-neblinas.example/ayuda/moliendas", "title": "Guía de moliendas"}]', '2026-01-17 18:15:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('9cbd6ccf-3afd-52a3-83b0-186dcf9e95fd', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'history', 'Café Nariño edición de altura 250 g', '¿Cuánto se demora un pedido a Medellín y cuánto cuesta el envío?', '¡Hola! Los envíos a Madrid y Barcelona tardan de 2 a 3 semanas y pagan aduana.', 'botmeni-answers-3', '[{"url": "https://tres-neblinas.example/ayuda/envios", "title": "Envíos nacionales: ciudades principales 2 a 3 días hábiles"}]', '2026-01-26 09:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('927c4803-13eb-559a-b93b-23038decaf14', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'test', 'Suscripción mensual Tres Orígenes', 'Si me voy de viaje un mes, ¿puedo pausar la suscripción o me la cobran igual?', '¡Hola! Puede pausarla cuando quiera desde Mi cuenta, en «Suscripción», hasta tres días antes del siguiente cobro. Mientras esté en pausa no se cobra nada y se reactiva en la fecha que usted elija.', 'botmeni-answers-3', '[{"url": "https://tres-neblinas.example/ayuda/suscripcion", "title": "Preguntas sobre la suscripción"}]', '2026-01-27 04:55:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('7f8214c4-291b-5f72-8a2b-dd4b6063f716', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'pending', 'Café descafeinado Sierra 500 g', 'Estoy embarazada. ¿El descafeinado no tiene nada de cafeína?', '¡Hola! Así es, no tiene absolutamente nada de cafeína y puede tomar todas las tazas que quiera durante el embarazo.', 'botmeni-answers-3', '[{"title": "Ficha del producto: contenido residual de cafeína de hasta 0,1 %"}]', '2026-01-30 11:27:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('66a863e1-0f4e-5c2b-96ec-950f27d5e635', '3aca436c-2a42-5aca-8152-a1ef5d18e101', 'pending', 'Filtros de papel V60 tamaño 02 x 100', '¿Me sirven para una cafetera eléctrica de canasta de 12 tazas?', '¡Hola! No son los adecuados: estos filtros son cónicos, para un goteador tipo V60 tamaño 02. Para su cafetera necesita filtros de canasta de fondo plano; los encuentra en nuestra tienda en paquetes de 100.', 'botmeni-answers-3', '[{"url": "https://tres-neblinas.example/ayuda/filtros", "title": "Qué filtro necesita cada cafetera"}]', '2026-01-30 17:06:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('791f6ffd-3f6a-571f-8dbb-964916b9998f', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'history', 'Mesa de comedor extensible Arce 160-220 cm', 'Vivo en un cuarto sin ascensor y la escalera es estrecha. ¿En cuántos bultos viene y cuánto mide el más grande?', 'Hola. La mesa se entrega en dos bultos: el tablero, de 165 × 95 × 12 cm y 38 kg, y las patas con los herrajes, de 80 × 30 × 20 cm y 14 kg. La subida a domicilio sin ascensor está incluida hasta la quinta planta; indíquelo en las observaciones del pedido.', 'botmeni-answers-2', '[{"title": "Ficha técnica de la mesa Arce"}, {"url": "https://nogal-y-hebra.example/ayuda/entregas", "title": "Entrega y subida a domicilio"}]', '2026-01-16 04:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('266d1e11-5147-5e49-ae23-91c95892622d', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'history', 'Estantería de pared Roble 5 baldas', '¿El montaje está incluido o tengo que hacerlo yo?', 'Hola, el mueble es de roble macizo con acabado al aceite natural y está fabricado de forma artesanal.', 'botmeni-answers-3', '[{"url": "https://nogal-y-hebra.example/ayuda/montaje", "title": "Servicio de montaje"}]', '2026-01-25 14:05:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('709f9753-d008-5ab9-a39a-6c936d6957fa', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'test', 'Silla tapizada Lino (juego de 4)', '¿Hacéis factura con NIF de empresa? Es para una oficina.', 'Hola. Sí, marca «Compro como empresa» en el último paso y escribe el NIF y la razón social. La factura, con el IVA desglosado, queda disponible en tu cuenta en cuanto sale el pedido.', 'botmeni-answers-3', '[{"url": "https://nogal-y-hebra.example/ayuda/facturas", "title": "Facturas"}]', '2026-01-28 00:45:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('4851ab81-6a01-5eac-a272-1d71cf062366', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'test', 'Sofá cama Hebra de tres plazas', 'Si no me convence cuando lo vea en el salón, ¿cuántos días tengo para devolverlo?', 'Hola. Una vez entregado el sofá no se admite ninguna devolución, ya que se trata de una compra por internet.', 'botmeni-answers-3', '[{"url": "https://nogal-y-hebra.example/ayuda/devoluciones", "title": "Devoluciones: 14 días naturales desde la entrega"}]', '2026-01-28 00:59:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('6b56c13e-b501-50e4-8d5d-ce4e9166d812', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'pending', 'Banco de nogal macizo 120 cm', 'Buenas, ¿puede estar en una terraza descubierta todo el año?', 'Buenas. Es un banco muy bonito y resistente, seguro que queda genial en tu terraza.', 'botmeni-answers-3', '[{"url": "https://nogal-y-hebra.example/ayuda/madera", "title": "Cuidado de la madera: uso recomendado en interior"}]', '2026-01-30 10:20:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('9de6e448-0e9a-570d-8c74-cb926bf2c169', '282b78c3-9304-5aa1-b109-5f3d2f48abba', 'pending', 'Alfombra tejida a mano Trigo 200 × 300 cm', '¿Se puede usar con suelo radiante?', 'Buenas. Sí: es de algodón, con un grosor de 8 mm y sin base de goma, así que deja pasar bien el calor. Conviene mantener el suelo por debajo de 27 °C y ponerle una malla antideslizante apta para calefacción.', 'botmeni-answers-3', '[{"title": "Ficha de la alfombra Trigo"}, {"url": "https://nogal-y-hebra.example/ayuda/suelo-radiante", "title": "Alfombras y suelo radiante"}]', '2026-01-30 17:17:58.332351+00', '2026-01-30 17:55:58.332351+00'),
	('01a22d99-7279-74b9-bd42-9472b03cd5a4', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'history', 'zapatilla', '¿Tienen zapatilla?', 'Sí, tenemos zapatilla.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:00:00+00', '2025-03-15 12:00:00+00'),
	('01a22d99-727a-7686-85db-0c20a39fbe45', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'history', 'zapatilla', '¿Tienen zapatilla?', 'Sí, tenemos zapatilla.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:01:00+00', '2025-03-15 12:01:00+00'),
	('01a22d99-727a-7686-85db-0c21ac805057', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'history', 'zapatilla', '¿Tienen zapatilla?', 'Sí, tenemos zapatilla.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:02:00+00', '2025-03-15 12:02:00+00'),
	('01a22d99-727a-7686-85db-0c227b46d311', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'history', 'zapatilla', '¿Tienen zapatilla?', 'Sí, tenemos zapatilla.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:03:00+00', '2025-03-15 12:03:00+00'),
	('01a22d99-72a4-718a-97f8-b01a118fdaff', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'history', 'Zapatillas', '¿Cuánto cuesta zapatilla?', 'Pregunta por zapatilla.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:00:00+00', '2025-03-15 12:00:00+00'),
	('01a22d99-72a4-718a-97f8-b01bc21ca65e', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'history', 'Zapatillas', '¿Cuánto cuesta zapatilla?', 'Pregunta por zapatilla.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:01:00+00', '2025-03-15 12:01:00+00'),
	('01a22d99-a993-7451-8b5f-d51d5261f4f1', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'history', 'Zapatillas', '¿Cambian zapatillas?', 'Sí, tenemos el talle 0.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:00:00+00', '2025-03-15 12:00:00+00'),
	('01a22d99-a994-7343-964a-1adfeb3c3bdb', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'history', 'Zapatillas', '¿Cambian zapatillas?', 'Sí, tenemos el talle 1.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:01:00+00', '2025-03-15 12:01:00+00'),
	('01a22d99-ab09-7773-a0cf-561dc0838617', '01a22d99-aa8e-7042-b811-2b4058bf20ef', 'history', 'Zapatillas', '¿Hacen envíos?', 'Sí, tenemos el talle 0.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:00:00+00', '2025-03-15 12:00:00+00'),
	('01a22d99-ac4a-7242-88f4-473f00adf48a', '01a22d99-ab99-7684-8081-4718decf7c28', 'history', 'Zapatillas', '¿Cuánto demora el envío?', 'Dos días hábiles.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:00:00+00', '2025-03-15 12:00:00+00'),
	('01a22d99-ac5a-7192-b5e5-27644812e327', '01a22d99-ab99-7684-8081-4718decf7c28', 'history', 'Zapatillas', '¿Cuánto demora el envío?', 'Dos días hábiles.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:01:00+00', '2025-03-15 12:01:00+00'),
	('01a22d99-ac5a-7192-b5e5-276530c9dde4', '01a22d99-ab99-7684-8081-4718decf7c28', 'history', 'Zapatillas', '¿Cuánto demora el envío?', 'Dos días hábiles.', 'respuestas-2', '[{"url": null, "title": "Tabla de talles"}]', '2025-03-15 12:02:00+00', '2025-03-15 12:02:00+00');

-- Data for Name: quota_ledger; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.quota_ledger VALUES
	('01a22d99-794b-7403-a4d9-9553dbc88e28', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'grant', 6, '01a22d99-7942-76a7-b903-1218687b0204', '2026-01-30 17:56:02.412017+00'),
	('01a22d99-7990-71c5-9b5f-d8ea4bbc3db2', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'consume', 1, '01a22d99-742c-73a2-9601-3003ac05fd6f', '2026-01-30 17:56:02.412017+00'),
	('01a22d99-7990-71c5-9b5f-d8eb61abd252', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'consume', 1, '01a22d99-7484-720a-b7af-378ce47bc3e0', '2026-01-30 17:56:02.412017+00'),
	('01a22d99-7990-71c5-9b5f-d8ec0da35d06', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'consume', 1, '01a22d99-74d8-71e7-8910-d21a114f8cbd', '2026-01-30 17:56:02.412017+00'),
	('01a22d99-7990-71c5-9b5f-d8edb000c2c3', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'consume', 1, '01a22d99-754c-75ab-b44a-f1e82340a18a', '2026-01-30 17:56:02.412017+00'),
	('01a22d99-7990-71c5-9b5f-d8eeaed2cfb3', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'consume', 1, '01a22d99-76ad-7437-ab8f-53d2e9952c71', '2026-01-30 17:56:02.412017+00'),
	('01a22d99-7990-71c5-9b5f-d8ef52f82be8', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'consume', 1, '01a22d99-7704-723e-9b86-d1fdc9a15513', '2026-01-30 17:56:02.412017+00'),
	('01a22d99-9792-79c5-8a9f-3ddfd5e5bc42', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'refund', 1, '01a22d99-754c-75ab-b44a-f1e82340a18a', '2026-01-30 17:56:10.204957+00'),
	('01a22d99-ad93-77dd-a7b0-ecc0349f4229', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'consume', 1, '01a22d99-a9ed-7045-a96f-3be3ce158452', '2026-01-30 17:56:15.76999+00'),
	('01a22d99-ad93-77dd-a7b0-ecc1f6a7105b', '01a22d99-ab99-7684-8081-4718decf7c28', '01a22d99-ad4c-710a-914b-43b1e6ee419f', 'consume', 1, '01a22d99-acb5-742e-9492-f5ebd685a985', '2026-01-30 17:56:15.76999+00'),
	('01a22d99-b11f-76ec-824f-feef1e1cfa67', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7942-76a7-b903-1218687b0204', 'grant', 2, 'a752e6aa-731b-5caf-b781-43729b056bff', '2026-01-30 17:56:16.732368+00');

-- Data for Name: quota_periods; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.quota_periods VALUES
	('01a22d99-ad4c-710a-914b-43b1e6ee419f', '01a22d99-ab99-7684-8081-4718decf7c28', '2026-01-15 03:00:00+00', '2026-02-15 03:00:00+00', NULL, 1, 0),
	('01a22d99-7942-76a7-b903-1218687b0204', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '2026-01-15 03:00:00+00', '2026-02-15 03:00:00+00', 8, 6, 0);

-- Data for Name: rating_messages; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.rating_messages VALUES
	('01a22d99-b2ab-7d13-8462-be30ab78d120', '01a22d99-ac4a-7242-88f4-473f00adf48a', '2026-01-30 17:56:17.188427+00');

-- Data for Name: ratings; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.ratings VALUES
	('01a22d99-7387-70c3-b4ae-7bbc595a57b0', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-7279-74b9-bd42-9472b03cd5a4', 'correct', 'No dice nada de zapatilla', 'Sí, tenemos zapatilla.', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'none', NULL, '2026-01-30 17:56:00.976124+00', '2026-01-30 17:56:00.976124+00'),
	('01a22d99-742c-73a2-9601-3003ac05fd6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-727a-7686-85db-0c20a39fbe45', 'improvable', 'No dice nada de zapatilla', 'Sí, tenemos zapatilla.', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'ticketed', NULL, '2026-01-30 17:56:01.180211+00', '2026-01-30 17:56:01.180211+00'),
	('01a22d99-7484-720a-b7af-378ce47bc3e0', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-727a-7686-85db-0c21ac805057', 'incorrect', 'No dice nada de zapatilla', 'Sí, tenemos zapatilla.', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'ticketed', NULL, '2026-01-30 17:56:01.272121+00', '2026-01-30 17:56:01.272121+00'),
	('01a22d99-74d8-71e7-8910-d21a114f8cbd', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-727a-7686-85db-0c227b46d311', 'incorrect', 'No dice nada de zapatilla', 'Sí, tenemos zapatilla.', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'ticketed', NULL, '2026-01-30 17:56:01.343226+00', '2026-01-30 17:56:01.343226+00'),
	('01a22d99-a9ed-7045-a96f-3be3ce158452', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-a993-7451-8b5f-d51d5261f4f1', 'incorrect', 'No dice cómo se cambian', 'Sí, tenemos el talle 0.', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'ticketed', NULL, '2026-01-30 17:56:14.939787+00', '2026-01-30 17:56:14.939787+00'),
	('01a22d99-acb5-742e-9492-f5ebd685a985', '01a22d99-ab99-7684-8081-4718decf7c28', '01a22d99-ac4a-7242-88f4-473f00adf48a', 'improvable', 'Depende de la provincia', 'Dos días hábiles.', '01a22d99-ab99-7684-8081-471978ff2bc9', 'ticketed', NULL, '2026-01-30 17:56:15.652244+00', '2026-01-30 17:56:15.652244+00'),
	('01a22d99-aa56-7605-8673-3dbaf0f38085', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-a994-7343-964a-1adfeb3c3bdb', 'incorrect', 'No dice cómo se cambian', 'Sí, tenemos el talle 1.', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 'parked', 'quota_exhausted', '2026-01-30 17:56:15.043956+00', '2026-01-30 17:56:15.043956+00'),
	('01a22d99-ab5c-71e5-a695-983e87f0b14f', '01a22d99-aa8e-7042-b811-2b4058bf20ef', '01a22d99-ab09-7773-a0cf-561dc0838617', 'incorrect', 'Falta el envío', 'Sí, tenemos el talle 0.', '01a22d99-aa8e-7042-b811-2b419d76c585', 'parked', 'plan_without_tickets', '2026-01-30 17:56:15.305228+00', '2026-01-30 17:56:15.305228+00'),
	('01a22d99-b188-7741-88f5-d83549f4bff9', '01a22d99-ab99-7684-8081-4718decf7c28', '01a22d99-ac5a-7192-b5e5-27644812e327', 'incorrect', 'El envío demora una semana', 'Dos días hábiles.', '01a22d99-ab99-7684-8081-471978ff2bc9', 'pending', NULL, '2026-01-30 17:56:16.896161+00', '2026-01-30 17:56:16.896161+00'),
	('01a22d99-b24a-76fb-80ae-559bb1989ee5', '01a22d99-ab99-7684-8081-4718decf7c28', '01a22d99-ac5a-7192-b5e5-276530c9dde4', 'incorrect', 'Nadie contesta', 'Dos días hábiles.', '01a22d99-ab99-7684-8081-471978ff2bc9', 'pending', NULL, '2026-01-30 17:56:17.09165+00', '2026-01-30 17:56:17.09165+00');

-- Data for Name: refused_addresses; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.refused_addresses VALUES
	('nadie@example.org', '550 No such user', '2026-01-30 17:56:17.164053+00');

-- Data for Name: stores; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.stores VALUES
	('59fb6bd4-da7c-570b-9bcc-78f683500889', 'Percha Lunar', 'crecimiento', 'America/Argentina/Cordoba', '2024-05-31', '2026-01-30 17:55:58.239796+00', NULL, NULL),
	('0fbb0593-be2e-5912-b117-f4c7f728ff0a', 'Ñandú Autopartes', 'ilimitado', 'America/Argentina/Buenos_Aires', '2023-10-15', '2026-01-30 17:55:58.239796+00', NULL, NULL),
	('3aca436c-2a42-5aca-8152-a1ef5d18e101', 'Café Tres Neblinas', 'inicial', 'America/Bogota', '2025-07-09', '2026-01-30 17:55:58.239796+00', NULL, NULL),
	('282b78c3-9304-5aa1-b109-5f3d2f48abba', 'Nogal y Hebra', 'esencial', 'Europe/Madrid', '2025-03-30', '2026-01-30 17:55:58.239796+00', NULL, NULL),
	('01a22d99-71ac-711f-86d1-ddbce4f976f2', 'Tienda 01a22d99-71ac-711f-86d1-ddbce4f976f2', 'plan-01a22d99-71ab-74fc-8081-aa2c25f03b7d', 'America/Argentina/Buenos_Aires', '2025-03-15', '2025-03-15 12:00:00+00', NULL, NULL),
	('01a22d99-aa8e-7042-b811-2b4058bf20ef', 'Tienda 01a22d99-aa8e-7042-b811-2b4058bf20ef', 'plan-01a22d99-aa8e-7042-b811-2b3f94dac3e1', 'America/Argentina/Buenos_Aires', '2025-03-15', '2025-03-15 12:00:00+00', NULL, NULL),
	('01a22d99-ab99-7684-8081-4718decf7c28', 'Tienda 01a22d99-ab99-7684-8081-4718decf7c28', 'plan-01a22d99-ab99-7684-8081-4717893f31b8', 'America/Argentina/Buenos_Aires', '2025-03-15', '2025-03-15 12:00:00+00', NULL, NULL);

-- Data for Name: ticket_counters; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.ticket_counters VALUES
	('01a22d99-71ac-711f-86d1-ddbce4f976f2', 10),
	('01a22d99-ab99-7684-8081-4718decf7c28', 2);

-- Data for Name: ticket_documents; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.ticket_documents VALUES
	('01a22d99-7764-7124-98fd-8f46e22e8742', '''3'' ''4'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''buscador'' ''encuentr'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''zapatill'''),
	('01a22d99-77de-75e2-87b5-c24642edcb5a', '''4'' ''5'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''buscador'' ''encuentr'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''zapatill'''),
	('01a22d99-7844-74ed-8692-a1fc13d26c79', '''5'' ''6'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''buscador'' ''encuentr'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''zapatill'''),
	('01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '''8'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''dic'' ''graci'' ''i:dat'' ''i:pregunt'' ''i:zapatill'' ''mir'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''si'' ''zapatill'''),
	('01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '''7'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''dic'' ''graci'' ''i:dat'' ''i:pregunt'' ''i:zapatill'' ''mir'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''si'' ''zapatill'''),
	('01a22d99-754c-75ab-b44a-f1e82340a18a', '''0'' ''1'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''buscador'' ''encuentr'' ''graci'' ''i:dat'' ''i:pregunt'' ''i:zapatill'' ''mir'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''zapatill'''),
	('01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '''9'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''dic'' ''graci'' ''i:dat'' ''i:pregunt'' ''i:zapatill'' ''mir'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''si'' ''zapatill'''),
	('01a22d99-76ad-7437-ab8f-53d2e9952c71', '''1'' ''2'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''buscador'' ''encuentr'' ''graci'' ''i:dat'' ''i:pregunt'' ''i:zapatill'' ''mir'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''zapatill'''),
	('01a22d99-7704-723e-9b86-d1fdc9a15513', '''2'' ''3'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''buscador'' ''encuentr'' ''graci'' ''i:dat'' ''i:pregunt'' ''i:zapatill'' ''mir'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''zapatill'''),
	('01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', '''0'' ''10'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''cambi'' ''dic'' ''s:01a22d99-71ac-711f-86d1-ddbce4f976f2'' ''si'' ''tall'' ''zapatill'''),
	('01a22d99-ae23-7242-aeb7-b3f085607626', '''1'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''cuant'' ''demor'' ''depend'' ''dia'' ''dos'' ''envi'' ''habil'' ''provinci'' ''s:01a22d99-ab99-7684-8081-4718decf7c28'' ''zapatill'''),
	('01a22d99-b1df-7775-ae32-24907c9daeed', '''2'' ''a0:491609'' ''a1:122902'' ''a2:30725'' ''a3:7681'' ''a4:1920'' ''a5:480'' ''a6:120'' ''envi'' ''lleg'' ''s:01a22d99-ab99-7684-8081-4718decf7c28''');

-- Data for Name: ticket_reads; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.ticket_reads VALUES
	('01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4),
	('01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4),
	('01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4),
	('01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4),
	('01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4),
	('01a22d99-7181-76d3-a251-9e22666beb2f', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3),
	('01a22d99-71ac-711f-86d1-ddbd1ee09f39', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4);

-- Data for Name: tickets; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.tickets VALUES
	('01a22d99-7764-7124-98fd-8f46e22e8742', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 4, 'generic', 'improvable', 'parked', 'quota_exhausted', NULL, NULL, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 1, 1, 2, NULL, NULL, NULL, '2026-01-30 17:56:02.02094+00', '2026-01-30 17:56:02.02094+00', NULL),
	('01a22d99-77de-75e2-87b5-c24642edcb5a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 5, 'generic', 'improvable', 'parked', 'quota_exhausted', NULL, NULL, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 1, 1, 2, NULL, NULL, NULL, '2026-01-30 17:56:02.142122+00', '2026-01-30 17:56:02.142122+00', NULL),
	('01a22d99-7844-74ed-8692-a1fc13d26c79', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 6, 'generic', 'improvable', 'parked', 'quota_exhausted', NULL, NULL, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 1, 1, 2, NULL, NULL, NULL, '2026-01-30 17:56:02.244289+00', '2026-01-30 17:56:02.244289+00', NULL),
	('01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 8, 'question', 'incorrect', 'open', NULL, '01a22d99-7484-720a-b7af-378ce47bc3e0', '01a22d99-727a-7686-85db-0c21ac805057', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 4, 4, 3, NULL, NULL, NULL, '2026-01-30 17:56:02.836376+00', '2026-01-30 17:56:06.957183+00', NULL),
	('01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 7, 'question', 'improvable', 'open', NULL, '01a22d99-742c-73a2-9601-3003ac05fd6f', '01a22d99-727a-7686-85db-0c20a39fbe45', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 4, 4, 3, NULL, NULL, NULL, '2026-01-30 17:56:02.836376+00', '2026-01-30 17:56:07.472595+00', NULL),
	('01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, 'generic', 'improvable', 'closed', NULL, NULL, NULL, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 4, 4, 5, NULL, 'wrong_reasoning', 'zapatilla', '2026-01-30 17:56:01.484509+00', '2026-01-30 17:56:09.740488+00', '2026-01-30 17:56:09.740488+00'),
	('01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 9, 'question', 'incorrect', 'in_progress', NULL, '01a22d99-74d8-71e7-8910-d21a114f8cbd', '01a22d99-727a-7686-85db-0c227b46d311', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 4, 4, 5, '01a22d99-7181-76d3-a251-9e22666beb2f', NULL, NULL, '2026-01-30 17:56:02.836376+00', '2026-01-30 17:56:11.353247+00', NULL),
	('01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 2, 'generic', 'improvable', 'answered', NULL, NULL, NULL, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 4, 4, 5, NULL, NULL, NULL, '2026-01-30 17:56:01.837903+00', '2026-01-30 17:56:11.649508+00', NULL),
	('01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 3, 'generic', 'improvable', 'closed', NULL, NULL, NULL, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 4, 4, 5, NULL, 'answer_was_right', 'La zapatilla está.', '2026-01-30 17:56:01.92449+00', '2026-01-30 17:56:12.058302+00', '2026-01-30 17:56:12.058302+00'),
	('01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 10, 'question', 'incorrect', 'open', NULL, '01a22d99-a9ed-7045-a96f-3be3ce158452', '01a22d99-a993-7451-8b5f-d51d5261f4f1', '01a22d99-71ac-711f-86d1-ddbd1ee09f39', 1, 1, 1, NULL, NULL, NULL, '2026-01-30 17:56:16.006122+00', '2026-01-30 17:56:16.006122+00', NULL),
	('01a22d99-ae23-7242-aeb7-b3f085607626', '01a22d99-ab99-7684-8081-4718decf7c28', 1, 'question', 'improvable', 'open', NULL, '01a22d99-acb5-742e-9492-f5ebd685a985', '01a22d99-ac4a-7242-88f4-473f00adf48a', '01a22d99-ab99-7684-8081-471978ff2bc9', 1, 1, 1, NULL, NULL, NULL, '2026-01-30 17:56:16.006122+00', '2026-01-30 17:56:16.006122+00', NULL),
	('01a22d99-b1df-7775-ae32-24907c9daeed', '01a22d99-ab99-7684-8081-4718decf7c28', 2, 'generic', 'incorrect', 'pending', NULL, NULL, NULL, '01a22d99-ab99-7684-8081-471978ff2bc9', 1, 1, 1, NULL, NULL, NULL, '2026-01-30 17:56:16.991275+00', '2026-01-30 17:56:16.991275+00', NULL);

-- Data for Name: timeline; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.timeline VALUES
	('01a22d99-7568-7112-bb44-8800d71d43f8', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'requested', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:01.484509+00'),
	('01a22d99-76ae-77a0-971b-d80183cf1fd8', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'requested', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:01.837903+00'),
	('01a22d99-770b-7567-aae1-9b83041a1337', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'requested', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:01.92449+00'),
	('01a22d99-776f-762a-ad2d-a9806b9149ab', '01a22d99-7764-7124-98fd-8f46e22e8742', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'requested', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.02094+00'),
	('01a22d99-77e0-7266-8422-2cc8b2086eb1', '01a22d99-77de-75e2-87b5-c24642edcb5a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'requested', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.142122+00'),
	('01a22d99-784a-718e-9f04-d0927fbe45e6', '01a22d99-7844-74ed-8692-a1fc13d26c79', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'requested', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.244289+00'),
	('01a22d99-7b27-754c-a39f-b28f3e5e2ac6', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'opened', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-7b27-754c-a39f-b290977e6413', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'opened', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-7b27-754c-a39f-b291f3da284c', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'opened', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-7b27-754c-a39f-b292e3647745', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'opened', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-7b27-754c-a39f-b2936984cca3', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'opened', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-7b27-754c-a39f-b2949e0f1a8c', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'opened', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:02.836376+00'),
	('01a22d99-7b6c-73fe-9b0a-628948b63e87', '01a22d99-7764-7124-98fd-8f46e22e8742', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'parked', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"reason": "quota_exhausted"}', '2026-01-30 17:56:03.040247+00'),
	('01a22d99-7b6c-73fe-9b0a-628aa1a8422d', '01a22d99-77de-75e2-87b5-c24642edcb5a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'parked', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"reason": "quota_exhausted"}', '2026-01-30 17:56:03.040247+00'),
	('01a22d99-7b6c-73fe-9b0a-628b5ed1363f', '01a22d99-7844-74ed-8692-a1fc13d26c79', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'parked', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"reason": "quota_exhausted"}', '2026-01-30 17:56:03.040247+00'),
	('01a22d99-89a4-7480-8044-a14d1b404ce5', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"status": "answered"}', '2026-01-30 17:56:06.645458+00'),
	('01a22d99-8a6d-7619-9af7-a081b589c072', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'noted', true, '01a22d99-7181-76d3-a251-9e22666beb2f', '{}', '2026-01-30 17:56:06.856169+00'),
	('01a22d99-8add-7630-8885-82bb071b3fde', '01a22d99-7ab7-76a7-b4eb-b31cd5b59f57', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"status": "open"}', '2026-01-30 17:56:06.957183+00'),
	('01a22d99-8be0-718d-b017-0f199920c024', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"status": "answered"}', '2026-01-30 17:56:07.244069+00'),
	('01a22d99-8c65-7711-8cc7-6bcdb1fad00d', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'noted', true, '01a22d99-7181-76d3-a251-9e22666beb2f', '{}', '2026-01-30 17:56:07.372941+00'),
	('01a22d99-8cd0-74db-8941-bd251a521003', '01a22d99-7ab7-76a7-b4eb-b31b11ad8c3f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"status": "open"}', '2026-01-30 17:56:07.472595+00'),
	('01a22d99-8e80-7448-8dba-167b8ec3ef47', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'noted', true, '01a22d99-7181-76d3-a251-9e22666beb2f', '{}', '2026-01-30 17:56:07.903831+00'),
	('01a22d99-8df7-75b2-a35f-e52681373973', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"status": "answered"}', '2026-01-30 17:56:07.742423+00'),
	('01a22d99-8edc-71ea-88f6-42658d5c82ce', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"status": "open"}', '2026-01-30 17:56:07.994562+00'),
	('01a22d99-8fa7-7405-83ec-748b8b4edb48', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"status": "answered"}', '2026-01-30 17:56:08.201722+00'),
	('01a22d99-9018-760c-b9c5-0e92fc190efa', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'noted', true, '01a22d99-7181-76d3-a251-9e22666beb2f', '{}', '2026-01-30 17:56:08.324599+00'),
	('01a22d99-9084-702e-a469-68b2d730ffa9', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"status": "open"}', '2026-01-30 17:56:08.410624+00'),
	('01a22d99-9196-77f2-bae2-fb5e06d5c079', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"status": "answered"}', '2026-01-30 17:56:08.700984+00'),
	('01a22d99-9210-75b3-a301-cb81ae89b45b', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'noted', true, '01a22d99-7181-76d3-a251-9e22666beb2f', '{}', '2026-01-30 17:56:08.823552+00'),
	('01a22d99-9270-700c-aecc-0b03527f7748', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"status": "open"}', '2026-01-30 17:56:08.907972+00'),
	('01a22d99-9332-748f-b6d6-15225b48d222', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"status": "answered"}', '2026-01-30 17:56:09.107886+00'),
	('01a22d99-93b9-7707-86ac-b09132978ac9', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'noted', true, '01a22d99-7181-76d3-a251-9e22666beb2f', '{}', '2026-01-30 17:56:09.245805+00'),
	('01a22d99-9499-7465-ab93-d440a2bfa987', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'replied', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{"status": "open"}', '2026-01-30 17:56:09.452081+00'),
	('01a22d99-95a8-7705-a4bb-1721b24f311b', '01a22d99-754c-75ab-b44a-f1e82340a18a', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'closed', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"cause": "wrong_reasoning", "resolution": "zapatilla"}', '2026-01-30 17:56:09.740488+00'),
	('01a22d99-9c12-771f-941b-2c75de37e512', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'assigned', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"to": {"id": "01a22d99-7181-76d3-a251-9e22666beb2f", "name": "Persona 01a22d99-7181-76d3-a251-9e22666beb2f"}, "from": null}', '2026-01-30 17:56:11.353247+00'),
	('01a22d99-9c4c-733b-b13e-9ae5638ddeab', '01a22d99-7ab7-76a7-b4eb-b31d9ea60d6f', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'status', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"to": "in_progress", "from": "open"}', '2026-01-30 17:56:11.353247+00'),
	('01a22d99-9d0b-74ee-96c5-3d00bb1f9af5', '01a22d99-76ad-7437-ab8f-53d2e9952c71', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'status', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"to": "answered", "from": "open"}', '2026-01-30 17:56:11.649508+00'),
	('01a22d99-9eac-71d0-85c7-8643894a6311', '01a22d99-7704-723e-9b86-d1fdc9a15513', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'closed', false, '01a22d99-7181-76d3-a251-9e22666beb2f', '{"cause": "answer_was_right", "resolution": "La zapatilla está."}', '2026-01-30 17:56:12.058302+00'),
	('01a22d99-ae7a-721f-b565-475fb738371a', '01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'opened', false, '01a22d99-71ac-711f-86d1-ddbd1ee09f39', '{}', '2026-01-30 17:56:16.006122+00'),
	('01a22d99-ae7a-721f-b565-47607c353eee', '01a22d99-ae23-7242-aeb7-b3f085607626', '01a22d99-ab99-7684-8081-4718decf7c28', 'opened', false, '01a22d99-ab99-7684-8081-471978ff2bc9', '{}', '2026-01-30 17:56:16.006122+00'),
	('01a22d99-b1e8-72ef-a20b-e8bf42df5df4', '01a22d99-b1df-7775-ae32-24907c9daeed', '01a22d99-ab99-7684-8081-4718decf7c28', 'requested', false, '01a22d99-ab99-7684-8081-471978ff2bc9', '{}', '2026-01-30 17:56:16.991275+00');

-- Data for Name: webhook_attempts; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.webhook_attempts VALUES
	('01a22d99-99d6-7455-bb22-f75d8ff9837b', '01a22d99-9993-715b-86c6-ea1c75529060', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '2025-03-15 12:00:00+00', 40, 200, NULL, 'zapatilla'),
	('01a22d99-b056-76f3-b5d4-069d6af1fe6a', '01a22d99-af54-7a07-b0f0-4247a0848453', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '2026-01-30 17:56:16.548818+00', 49, NULL, 'gaierror: [Errno -2] Name or service not known', ''),
	('01a22d99-b315-72a1-ada3-4deeb2d0e362', '01a22d99-b2f8-761a-bf2d-79c63bcc2ed9', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '2026-01-30 17:56:17.161594+00', 12, 500, NULL, 'Internal Server Error'),
	('01a22d99-b33f-75e6-8a8d-1974149ea44b', '01a22d99-b326-709d-9460-2770495f0990', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 1, '2026-01-30 17:56:17.161594+00', 12, 500, NULL, 'Internal Server Error');

-- Data for Name: webhook_deliveries; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.webhook_deliveries VALUES
	('01a22d99-9993-715b-86c6-ea1c75529060', '01a22d99-993d-706e-a465-45ece35e1eac', '01a22d99-71ac-711f-86d1-ddbce4f976f2', NULL, 'ticket.opened', '{"told": "zapatilla"}', 'sent', NULL, 0, 0, '2025-03-15 12:00:00+00', '2025-03-15 12:00:00+00', NULL, '2025-03-15 12:00:00+00', ''),
	('01a22d99-af54-7a07-b0f0-4247a0848453', '01a22d99-993d-706e-a465-45ece35e1eac', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-ae23-7242-aeb7-b3ef9f36a9f7', 'ticket.opened', '{"type":"ticket.opened","timestamp":"2026-01-30T17:56:16.239929Z","data":{"store_id":"01a22d99-71ac-711f-86d1-ddbce4f976f2","ticket_id":"01a22d99-ae23-7242-aeb7-b3ef9f36a9f7","number":10,"actor_id":"01a22d99-71ac-711f-86d1-ddbd1ee09f39"}}', 'waiting', NULL, 1, 1, '2026-01-30 17:56:16.239929+00', '2026-01-30 17:56:21.844231+00', NULL, NULL, '01a22d99-a9c2-77e8-8f87-f8b7c05d42d0'),
	('01a22d99-b2f8-761a-bf2d-79c63bcc2ed9', '01a22d99-993d-706e-a465-45ece35e1eac', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.opened', '{"type":"ticket.opened"}', 'waiting', NULL, 1, 1, '2026-01-30 17:56:17.161594+00', '2026-01-30 18:01:17.161594+00', NULL, NULL, ''),
	('01a22d99-b326-709d-9460-2770495f0990', '01a22d99-993d-706e-a465-45ece35e1eac', '01a22d99-71ac-711f-86d1-ddbce4f976f2', '01a22d99-76ad-7437-ab8f-53d2e9952c71', 'ticket.opened', '{"type":"ticket.opened"}', 'failed', 'answer', 1, 1, '2026-01-30 17:56:17.161594+00', '2026-01-30 18:01:17.161594+00', NULL, '2026-01-30 17:56:17.161594+00', '');

-- Data for Name: webhook_endpoints; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.webhook_endpoints VALUES
	('01a22d99-993d-706e-a465-45ece35e1eac', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'https://hooks.example.com/botmeni', '', '{ticket.opened}', true, '2026-01-30 17:56:16.651955+00', NULL, NULL, NULL, '2026-01-30 17:56:10.581449+00', '2026-01-30 17:56:10.581449+00');

-- Data for Name: webhook_secrets; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.webhook_secrets VALUES
	('01a22d99-996b-77c8-8555-5a9eb1a08b7d', '01a22d99-993d-706e-a465-45ece35e1eac', '01a22d99-71ac-711f-86d1-ddbce4f976f2', 'whsec_c2VjcmV0', '2026-01-30 17:56:10.581449+00', NULL);

-- Name: outbox_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -

SELECT pg_catalog.setval('public.outbox_id_seq', 79, true);

-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

-- Name: attachments pk_attachments; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT pk_attachments PRIMARY KEY (id);

-- Name: audit_log pk_audit_log; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT pk_audit_log PRIMARY KEY (id);

-- Name: canned_replies pk_canned_replies; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.canned_replies
    ADD CONSTRAINT pk_canned_replies PRIMARY KEY (id);

-- Name: causes pk_causes; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.causes
    ADD CONSTRAINT pk_causes PRIMARY KEY (code);

-- Name: email_deliveries pk_email_deliveries; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.email_deliveries
    ADD CONSTRAINT pk_email_deliveries PRIMARY KEY (id);

-- Name: heartbeats pk_heartbeats; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.heartbeats
    ADD CONSTRAINT pk_heartbeats PRIMARY KEY (queue);

-- Name: idempotency_keys pk_idempotency_keys; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT pk_idempotency_keys PRIMARY KEY (person_id, route, key);

-- Name: messages pk_messages; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT pk_messages PRIMARY KEY (id);

-- Name: notification_preferences pk_notification_preferences; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT pk_notification_preferences PRIMARY KEY (person_id, topic, channel);

-- Name: notification_skips pk_notification_skips; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notification_skips
    ADD CONSTRAINT pk_notification_skips PRIMARY KEY (id);

-- Name: notifications pk_notifications; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT pk_notifications PRIMARY KEY (id);

-- Name: outbox pk_outbox; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);

-- Name: people pk_people; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.people
    ADD CONSTRAINT pk_people PRIMARY KEY (id);

-- Name: plans pk_plans; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.plans
    ADD CONSTRAINT pk_plans PRIMARY KEY (code);

-- Name: questions pk_questions; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.questions
    ADD CONSTRAINT pk_questions PRIMARY KEY (id);

-- Name: quota_ledger pk_quota_ledger; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.quota_ledger
    ADD CONSTRAINT pk_quota_ledger PRIMARY KEY (id);

-- Name: quota_periods pk_quota_periods; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.quota_periods
    ADD CONSTRAINT pk_quota_periods PRIMARY KEY (id);

-- Name: rating_messages pk_rating_messages; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.rating_messages
    ADD CONSTRAINT pk_rating_messages PRIMARY KEY (id);

-- Name: ratings pk_ratings; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT pk_ratings PRIMARY KEY (id);

-- Name: refused_addresses pk_refused_addresses; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.refused_addresses
    ADD CONSTRAINT pk_refused_addresses PRIMARY KEY (address);

-- Name: stores pk_stores; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.stores
    ADD CONSTRAINT pk_stores PRIMARY KEY (id);

-- Name: ticket_counters pk_ticket_counters; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ticket_counters
    ADD CONSTRAINT pk_ticket_counters PRIMARY KEY (store_id);

-- Name: ticket_documents pk_ticket_documents; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ticket_documents
    ADD CONSTRAINT pk_ticket_documents PRIMARY KEY (ticket_id);

-- Name: ticket_reads pk_ticket_reads; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ticket_reads
    ADD CONSTRAINT pk_ticket_reads PRIMARY KEY (person_id, ticket_id);

-- Name: tickets pk_tickets; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT pk_tickets PRIMARY KEY (id);

-- Name: timeline pk_timeline; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.timeline
    ADD CONSTRAINT pk_timeline PRIMARY KEY (id);

-- Name: webhook_attempts pk_webhook_attempts; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.webhook_attempts
    ADD CONSTRAINT pk_webhook_attempts PRIMARY KEY (id);

-- Name: webhook_deliveries pk_webhook_deliveries; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT pk_webhook_deliveries PRIMARY KEY (id);

-- Name: webhook_endpoints pk_webhook_endpoints; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT pk_webhook_endpoints PRIMARY KEY (id);

-- Name: webhook_secrets pk_webhook_secrets; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.webhook_secrets
    ADD CONSTRAINT pk_webhook_secrets PRIMARY KEY (id);

-- Name: messages uq_messages_ticket_id_position; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT uq_messages_ticket_id_position UNIQUE (ticket_id, "position");

-- Name: quota_ledger uq_quota_ledger_subject_id_kind; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.quota_ledger
    ADD CONSTRAINT uq_quota_ledger_subject_id_kind UNIQUE (subject_id, kind);

-- Name: quota_periods uq_quota_periods_store_id_starts_at; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.quota_periods
    ADD CONSTRAINT uq_quota_periods_store_id_starts_at UNIQUE (store_id, starts_at);

-- Name: ratings uq_ratings_question_id; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT uq_ratings_question_id UNIQUE (question_id);

-- Name: tickets uq_tickets_rating_id; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT uq_tickets_rating_id UNIQUE (rating_id);

-- Name: tickets uq_tickets_store_id_number; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT uq_tickets_store_id_number UNIQUE (store_id, number);

-- Name: ix_attachments_loose; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_attachments_loose ON public.attachments USING btree (created_at) WHERE (tied_at IS NULL);

-- Name: ix_attachments_message_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_attachments_message_id ON public.attachments USING btree (message_id) WHERE (message_id IS NOT NULL);

-- Name: ix_attachments_pending; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_attachments_pending ON public.attachments USING btree (created_at) WHERE ((status)::text = 'pending'::text);

-- Name: ix_attachments_rating_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_attachments_rating_id ON public.attachments USING btree (rating_id) WHERE (rating_id IS NOT NULL);

-- Name: ix_attachments_store_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_attachments_store_id ON public.attachments USING btree (store_id) INCLUDE (stored_bytes);

-- Name: ix_attachments_ticket_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_attachments_ticket_id ON public.attachments USING btree (ticket_id) WHERE (ticket_id IS NOT NULL);

-- Name: ix_attachments_uploaded_by; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_attachments_uploaded_by ON public.attachments USING btree (uploaded_by);

-- Name: ix_audit_log_created_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_audit_log_created_at_id ON public.audit_log USING btree (created_at, id);

-- Name: ix_email_deliveries_ticket_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_email_deliveries_ticket_id ON public.email_deliveries USING btree (ticket_id);

-- Name: ix_email_deliveries_waiting; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_email_deliveries_waiting ON public.email_deliveries USING btree (person_id) WHERE ((outcome)::text = 'waiting'::text);

-- Name: ix_idempotency_keys_created_at; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_idempotency_keys_created_at ON public.idempotency_keys USING btree (created_at);

-- Name: ix_notification_skips_ticket_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_notification_skips_ticket_id ON public.notification_skips USING btree (ticket_id);

-- Name: ix_notifications_person_id_updated_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_notifications_person_id_updated_at_id ON public.notifications USING btree (person_id, updated_at, id);

-- Name: ix_notifications_ticket_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_notifications_ticket_id ON public.notifications USING btree (ticket_id);

-- Name: ix_outbox_dead; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_outbox_dead ON public.outbox USING btree (dead_at, id) WHERE (dead_at IS NOT NULL);

-- Name: ix_outbox_dead_consumer; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_outbox_dead_consumer ON public.outbox USING btree (consumer) WHERE (dead_at IS NOT NULL);

-- Name: ix_outbox_due; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_outbox_due ON public.outbox USING btree (consumer, available_at) WHERE (dead_at IS NULL);

-- Name: ix_people_store_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_people_store_id ON public.people USING btree (store_id);

-- Name: ix_questions_store_id_origin_asked_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_questions_store_id_origin_asked_at_id ON public.questions USING btree (store_id, origin, asked_at, id);

-- Name: ix_quota_ledger_store_id_created_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_quota_ledger_store_id_created_at_id ON public.quota_ledger USING btree (store_id, created_at, id);

-- Name: ix_rating_messages_question_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_rating_messages_question_id ON public.rating_messages USING btree (question_id);

-- Name: ix_stores_lower_name_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_stores_lower_name_id ON public.stores USING btree (lower(name), id);

-- Name: ix_ticket_documents_document; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_ticket_documents_document ON public.ticket_documents USING gin (document) WITH (gin_pending_list_limit='512');

-- Name: ix_ticket_reads_ticket_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_ticket_reads_ticket_id ON public.ticket_reads USING btree (ticket_id);

-- Name: ix_tickets_assignee_id_status_last_activity_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_tickets_assignee_id_status_last_activity_at_id ON public.tickets USING btree (assignee_id, status, last_activity_at, id) INCLUDE (store_id) WHERE (assignee_id IS NOT NULL);

-- Name: ix_tickets_last_activity_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_tickets_last_activity_at_id ON public.tickets USING btree (last_activity_at, id);

-- Name: ix_tickets_number_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_tickets_number_id ON public.tickets USING btree (number, id);

-- Name: ix_tickets_question_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_tickets_question_id ON public.tickets USING btree (question_id) WHERE (question_id IS NOT NULL);

-- Name: ix_tickets_status_last_activity_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_tickets_status_last_activity_at_id ON public.tickets USING btree (status, last_activity_at, id) INCLUDE (store_id);

-- Name: ix_tickets_store_id_last_activity_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_tickets_store_id_last_activity_at_id ON public.tickets USING btree (store_id, last_activity_at, id);

-- Name: ix_tickets_store_id_status_last_activity_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_tickets_store_id_status_last_activity_at_id ON public.tickets USING btree (store_id, status, last_activity_at, id);

-- Name: ix_timeline_ticket_id_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_timeline_ticket_id_id ON public.timeline USING btree (ticket_id, id);

-- Name: ix_webhook_attempts_delivery_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_webhook_attempts_delivery_id ON public.webhook_attempts USING btree (delivery_id);

-- Name: ix_webhook_deliveries_endpoint_id_created_at_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_webhook_deliveries_endpoint_id_created_at_id ON public.webhook_deliveries USING btree (endpoint_id, created_at, id);

-- Name: ix_webhook_deliveries_sending; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_webhook_deliveries_sending ON public.webhook_deliveries USING btree (endpoint_id) WHERE ((outcome)::text = 'sending'::text);

-- Name: ix_webhook_deliveries_ticket_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_webhook_deliveries_ticket_id ON public.webhook_deliveries USING btree (ticket_id);

-- Name: ix_webhook_endpoints_store_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_webhook_endpoints_store_id ON public.webhook_endpoints USING btree (store_id);

-- Name: ix_webhook_secrets_endpoint_id; Type: INDEX; Schema: public; Owner: -

CREATE INDEX ix_webhook_secrets_endpoint_id ON public.webhook_secrets USING btree (endpoint_id);

-- Name: uq_email_deliveries_to_fold_into; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX uq_email_deliveries_to_fold_into ON public.email_deliveries USING btree (person_id, ticket_id) WHERE (((outcome)::text = 'waiting'::text) AND (attempts = 0));

-- Name: uq_notifications_unread_per_ticket; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX uq_notifications_unread_per_ticket ON public.notifications USING btree (person_id, ticket_id) WHERE (read_at IS NULL);

-- Name: audit_log append_only; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION public.audit_log_is_append_only();

-- Name: tickets search_dated; Type: TRIGGER; Schema: public; Owner: -

CREATE CONSTRAINT TRIGGER search_dated AFTER UPDATE OF last_activity_at ON public.tickets DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.last_activity_at IS DISTINCT FROM new.last_activity_at)) EXECUTE FUNCTION public.search_date_ticket();

-- Name: attachments fk_attachments_message_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT fk_attachments_message_id FOREIGN KEY (message_id) REFERENCES public.messages(id);

-- Name: attachments fk_attachments_rating_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT fk_attachments_rating_id FOREIGN KEY (rating_id) REFERENCES public.ratings(id);

-- Name: attachments fk_attachments_store_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT fk_attachments_store_id FOREIGN KEY (store_id) REFERENCES public.stores(id);

-- Name: attachments fk_attachments_ticket_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT fk_attachments_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets(id);

-- Name: attachments fk_attachments_uploaded_by; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT fk_attachments_uploaded_by FOREIGN KEY (uploaded_by) REFERENCES public.people(id);

-- Name: canned_replies fk_canned_replies_updated_by; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.canned_replies
    ADD CONSTRAINT fk_canned_replies_updated_by FOREIGN KEY (updated_by) REFERENCES public.people(id);

-- Name: idempotency_keys fk_idempotency_keys_person_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT fk_idempotency_keys_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: messages fk_messages_author_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT fk_messages_author_id FOREIGN KEY (author_id) REFERENCES public.people(id);

-- Name: messages fk_messages_ticket_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT fk_messages_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets(id);

-- Name: notification_preferences fk_notification_preferences_person_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT fk_notification_preferences_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: people fk_people_store_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.people
    ADD CONSTRAINT fk_people_store_id FOREIGN KEY (store_id) REFERENCES public.stores(id);

-- Name: questions fk_questions_store_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.questions
    ADD CONSTRAINT fk_questions_store_id FOREIGN KEY (store_id) REFERENCES public.stores(id);

-- Name: quota_ledger fk_quota_ledger_period_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.quota_ledger
    ADD CONSTRAINT fk_quota_ledger_period_id FOREIGN KEY (period_id) REFERENCES public.quota_periods(id);

-- Name: quota_periods fk_quota_periods_store_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.quota_periods
    ADD CONSTRAINT fk_quota_periods_store_id FOREIGN KEY (store_id) REFERENCES public.stores(id);

-- Name: rating_messages fk_rating_messages_question_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.rating_messages
    ADD CONSTRAINT fk_rating_messages_question_id FOREIGN KEY (question_id) REFERENCES public.questions(id) ON DELETE CASCADE;

-- Name: ratings fk_ratings_question_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT fk_ratings_question_id FOREIGN KEY (question_id) REFERENCES public.questions(id);

-- Name: ratings fk_ratings_rated_by; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT fk_ratings_rated_by FOREIGN KEY (rated_by) REFERENCES public.people(id);

-- Name: ratings fk_ratings_store_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT fk_ratings_store_id FOREIGN KEY (store_id) REFERENCES public.stores(id);

-- Name: stores fk_stores_plan_code; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.stores
    ADD CONSTRAINT fk_stores_plan_code FOREIGN KEY (plan_code) REFERENCES public.plans(code);

-- Name: ticket_counters fk_ticket_counters_store_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ticket_counters
    ADD CONSTRAINT fk_ticket_counters_store_id FOREIGN KEY (store_id) REFERENCES public.stores(id);

-- Name: ticket_documents fk_ticket_documents_ticket_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ticket_documents
    ADD CONSTRAINT fk_ticket_documents_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets(id);

-- Name: ticket_reads fk_ticket_reads_person_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ticket_reads
    ADD CONSTRAINT fk_ticket_reads_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: ticket_reads fk_ticket_reads_ticket_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.ticket_reads
    ADD CONSTRAINT fk_ticket_reads_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets(id);

-- Name: tickets fk_tickets_assignee_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT fk_tickets_assignee_id FOREIGN KEY (assignee_id) REFERENCES public.people(id);

-- Name: tickets fk_tickets_cause; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT fk_tickets_cause FOREIGN KEY (cause) REFERENCES public.causes(code);

-- Name: tickets fk_tickets_opened_by; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT fk_tickets_opened_by FOREIGN KEY (opened_by) REFERENCES public.people(id);

-- Name: tickets fk_tickets_question_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT fk_tickets_question_id FOREIGN KEY (question_id) REFERENCES public.questions(id);

-- Name: tickets fk_tickets_rating_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT fk_tickets_rating_id FOREIGN KEY (rating_id) REFERENCES public.ratings(id);

-- Name: tickets fk_tickets_store_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT fk_tickets_store_id FOREIGN KEY (store_id) REFERENCES public.stores(id);

-- Name: timeline fk_timeline_actor_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.timeline
    ADD CONSTRAINT fk_timeline_actor_id FOREIGN KEY (actor_id) REFERENCES public.people(id);

-- Name: timeline fk_timeline_ticket_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.timeline
    ADD CONSTRAINT fk_timeline_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets(id);

-- Name: webhook_attempts fk_webhook_attempts_delivery_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.webhook_attempts
    ADD CONSTRAINT fk_webhook_attempts_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.webhook_deliveries(id);

-- Name: webhook_deliveries fk_webhook_deliveries_endpoint_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT fk_webhook_deliveries_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.webhook_endpoints(id);

-- Name: webhook_endpoints fk_webhook_endpoints_store_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT fk_webhook_endpoints_store_id FOREIGN KEY (store_id) REFERENCES public.stores(id);

-- Name: webhook_secrets fk_webhook_secrets_endpoint_id; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.webhook_secrets
    ADD CONSTRAINT fk_webhook_secrets_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.webhook_endpoints(id);

-- Name: attachments; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.attachments ENABLE ROW LEVEL SECURITY;

-- Name: audit_log; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

-- Name: canned_replies; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.canned_replies ENABLE ROW LEVEL SECURITY;

-- Name: email_deliveries; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.email_deliveries ENABLE ROW LEVEL SECURITY;

-- Name: idempotency_keys; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

-- Name: messages; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

-- Name: notification_preferences; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.notification_preferences ENABLE ROW LEVEL SECURITY;

-- Name: notification_skips; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.notification_skips ENABLE ROW LEVEL SECURITY;

-- Name: notifications; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.notifications ENABLE ROW LEVEL SECURITY;

-- Name: outbox; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY;

-- Name: people; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.people ENABLE ROW LEVEL SECURITY;

-- Name: questions; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.questions ENABLE ROW LEVEL SECURITY;

-- Name: quota_ledger; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.quota_ledger ENABLE ROW LEVEL SECURITY;

-- Name: quota_periods; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.quota_periods ENABLE ROW LEVEL SECURITY;

-- Name: ratings; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.ratings ENABLE ROW LEVEL SECURITY;

-- Name: refused_addresses; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.refused_addresses ENABLE ROW LEVEL SECURITY;

-- Name: stores; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.stores ENABLE ROW LEVEL SECURITY;

-- Name: email_deliveries support; Type: POLICY; Schema: public; Owner: -

CREATE POLICY support ON public.email_deliveries FOR SELECT TO botmeni_api USING (( SELECT public.app_support() AS app_support));

-- Name: notification_skips support; Type: POLICY; Schema: public; Owner: -

CREATE POLICY support ON public.notification_skips FOR SELECT TO botmeni_api USING (( SELECT public.app_support() AS app_support));

-- Name: notifications support; Type: POLICY; Schema: public; Owner: -

CREATE POLICY support ON public.notifications FOR SELECT TO botmeni_api USING (( SELECT public.app_support() AS app_support));

-- Name: attachments tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.attachments TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR ((store_id = ( SELECT public.app_store() AS app_store)) AND (NOT internal)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR ((store_id = ( SELECT public.app_store() AS app_store)) AND (NOT internal))));

-- Name: audit_log tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.audit_log TO botmeni_api USING (false);

-- Name: canned_replies tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.canned_replies TO botmeni_api USING (( SELECT public.app_support() AS app_support)) WITH CHECK (( SELECT public.app_support() AS app_support));

-- Name: email_deliveries tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.email_deliveries TO botmeni_api USING ((person_id = ( SELECT public.app_person() AS app_person))) WITH CHECK ((person_id = ( SELECT public.app_person() AS app_person)));

-- Name: idempotency_keys tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.idempotency_keys TO botmeni_api USING ((person_id = ( SELECT public.app_person() AS app_person))) WITH CHECK ((person_id = ( SELECT public.app_person() AS app_person)));

-- Name: messages tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.messages TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR ((store_id = ( SELECT public.app_store() AS app_store)) AND (NOT internal)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR ((store_id = ( SELECT public.app_store() AS app_store)) AND (NOT internal))));

-- Name: notification_preferences tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.notification_preferences TO botmeni_api USING ((person_id = ( SELECT public.app_person() AS app_person))) WITH CHECK ((person_id = ( SELECT public.app_person() AS app_person)));

-- Name: notification_skips tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.notification_skips TO botmeni_api USING ((person_id = ( SELECT public.app_person() AS app_person))) WITH CHECK ((person_id = ( SELECT public.app_person() AS app_person)));

-- Name: notifications tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.notifications TO botmeni_api USING ((person_id = ( SELECT public.app_person() AS app_person))) WITH CHECK ((person_id = ( SELECT public.app_person() AS app_person)));

-- Name: outbox tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.outbox TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: people tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.people TO botmeni_api USING ((((store_id IS NULL) AND (( SELECT public.app_person() AS app_person) IS NOT NULL)) OR ( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((((store_id IS NULL) AND (( SELECT public.app_person() AS app_person) IS NOT NULL)) OR ( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: questions tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.questions TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: quota_ledger tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.quota_ledger TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: quota_periods tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.quota_periods TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: ratings tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.ratings TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: refused_addresses tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.refused_addresses TO botmeni_api USING ((address = ( SELECT people.email
   FROM public.people
  WHERE (people.id = ( SELECT public.app_person() AS app_person))))) WITH CHECK ((address = ( SELECT people.email
   FROM public.people
  WHERE (people.id = ( SELECT public.app_person() AS app_person)))));

-- Name: stores tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.stores TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (id = ( SELECT public.app_store() AS app_store))));

-- Name: ticket_counters tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.ticket_counters TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: ticket_documents tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.ticket_documents TO botmeni_api USING (( SELECT public.app_support() AS app_support));

-- Name: ticket_reads tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.ticket_reads TO botmeni_api USING ((person_id = ( SELECT public.app_person() AS app_person))) WITH CHECK ((person_id = ( SELECT public.app_person() AS app_person)));

-- Name: tickets tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.tickets TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: timeline tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.timeline TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR ((store_id = ( SELECT public.app_store() AS app_store)) AND (NOT internal)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR ((store_id = ( SELECT public.app_store() AS app_store)) AND (NOT internal))));

-- Name: webhook_attempts tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.webhook_attempts TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: webhook_deliveries tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.webhook_deliveries TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: webhook_endpoints tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.webhook_endpoints TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: webhook_secrets tenant; Type: POLICY; Schema: public; Owner: -

CREATE POLICY tenant ON public.webhook_secrets TO botmeni_api USING ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store)))) WITH CHECK ((( SELECT public.app_support() AS app_support) OR (store_id = ( SELECT public.app_store() AS app_store))));

-- Name: ticket_counters; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.ticket_counters ENABLE ROW LEVEL SECURITY;

-- Name: ticket_documents; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.ticket_documents ENABLE ROW LEVEL SECURITY;

-- Name: ticket_reads; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.ticket_reads ENABLE ROW LEVEL SECURITY;

-- Name: tickets; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.tickets ENABLE ROW LEVEL SECURITY;

-- Name: timeline; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.timeline ENABLE ROW LEVEL SECURITY;

-- Name: webhook_attempts; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.webhook_attempts ENABLE ROW LEVEL SECURITY;

-- Name: webhook_deliveries; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.webhook_deliveries ENABLE ROW LEVEL SECURITY;

-- Name: webhook_endpoints; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.webhook_endpoints ENABLE ROW LEVEL SECURITY;

-- Name: webhook_secrets; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.webhook_secrets ENABLE ROW LEVEL SECURITY;

-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -

GRANT USAGE ON SCHEMA public TO botmeni_api;

-- Name: FUNCTION index_tickets(changed uuid[]); Type: ACL; Schema: public; Owner: -

REVOKE ALL ON FUNCTION public.index_tickets(changed uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.index_tickets(changed uuid[]) TO botmeni_api;

-- Name: FUNCTION search_estimate(words text); Type: ACL; Schema: public; Owner: -

REVOKE ALL ON FUNCTION public.search_estimate(words text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_estimate(words text) TO botmeni_api;

-- Name: FUNCTION search_query(words text, store uuid); Type: ACL; Schema: public; Owner: -

REVOKE ALL ON FUNCTION public.search_query(words text, store uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_query(words text, store uuid) TO botmeni_api;

-- Name: FUNCTION search_tickets(words text, of_store uuid, by_number boolean, after_activity timestamp with time zone, after_number bigint, after_id uuid, most integer); Type: ACL; Schema: public; Owner: -

REVOKE ALL ON FUNCTION public.search_tickets(words text, of_store uuid, by_number boolean, after_activity timestamp with time zone, after_number bigint, after_id uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_tickets(words text, of_store uuid, by_number boolean, after_activity timestamp with time zone, after_number bigint, after_id uuid, most integer) TO botmeni_api;

-- Name: TABLE alembic_version; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.alembic_version TO botmeni_api;

-- Name: TABLE attachments; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.attachments TO botmeni_api;

-- Name: TABLE canned_replies; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.canned_replies TO botmeni_api;

-- Name: TABLE causes; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.causes TO botmeni_api;

-- Name: TABLE email_deliveries; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.email_deliveries TO botmeni_api;

-- Name: COLUMN email_deliveries.outcome; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(outcome) ON TABLE public.email_deliveries TO botmeni_api;

-- Name: COLUMN email_deliveries.reason; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(reason) ON TABLE public.email_deliveries TO botmeni_api;

-- Name: COLUMN email_deliveries.ended_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(ended_at) ON TABLE public.email_deliveries TO botmeni_api;

-- Name: TABLE idempotency_keys; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.idempotency_keys TO botmeni_api;

-- Name: TABLE messages; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.messages TO botmeni_api;

-- Name: TABLE notification_preferences; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_preferences TO botmeni_api;

-- Name: TABLE notification_skips; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.notification_skips TO botmeni_api;

-- Name: TABLE notifications; Type: ACL; Schema: public; Owner: -

GRANT SELECT,UPDATE ON TABLE public.notifications TO botmeni_api;

-- Name: TABLE outbox; Type: ACL; Schema: public; Owner: -

GRANT INSERT ON TABLE public.outbox TO botmeni_api;

-- Name: TABLE people; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.people TO botmeni_api;

-- Name: TABLE plans; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.plans TO botmeni_api;

-- Name: TABLE questions; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.questions TO botmeni_api;

-- Name: TABLE quota_ledger; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.quota_ledger TO botmeni_api;

-- Name: TABLE quota_periods; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.quota_periods TO botmeni_api;

-- Name: TABLE ratings; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.ratings TO botmeni_api;

-- Name: TABLE refused_addresses; Type: ACL; Schema: public; Owner: -

GRANT SELECT,DELETE ON TABLE public.refused_addresses TO botmeni_api;

-- Name: TABLE stores; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.stores TO botmeni_api;

-- Name: TABLE ticket_counters; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_counters TO botmeni_api;

-- Name: TABLE ticket_documents; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.ticket_documents TO botmeni_api;

-- Name: TABLE ticket_reads; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_reads TO botmeni_api;

-- Name: TABLE tickets; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.tickets TO botmeni_api;

-- Name: TABLE timeline; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.timeline TO botmeni_api;

-- Name: TABLE webhook_attempts; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.webhook_attempts TO botmeni_api;

-- Name: TABLE webhook_deliveries; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.webhook_deliveries TO botmeni_api;

-- Name: COLUMN webhook_deliveries.outcome; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(outcome) ON TABLE public.webhook_deliveries TO botmeni_api;

-- Name: COLUMN webhook_deliveries.reason; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(reason) ON TABLE public.webhook_deliveries TO botmeni_api;

-- Name: COLUMN webhook_deliveries.tries; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(tries) ON TABLE public.webhook_deliveries TO botmeni_api;

-- Name: COLUMN webhook_deliveries.due_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(due_at) ON TABLE public.webhook_deliveries TO botmeni_api;

-- Name: COLUMN webhook_deliveries.ended_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(ended_at) ON TABLE public.webhook_deliveries TO botmeni_api;

-- Name: COLUMN webhook_deliveries.correlation_id; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(correlation_id) ON TABLE public.webhook_deliveries TO botmeni_api;

-- Name: TABLE webhook_endpoints; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.webhook_endpoints TO botmeni_api;

-- Name: TABLE webhook_secrets; Type: ACL; Schema: public; Owner: -

GRANT INSERT,DELETE ON TABLE public.webhook_secrets TO botmeni_api;

-- Name: COLUMN webhook_secrets.id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(id) ON TABLE public.webhook_secrets TO botmeni_api;

-- Name: COLUMN webhook_secrets.endpoint_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(endpoint_id) ON TABLE public.webhook_secrets TO botmeni_api;

-- Name: COLUMN webhook_secrets.store_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(store_id) ON TABLE public.webhook_secrets TO botmeni_api;

-- Name: COLUMN webhook_secrets.created_at; Type: ACL; Schema: public; Owner: -

GRANT SELECT(created_at) ON TABLE public.webhook_secrets TO botmeni_api;

-- Name: COLUMN webhook_secrets.expires_at; Type: ACL; Schema: public; Owner: -

GRANT SELECT(expires_at),UPDATE(expires_at) ON TABLE public.webhook_secrets TO botmeni_api;
