"""Tickets as people work with them."""
