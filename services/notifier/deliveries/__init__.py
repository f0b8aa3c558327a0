"""Who was told of a ticket, by which channel, and why somebody was not."""
