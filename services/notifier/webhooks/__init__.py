"""A store's webhooks: where they go, their secrets, and what became of each delivery."""
