"""Getting ready to start: `.venv`, the built page, a migrated database with demo data."""
