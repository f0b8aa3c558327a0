"""The OpenAPI and AsyncAPI documents of the system, as files and as values."""
