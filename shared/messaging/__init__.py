"""Events, the routing table, the Celery application, the outbox and the broker."""
