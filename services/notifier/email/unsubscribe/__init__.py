"""Unsubscribing from all e-mails by the link that each of them carries."""
