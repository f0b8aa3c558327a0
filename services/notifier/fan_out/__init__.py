"""Who is notified of an event, and the statement that writes all notifications of a batch."""
