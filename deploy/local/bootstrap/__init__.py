"""What must exist before the first start: `.venv`, the built page, a migrated database with demo data."""
