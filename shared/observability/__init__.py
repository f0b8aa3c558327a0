"""Logs, metrics, traces, correlation ids and worker readiness."""
