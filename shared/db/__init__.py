"""Engines, transactions, planner switches, models, migrations and bulk inserts."""
