"""Who is notified of an event, and the statement that writes the notifications of a batch of events."""
