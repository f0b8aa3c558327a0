"""Quotas: the units of each store's plan, counted by period and recorded in a ledger."""
