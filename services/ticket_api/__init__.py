"""Owns questions, ratings and tickets: the HTTP API and its consumers."""
