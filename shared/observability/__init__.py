"""Logs, metrics, traces, correlation ids and the readiness of workers."""
