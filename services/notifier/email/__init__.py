"""The e-mail channel: due e-mails are claimed, composed and sent, and their outcomes are recorded."""
