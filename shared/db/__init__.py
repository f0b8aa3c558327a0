"""Engine, transactions, models, migrations and bulk inserts."""
