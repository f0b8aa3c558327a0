"""The one mechanism: jobs are rows, written with the change they describe; the broker only wakes workers."""
