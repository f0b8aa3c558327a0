"""The one mechanism: jobs are rows, written with the change they tell of; the broker only wakes workers."""
