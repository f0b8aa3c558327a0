"""The OpenAPI document, generated from what endpoints declare, and its reader."""
