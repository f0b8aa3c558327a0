"""Leaving e-mails by the link they carry."""
