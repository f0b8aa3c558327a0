"""The list of a ticket's deliveries, for support: who got what by which channel, or why they did not."""
