"""Replaying the first response to a call repeated under its `Idempotency-Key`."""
