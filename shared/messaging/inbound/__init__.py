"""Messages of other services: how they are stored and validated."""
