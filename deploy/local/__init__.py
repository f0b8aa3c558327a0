"""The local mode: PostgreSQL and Redis from Python wheels, and every process of the system on one machine."""
