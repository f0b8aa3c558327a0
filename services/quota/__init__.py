"""Owns plans' periods and the ledger of units."""
