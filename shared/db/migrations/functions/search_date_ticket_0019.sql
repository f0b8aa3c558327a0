-- The trigger's function that dates a ticket's document anew when something happened to the ticket.
--
-- At the end of the transaction: whoever wrote a message has indexed the ticket anew by then. Ticket by ticket,
-- because that is how a deferred trigger runs; most find the hour there already.
CREATE OR REPLACE FUNCTION search_date_ticket() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
