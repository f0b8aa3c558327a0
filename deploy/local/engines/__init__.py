"""PostgreSQL and Redis of the local mode: embedded servers from Python wheels."""
