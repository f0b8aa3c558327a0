"""Webhooks: added while telling, claimed when due, signed, called, recorded."""
