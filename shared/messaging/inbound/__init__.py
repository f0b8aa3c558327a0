"""Messages of other services: their events, how they are stored, how they are validated."""
